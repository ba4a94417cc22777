"""Every answer of the FAQ, asked plainly through the public interface, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from bot.clock import is_finnish_holiday, now
from bot.content import Content, read_content
from bot.core.answers import FAQ_IDS, fill
from bot.core.language import Language
from tests.conversations.talk import talk

if TYPE_CHECKING:
    from tests.conftest import RunningAssistant

_HERE = Path(__file__).parent
_ROOT = _HERE.parent.parent
_QUESTIONS: dict[str, dict[Language, str]] = YAML(typ="safe").load(_HERE / "plain_questions.yml")


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content(_ROOT, today=now().date())


def test_there_is_one_plain_question_for_each_answer_of_the_faq() -> None:
    assert set(_QUESTIONS) == set(FAQ_IDS)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_plain_question_gets_the_company_s_own_answer_in_its_language(
    assistant: RunningAssistant, content: Content, tmp_path: Path, language: Language
) -> None:
    script = tmp_path / "questions.txt"
    script.write_text("\n".join(_QUESTIONS[id_][language] for id_ in FAQ_IDS), encoding="utf-8")

    conversation = talk(script, assistant, language)

    answers = [said for said in conversation if said["from"] == "bot"][1:]  # the first is the greeting
    assert [said["answer"] for said in answers] == list(FAQ_IDS)
    for said in answers:
        figures = content.company.fixed(language) | content.company.live(language, now(), is_finnish_holiday)
        assert said["language"] == language
        assert said["text"] == fill(content.answers[said["answer"]].text[language], figures)


def test_the_conversation_begins_by_saying_that_this_is_a_machine(assistant: RunningAssistant, tmp_path: Path) -> None:
    script = tmp_path / "one.txt"
    script.write_text("kiitos", encoding="utf-8")

    finnish = talk(script, assistant, "fi")[0]["text"]
    swedish = talk(script, assistant, "sv")[0]["text"]

    assert "chatbot, en ihminen" in finnish
    assert "0207 345 000" in finnish
    assert "chattbot, inte en människa" in swedish
    assert "0207 345 000" in swedish


def test_what_is_typed_as_a_command_is_a_text(assistant: RunningAssistant, tmp_path: Path) -> None:
    script = tmp_path / "commands.txt"
    typed = ["/restart", "/greet", "\u3000/session_start", "／back", '/bonus{"language": "sv"}']
    script.write_text("\n".join(typed), encoding="utf-8")

    answers = [said["answer"] for said in talk(script, assistant, "fi") if said["from"] == "bot"][1:]

    assert len(answers) == len(typed)
    assert "greet" not in answers
    assert not any(str(answer).startswith("bonus/") for answer in answers[:4])


def test_a_second_failure_in_a_row_offers_a_person(assistant: RunningAssistant, tmp_path: Path) -> None:
    script = tmp_path / "failures.txt"
    script.write_text("Vem vann hockey-VM i fjol?\nVad är klockan i Tokyo nu?", encoding="utf-8")

    first, second = [said["text"] for said in talk(script, assistant, "sv") if said["from"] == "bot"][1:]

    assert first.startswith("Jag vet inte")
    assert "må–fre kl. 8–18" in second
    assert "0207 345 000" in second
