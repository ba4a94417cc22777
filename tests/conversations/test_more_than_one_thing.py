"""Two questions in a message are both answered, a follow-up is about the last answer, a language may be asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conversations.talk import talk

if TYPE_CHECKING:
    from tests.conftest import RunningAssistant


@pytest.mark.parametrize(
    ("language", "lines", "answers"),
    [
        pytest.param(
            "fi",
            ["Mistä löydän asiakasnumeroni? Ja mitä avaimille tapahtuu, kun sopimus päättyy?"],
            ["billing/customer_number", "keys/after_contract"],
            id="two questions in Finnish",
        ),
        pytest.param(
            "sv",
            ["Var hittar jag mitt kundnummer? Och vad händer med nycklarna när avtalet upphör?"],
            ["billing/customer_number", "keys/after_contract"],
            id="two questions in Swedish",
        ),
        pytest.param(
            "fi",
            ["Mikä on irtisanomisaika?", "entä yrityksillä?"],
            ["notice_period/length", "notice_period/fixed_term"],
            id="a follow-up in Finnish",
        ),
        pytest.param(
            "sv",
            ["Vad är uppsägningstiden?", "och för företag?"],
            ["notice_period/length", "notice_period/fixed_term"],
            id="a follow-up in Swedish",
        ),
        pytest.param(
            "fi",
            ["Mikä on irtisanomisaika?", "kiitos", "entä avaimet?"],
            ["notice_period/length", "thanks", "keys/after_contract"],
            id="thanks between, and another topic",
        ),
    ],
)
def test_what_is_asked_is_answered_in_order(
    assistant: RunningAssistant, tmp_path: Path, language: str, lines: list[str], answers: list[str]
) -> None:
    script = tmp_path / "script.txt"
    script.write_text("\n".join(lines), encoding="utf-8")
    said = [one for one in talk(script, assistant, language) if one["from"] == "bot"][1:]
    assert [one["answer"] for one in said] == answers
    assert {one["language"] for one in said} == {language}


def test_an_answer_is_said_again_in_the_language_asked_for(assistant: RunningAssistant, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("Mikä on irtisanomisaika?\noch på svenska?\nhur länge?", encoding="utf-8")
    said = [one for one in talk(script, assistant, "fi") if one["from"] == "bot"][1:]
    assert [(one["answer"], one["language"]) for one in said[:2]] == [
        ("notice_period/length", "fi"),
        ("notice_period/length", "sv"),
    ]
    assert said[2]["language"] == "sv"
