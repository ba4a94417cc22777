"""Reads data/nlu_*.yml as plain values, for checks and cross-validation: Rasa's own reader needs half a minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.core.errors import ContentError
from bot.core.language import LANGUAGES, MessageLanguage


@dataclass(frozen=True)
class TrainingMessage:
    """One training message and what it asks."""

    text: str
    answer: str
    language: MessageLanguage
    persona: str
    place: str = "-"
    """Where it stands, for messages to people: the file and the line."""


def read_training_messages(root: Path) -> list[TrainingMessage]:
    """Every message of data/nlu_*.yml below `root`, in the order of the files.

    Raises `ContentError` that names the file, the intent and the remedy.
    """
    files = sorted((root / "data").glob("nlu_*.yml"))
    if not files:
        raise ContentError(f"{root / 'data'}: no nlu_*.yml here; run from the folder that holds data/")
    return [message for file in files for message in _read(file)]


def read_messages_to_answer(root: Path) -> list[TrainingMessage]:
    """Those in Finnish and Swedish: the others are the language identifier's alone.

    Raises what `read_training_messages` raises.
    """
    return [message for message in read_training_messages(root) if message.language in LANGUAGES]


def _read(file: Path) -> list[TrainingMessage]:
    written = file.read_text(encoding="utf-8")
    try:
        blocks = YAML(typ="safe").load(written)["nlu"]
    except (YAMLError, KeyError, TypeError) as error:
        raise ContentError(
            f"data/{file.name}: can't be read ({error}); it needs a list under its one top key"
        ) from error
    places = _Places(f"data/{file.name}", written)
    messages = []
    for block in blocks:
        try:
            metadata = block["metadata"]
            language, persona = metadata["language"], metadata.get("persona", "plain")
            lines = [line.strip() for line in block["examples"].splitlines() if line.strip()]
        except (KeyError, TypeError, AttributeError) as error:
            named = block.get("intent", "?") if isinstance(block, dict) else "?"
            raise ContentError(
                f"data/{file.name}: {named}: {error!r}; "
                "each block needs intent, metadata: {language, persona} and examples: |"
            ) from error
        messages += [
            TrainingMessage(line.removeprefix("- "), block["intent"], language, persona, places.next(line))
            for line in lines
        ]
    return messages


class _Places:
    """Finds the lines of a file in their order: the plain YAML reader, the quick one, does not tell them."""

    def __init__(self, name: str, written: str) -> None:
        self._name = name
        self._lines: Sequence[str] = [line.strip() for line in written.splitlines()]
        self._passed = 0

    def next(self, line: str) -> str:
        """The place of `line` behind the last one found; the file alone where it is written differently there."""
        try:
            self._passed = self._lines.index(line, self._passed) + 1
        except ValueError:
            return self._name
        return f"{self._name}:{self._passed}"
