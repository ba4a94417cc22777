"""Asks the trained model what messages mean, without a server."""

import asyncio
import logging
import os
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import structlog

from bot.core.errors import ModelError
from bot.core.language import Language, MessageLanguage
from bot.core.text import as_typed, clean, has_words
from bot.understanding.decision import Thresholds


@dataclass(frozen=True)
class Understood:
    """What the assistant would do with a message as the first of a conversation."""

    language: MessageLanguage
    answer: str
    confidence: float
    options: Sequence[str]
    answers: Sequence[str]
    milliseconds: float
    ranking: Sequence[tuple[str, float]] = ()
    """Answer ids and their probabilities, likeliest first; empty where the models were not asked."""


class Understanding:
    """A loaded model. Raises `ModelError` where the model can't be loaded."""

    def __init__(self, model: Path) -> None:
        os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
        os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
        from rasa.core.agent import Agent  # here, because it takes seconds

        try:
            agent = Agent.load(str(model))
        except Exception as error:  # Rasa raises whatever its parts raise
            raise ModelError(f"{model}: can't be loaded ({error}). Train anew: python -m bot train --force") from error
        if not agent.is_ready() or agent.processor is None:
            raise ModelError(f"{model}: can't be loaded. Train anew: python -m bot train --force")
        self._processor = agent.processor

    def ask(self, text: str, page_language: Language = "fi", *, after: str | None = None) -> Understood:
        """What `text` means on a page in `page_language`: as the first message, or after the answer id `after`."""
        from rasa.core.channels.channel import UserMessage
        from rasa.shared.core.events import UserUttered
        from rasa.shared.core.trackers import DialogueStateTracker

        started = time.perf_counter()
        if not has_words(text):  # the chat service asks for words before anything gets here
            return Understood(page_language, "out_of_scope", 1.0, (), ("out_of_scope",), 0.0)
        message = UserMessage(text=as_typed(clean(text)), metadata={"page_language": page_language})
        before = [UserUttered("", parse_data={"answers": [after], "language": page_language})] if after else []
        tracker = DialogueStateTracker.from_events("asked", before)
        parsed = asyncio.run(self._processor.parse_message(message, tracker))
        return Understood(
            language=parsed["language"],
            answer=parsed["answer"],
            confidence=float(parsed["intent"]["confidence"]),
            options=tuple(parsed["options"]),
            answers=tuple(parsed["answers"]),
            milliseconds=(time.perf_counter() - started) * 1000,
            ranking=_ranking(parsed),
        )

    @property
    def thresholds(self) -> Thresholds:
        """Those that the model was trained with: config.yml may set them."""
        from bot.components.answer_classifier import AnswerClassifier

        nodes = self._processor.model_metadata.predict_schema.nodes.values()
        config = next(node.config for node in nodes if node.uses is AnswerClassifier)
        return Thresholds(**{f.name: float(config[f.name]) for f in fields(Thresholds) if f.name in config})


def _ranking(parsed: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Put together from Rasa's shape: the ten likeliest intents, and every response key of the retrieval intents."""
    selector = parsed["response_selector"]
    retrieval = selector["all_retrieval_intents"]
    ranked = [(i["name"], i["confidence"]) for i in parsed["intent_ranking"] if i["name"] not in retrieval]
    ranked += [(k["intent_response_key"], k["confidence"]) for intent in retrieval for k in selector[intent]["ranking"]]
    return sorted(ranked, key=lambda pair: -pair[1])


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps Rasa's warnings off the terminal: a command's output is read by other programs."""
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    shown, warnings.showwarning = warnings.showwarning, lambda *args, **options: None
    try:
        yield
    finally:
        warnings.showwarning = shown
        logging.disable(logging.NOTSET)
