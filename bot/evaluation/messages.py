"""Evaluation messages in YAML: a list of `{id, lang, persona, expect, text}`.

Where it is so also `trap: true`, `after` (the answer given just before) or, in place of `expect`, `expects` (several).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.core.errors import ContentError
from bot.core.language import Language, as_language


@dataclass(frozen=True)
class Asked:
    """One message and the one answer that is right."""

    text: str
    expect: str
    language: Language
    persona: str
    id: str = "-"
    """What it is called where its text must not be shown."""
    trap: bool = False
    """Whether it is out of scope in our own words: `trap: true` says so, or a persona that begins with "trap"."""
    after: str | None = None
    """The answer id that was given just before, where it is a follow-up."""
    expects: tuple[str, ...] = ()
    """Every answer in order, where the message is there to see whether it asks several things."""


def read_messages(folder: Path) -> list[Asked]:
    """Every message of the YAML files in and below `folder`; raises `ContentError` that names file and remedy."""
    files = sorted(folder.rglob("*.yml")) if folder.is_dir() else []
    if not files:
        raise ContentError(f"{folder}: no *.yml file here; name a folder with evaluation messages")
    return [asked for file in files for asked in _read(file)]


def _read(file: Path) -> list[Asked]:
    try:
        items = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
        return [
            Asked(
                i["text"],
                i["expects"][0] if "expects" in i else i["expect"],
                as_language(i["lang"]),
                str(i.get("persona", "-")),
                str(i.get("id", f"{file.stem}, item {number}")),
                _is_trap(i),
                i.get("after"),
                tuple(i.get("expects", ())),
            )
            for number, i in enumerate(items, start=1)
        ]
    except (YAMLError, KeyError, TypeError) as error:
        raise ContentError(f"{file}: {error!r}; each item needs text, lang and expect (or expects)") from error


def _is_trap(item: Mapping[str, object]) -> bool:
    said = item.get("trap", str(item.get("persona", "-")).startswith("trap"))
    if not isinstance(said, bool):
        raise TypeError(f"trap: {said}, which is neither true nor false")
    return said
