"""`python -m bot parse`: what messages mean, JSON lines in, JSON lines out."""

import json
import sys


def parse() -> None:
    """Read {"id", "text", "page_language"} lines on standard input and write what each message means."""
    from bot.core.errors import AssistantError
    from bot.core.language import as_language
    from bot.model.archive import newest_model
    from bot.model.understand import Understanding, quiet
    from bot.settings import model_folder

    with quiet():
        understanding = Understanding(newest_model(model_folder()))
        for number, line in enumerate(sys.stdin, 1):
            if not line.strip():
                continue
            try:
                asked = json.loads(line)
                text, id_ = asked["text"], asked["id"]
                if not isinstance(text, str):
                    raise TypeError("text is no text")
            except (ValueError, KeyError, TypeError) as error:
                fault = f"the key {error} is missing" if isinstance(error, KeyError) else str(error)
                raise AssistantError(
                    f'standard input, line {number}: {fault}; write {{"id": "1", "text": "…", "page_language": "fi"}}'
                ) from error
            found = understanding.ask(text, as_language(asked.get("page_language")))
            print(
                json.dumps(
                    {
                        "id": id_,
                        "language": found.language,
                        "answer": found.answer,
                        "confidence": round(found.confidence, 4),
                        "options": list(found.options),
                        "answers": list(found.answers),
                    },
                    ensure_ascii=False,
                ),
                flush=True,
            )
