"""Asks a model of Rasa's stock pipeline: JSON lines in, JSON lines out. Runs in `.venv-stock` and knows Rasa only.

`understand.py MODEL` reads {"id", "text"} lines and writes what Rasa made of each: intent, confidence and the response
key of the intent's selector, else of the one for all; null where there is none.
"""

import asyncio
import json
import logging
import sys

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage


def main(model: str) -> None:
    """Answer until standard input ends."""
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    processor = Agent.load(model).processor
    for line in sys.stdin:
        asked = json.loads(line)
        parsed = asyncio.run(processor.parse_message(UserMessage(text=asked["text"])))
        intent = parsed["intent"]
        selectors = parsed.get("response_selector", {})
        selected = selectors.get(intent["name"]) or selectors.get("default") or {}
        said = {
            "id": asked["id"],
            "intent": intent["name"],
            "confidence": round(float(intent["confidence"]), 4),
            "response": selected.get("response", {}).get("intent_response_key"),
        }
        print(json.dumps(said, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
