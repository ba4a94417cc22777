"""The rules that Finnish and Swedish keep together: each fails exactly where it should, and nowhere else."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers import FAQ_IDS, REPLY_IDS, Answer, Problem, fill, problems
from bot.core.language import Language

TODAY: Final = date(2026, 11, 20)
FIGURES: Final[Mapping[str, Mapping[Language, str]]] = {
    "phone": {"fi": "0207 345 000", "sv": "0207 345 000"},
    "months": {"fi": "3", "sv": "3"},
    "week": {"fi": "ma–pe klo 8–20", "sv": "må–fre kl. 8–20"},
}
CHANGED: Final = "keys/after_contract"


def answer(id_: str) -> Answer:
    """An answer that keeps every rule."""
    is_reply = id_ in REPLY_IDS
    return Answer(
        id=id_,
        file="data/replies/replies.yml" if is_reply else f"data/faq/{id_.partition('/')[0]}.yml",
        title={"fi": "Otsikko", "sv": "Rubrik"},
        text={"fi": "Soittakaa {phone}.", "sv": "Ring {phone}."},
        questions={"fi": () if is_reply else ("Mitä?",), "sv": () if is_reply else ("Vad?",)},
        source="" if is_reply else "Usein kysytyt kysymykset",
        owner="" if is_reply else "asiakaspalvelu",
        checked=None if is_reply else TODAY,
        valid_until=None if is_reply else TODAY,
    )


def whole_content() -> dict[str, Answer]:
    """Every answer and reply, none of which breaks a rule."""
    return {id_: answer(id_) for id_ in (*FAQ_IDS, *REPLY_IDS)}


def found(changes: Mapping[str, Any], id_: str = CHANGED) -> list[Problem]:
    """The problems of the whole content where the answer `id_` has `changes`."""
    content = whole_content()
    content[id_] = replace(content[id_], **changes)
    return problems(list(content.values()), FIGURES, TODAY)


def twin(finnish: str, swedish: str) -> dict[Language, str]:
    return {"fi": finnish, "sv": swedish}


def test_a_content_that_keeps_every_rule_has_no_problem() -> None:
    assert problems(list(whole_content().values()), FIGURES, TODAY) == []


@pytest.mark.parametrize(
    ("changes", "key", "word"),
    [
        pytest.param({"text": twin("{phone}", "ring")}, "text", "figures", id="a figure in one language only"),
        pytest.param({"text": twin("{week} 3 kk", "{week} 4 mån")}, "text", "numbers", id="two different numbers"),
        pytest.param({"text": twin("3 kk", "tre mån")}, "text", "numbers", id="a number in one language only"),
        pytest.param({"text": twin("2,5 v", "2.5 år")}, "text", "numbers", id="a comma here and a point there"),
        pytest.param({"text": twin("https://a.fi", "https://b.fi")}, "text", "links", id="two different links"),
        pytest.param({"text": twin("a@b.fi", "kontakta oss")}, "text", "links", id="an address in one language only"),
        pytest.param(
            {"questions": {"fi": ("A?", "B?"), "sv": ("A?",)}}, "questions", "twin", id="a question untwinned"
        ),
        pytest.param({"questions": {"fi": (), "sv": ()}}, "questions", "empty", id="no question"),
        pytest.param({"follow_up": ("bonus/nothing",)}, "follow_up", "bonus/nothing", id="a button that leads nowhere"),
        pytest.param({"follow_up": (CHANGED,)}, "follow_up", "itself", id="a button that leads back"),
        pytest.param({"checked": date(2026, 11, 21)}, "checked", "future", id="checked tomorrow"),
        pytest.param({"valid_until": date(2026, 11, 19)}, "valid_until", "expired", id="expired yesterday"),
    ],
)
def test_a_broken_rule_is_one_problem_with_file_key_and_remedy(changes: Mapping[str, Any], key: str, word: str) -> None:
    assert [(p.file, p.key) for p in found(changes)] == [("data/faq/keys.yml", f"{CHANGED}.{key}")]
    assert word in found(changes)[0].remedy


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("{nothing}", "{nothing}", id="a figure that does not exist"),
        pytest.param("010 11 2233", "phone", id="a phone number written out"),
        pytest.param("0207345111", "phone", id="a phone number without blanks"),
        pytest.param("0207 345 000", "0207 345 000", id="the company's own phone number written out"),
        pytest.param("<b>tärkeää</b>", "plain", id="a tag"),
        pytest.param("a\tb", "plain", id="a tab"),
    ],
)
def test_a_text_that_breaks_a_rule_is_named_by_its_language(text: str, word: str, language: Language) -> None:
    texts: dict[Language, str] = {"fi": text, "sv": text}
    texts["sv" if language == "fi" else "fi"] = "hei"
    own = [p for p in found({"text": texts}) if p.key == f"{CHANGED}.text.{language}"]
    assert any(word in p.remedy for p in own)
    assert all(p.file == "data/faq/keys.yml" for p in own)
    other = "sv" if language == "fi" else "fi"
    assert not [p for p in found({"text": texts}) if p.key == f"{CHANGED}.text.{other}"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"text": twin("{months} kk {week}", "{week} {months} mån")}, id="the same figures, another order"),
        pytest.param({"text": twin("{service_now}", "{service_now}")}, id="a figure of the moment"),
        pytest.param({"text": twin("{chat_hours}", "{chat_hours}")}, id="opening hours"),
        pytest.param({"text": twin("1 ja 2\n\n3", "1 och 2\n\n3")}, id="the same numbers"),
        pytest.param({"text": twin("Omat sivut", "Omat sivut")}, id="no figure at all"),
        pytest.param({"follow_up": ("bonus/how_to_get", "handover")}, id="buttons that lead somewhere"),
        pytest.param({"valid_until": TODAY, "checked": TODAY}, id="the last valid day, checked today"),
    ],
)
def test_what_keeps_the_rules_is_no_problem(changes: Mapping[str, Any]) -> None:
    assert found(changes) == []


@pytest.mark.parametrize("id_", [*FAQ_IDS, *REPLY_IDS])
def test_every_id_of_the_facts_and_every_reply_must_be_there(id_: str) -> None:
    content = whole_content()
    del content[id_]
    found = problems(list(content.values()), FIGURES, TODAY)
    assert [p.key for p in found] == [id_]
    assert "missing" in found[0].remedy
    assert found[0].file.startswith("data/")


def test_an_id_that_stands_twice_is_named_with_both_files() -> None:
    twice = replace(answer(CHANGED), file="data/faq/other.yml")
    found = problems([*whole_content().values(), twice], FIGURES, TODAY)
    assert [(p.file, p.key) for p in found] == [("data/faq/other.yml", CHANGED)]
    assert "data/faq/keys.yml" in found[0].remedy


@pytest.mark.parametrize("changes", [{"checked": date(2030, 1, 1)}, {"valid_until": date(2020, 1, 1)}])
def test_a_reply_has_no_questions_and_does_not_expire(changes: Mapping[str, Any]) -> None:
    assert found(changes, "greet") == []


def test_a_problem_reads_file_key_remedy() -> None:
    assert str(Problem("data/faq/keys.yml", "keys/after_contract.text", "write it")) == (
        "data/faq/keys.yml: keys/after_contract.text: write it"
    )


@pytest.mark.parametrize(
    ("id_", "intent", "is_reply"),
    [("bonus/how_to_get", "bonus", False), ("cancel_contract", "cancel_contract", False), ("greet", "greet", True)],
)
def test_the_intent_is_the_part_before_the_slash(id_: str, intent: str, is_reply: bool) -> None:
    assert answer(id_).intent == intent
    assert answer(id_).is_reply is is_reply


def test_the_ids_are_those_of_the_facts_once_each() -> None:
    assert len(set(FAQ_IDS) | set(REPLY_IDS)) == len(FAQ_IDS) + len(REPLY_IDS)
    assert len(FAQ_IDS) == 33


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Soittakaa {phone}.", "Soittakaa 0207."),
        ("{phone}{phone}", "02070207"),
        ("{other} {}", "{other} {}"),
        ("{ phone }", "{ phone }"),
        ("", ""),
    ],
)
def test_known_figures_are_filled_in_and_others_stay(text: str, filled: str) -> None:
    assert fill(text, {"phone": "0207"}) == filled


@given(st.text(max_size=60))
def test_a_text_without_figures_is_filled_with_nothing(text: str) -> None:
    assert fill(text, {}) == text


@given(st.text(max_size=20))
def test_what_is_filled_in_is_not_read_again(value: str) -> None:
    assert fill("{a}", {"a": value, "b": "never"}) == value
