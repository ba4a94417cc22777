"""The training messages: none twice, enough of each, each with its language and persona, none to be measured with."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from ruamel.yaml import YAML

from bot.core.answers import FAQ_IDS, REPLY_IDS
from bot.core.language import LANGUAGES, Language
from bot.core.text import normalise, words

ROOT: Final = Path(__file__).resolve().parents[2]
EVALUATION: Final = ROOT.parent / "shared" / "eval"
OWN_EVALUATION: Final = ROOT / "tests" / "evaluation"
FEWEST: Final = 150
_TELLING_WORDS: Final = 3
"""Shorter messages are common property: everybody greets with the same words."""
_SHOWN: Final = 20


@dataclass(frozen=True)
class Line:
    """One training message as it stands in its file."""

    text: str
    answer: str
    language: str

    @property
    def same(self) -> str:
        """What makes two messages the same: case and blanks do not part them."""
        return " ".join(self.text.casefold().split())


@cache
def blocks(language: Language) -> Sequence[Mapping[str, Any]]:
    """The intent blocks of data/nlu_<language>.yml."""
    file = ROOT / "data" / f"nlu_{language}.yml"
    loaded: Sequence[Mapping[str, Any]] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]
    return loaded


@cache
def lines(language: Language) -> Sequence[Line]:
    """Its messages."""
    return [
        Line(text.strip().removeprefix("- "), block["intent"], language)
        for block in blocks(language)
        for text in block["examples"].splitlines()
        if text.strip()
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_stands_twice_in_a_language(language: Language) -> None:
    counts = Counter(line.same for line in lines(language))
    twice = [f"{text!r} {count}×" for text, count in counts.items() if count > 1]
    assert len(twice) == 0, f"{len(twice)} stand more than once: {twice[:_SHOWN]}"


def test_no_message_stands_under_two_ids() -> None:
    answers: defaultdict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for line in lines(language):
            answers[line.same].add(line.answer)
    torn = [f"{text!r}: {sorted(ids)}" for text, ids in answers.items() if len(ids) > 1]
    assert len(torn) == 0, f"{len(torn)} stand under more than one id: {torn[:_SHOWN]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_has_messages_enough(language: Language) -> None:
    counts = Counter(line.answer for line in lines(language))
    few = {id_: counts[id_] for id_ in FAQ_IDS if counts[id_] < FEWEST}
    assert not few, f"fewer than {FEWEST} messages: {few}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_is_of_a_known_id_with_language_and_persona(language: Language) -> None:
    assert set(line.answer for line in lines(language)) <= {*FAQ_IDS, *REPLY_IDS}
    for block in blocks(language):
        metadata = block.get("metadata") or {}
        assert metadata.get("language") == language, block["intent"]
        assert isinstance(metadata.get("persona"), str), block["intent"]
        assert metadata["persona"], block["intent"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_one_readable_line(language: Language) -> None:
    """Each begins with a dash and has no mark-up of Rasa's, which would be read as an entity."""
    for block in blocks(language):
        raw = [text for text in block["examples"].splitlines() if text.strip()]
        assert raw, block["intent"]
        assert all(text.startswith("- ") for text in raw), block["intent"]
    assert [line.text for line in lines(language) if "](" in line.text or "]{" in line.text] == []


@pytest.mark.parametrize("folder", [EVALUATION, OWN_EVALUATION], ids=["the development set", "the harder set"])
def test_no_message_of_an_evaluation_set_is_trained_on(folder: Path) -> None:
    """Those are there to measure with. They are named by their ids only."""
    if not folder.is_dir():
        pytest.skip("these messages are not here")
    trained = {_compared(line.text) for language in LANGUAGES for line in lines(language)}
    leaked = [
        str(item["id"])
        for file in sorted(folder.glob("*.yml"))
        for item in YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        if len(_compared(item["text"]).split()) >= _TELLING_WORDS and _compared(item["text"]) in trained
    ]
    assert len(leaked) == 0, f"take these out of the training data: {leaked}"


def _compared(text: str) -> str:
    return " ".join(words(normalise(text)))
