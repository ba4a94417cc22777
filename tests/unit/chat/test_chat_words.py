"""What the service says by itself is there in both languages, and the protocol's document knows every code."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.chat.pages import preferred_language
from bot.chat.texts import ERRORS, apology
from bot.content.reader import scan_content
from bot.core.language import LANGUAGES, Language

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("code", ERRORS)
def test_every_error_has_a_sentence_in_both_languages(code: str) -> None:
    assert set(ERRORS[code]) == set(LANGUAGES)
    assert all(sentence.endswith(".") for sentence in ERRORS[code].values())
    assert ERRORS[code]["fi"] != ERRORS[code]["sv"]


def test_every_code_of_the_protocol_has_its_sentences() -> None:
    protocol = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d{3} \| (.+?) \|", protocol, re.MULTILINE)
    codes = {code for row in rows for code in re.findall(r"`(\w+)`", row)}
    assert len(codes) > 8
    assert codes <= set(ERRORS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_apology_gives_the_phone_and_the_emergency_number(language: Language) -> None:
    company, _, _ = scan_content(ROOT, today=date(2026, 11, 20))
    assert company is not None
    text = apology(company, language)
    assert company.figures["phone"][language] in text
    assert "112" in text
    assert "{" not in text


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "fi"),
        ("sv", "sv"),
        ("sv-FI,sv;q=0.9,fi;q=0.8", "sv"),
        ("fi-FI, sv;q=0.9", "fi"),
        ("en-GB, sv;q=0.3, fi;q=0.2", "sv"),
        ("en", "fi"),
        ("sv;q=0", "fi"),
        ("*;q=x,,;;", "fi"),
        ("sv," * 10_000, "sv"),
    ],
)
def test_the_first_page_is_in_the_language_the_browser_prefers(header: str, language: Language) -> None:
    assert preferred_language(header) == language
