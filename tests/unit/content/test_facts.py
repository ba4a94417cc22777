"""Golden checks: every answer says what the facts sheet says, in both languages, and no figure besides."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from ruamel.yaml import YAML

from bot.clock import now
from bot.content import Content, read_content
from bot.core.answers import FAQ_IDS, fill
from bot.core.language import LANGUAGES, Language
from bot.core.opening_hours import HELSINKI

ROOT: Final = Path(__file__).resolve().parents[3]
FACTS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = YAML(typ="safe").load(
    Path(__file__).with_name("facts.yml").read_text(encoding="utf-8")
)
FIGURES_OF_THE_FACTS: Final = (
    "0207 345 000 0,088 010 76 5858 0,084 8–18 8–17 8–20 3 9 10 112",
    "https://www.sectoralarm.fi/asiakaspalvelu https://s-kanava.fi asiakaspalvelu@sectoralarm.fi system@billogram.com",
)
_NUMBER: Final = re.compile(r"\d+(?:,\d+)?")
_ADDRESS: Final = re.compile(r"https?://\S*\w|www\.\S*\w|[\w.+-]+@[\w.-]*\w")


@cache
def content() -> Content:
    """What the assistant says now."""
    return read_content(ROOT, today=now().astimezone(HELSINKI).date())


def said(id_: str, language: Language) -> str:
    """The answer as it is read; figures of the moment stay as names."""
    company = content().company
    return fill(content().answers[id_].text[language], company.fixed(language))


def expected() -> list[tuple[str, Language, str]]:
    """Answer id, language, and one thing to say."""
    return [
        (id_, language, words)
        for id_, facts in FACTS.items()
        for language in LANGUAGES
        for words in (*facts.get("both", ()), *facts.get(language, ()))
    ]


def test_every_answer_of_the_facts_sheet_is_checked() -> None:
    assert list(FACTS) == list(FAQ_IDS)


@pytest.mark.parametrize(("id_", "language", "words"), expected())
def test_the_answer_says_it(id_: str, language: Language, words: str) -> None:
    text = said(id_, language).casefold()
    assert any(choice.casefold() in text for choice in words.split("|")), said(id_, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", FAQ_IDS)
def test_the_answer_has_no_figure_that_the_facts_do_not_have(id_: str, language: Language) -> None:
    assert set(_NUMBER.findall(said(id_, language))) <= set(_NUMBER.findall(FIGURES_OF_THE_FACTS[0]))
    assert set(_ADDRESS.findall(said(id_, language))) <= set(FIGURES_OF_THE_FACTS[1].split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", FAQ_IDS)
def test_where_the_phone_number_stands_its_price_stands_beside_it(id_: str, language: Language) -> None:
    text = said(id_, language)
    assert text.count("0207 345 000") == text.count("0207 345 000 (0,088 €/min)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tips_against_false_alarms_are_not_made_up(language: Language) -> None:
    """Two sentences: no need to fear, and where the nine tips are. The source has none of the tips."""
    assert said("false_alarms/avoid", language).count(".") == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", ["contract_end_date", "cancel_contract"])
def test_asking_does_not_give_notice(id_: str, language: Language) -> None:
    denied = {"fi": r"ei .*irtisano", "sv": r"sägs .*inte upp"}[language]
    assert re.search(denied, said(id_, language).casefold())


@pytest.mark.parametrize(
    ("id_", "language", "words"),
    [
        ("emergency", "fi", "112"),
        ("emergency", "sv", "112"),
        ("greet", "fi", "chatbot"),
        ("greet", "sv", "chattbot"),
        ("greet", "fi", "0207 345 000 (0,088 €/min)"),
        ("greet", "sv", "0207 345 000 (0,088 €/min)"),
        ("bot_challenge", "fi", "kone"),
        ("bot_challenge", "sv", "maskin"),
        ("handover", "fi", "ma–pe klo 8–18"),
        ("handover", "sv", "må–fre kl. 8–18"),
        ("handover", "fi", "{service_now}"),
        ("handover", "sv", "{service_now}"),
        ("not_supported_language", "fi", "I can only answer in Finnish and Swedish"),
        ("not_supported_language", "sv", "I can only answer in Finnish and Swedish"),
    ],
)
def test_a_reply_says_what_it_must(id_: str, language: Language, words: str) -> None:
    assert words in said(id_, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_that_stays_open_depends_on_the_moment(language: Language) -> None:
    for id_ in content().answers:
        assert set(re.findall(r"\{(\w+)\}", said(id_, language))) <= {"service_now"}, id_
