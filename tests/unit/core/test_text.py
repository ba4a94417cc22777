"""What people type is cleaned without losing a letter, and read the same however it was typed."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.text import as_typed, clean, fold, has_words, normalise, words

LETTERS = "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖéüšž"
REMOVED_CATEGORIES = {"Cc", "Cs", "Co", "Cn"}
ANYTHING = st.text(st.characters(), max_size=80)  # with lone surrogates and control characters
ODD = st.text(
    st.sampled_from(
        [*"aä9 \t\n\r/.", "\u0301", "\u0308", "\u0323", "\u200b", "\u202e", "\ufeff", "\x00", "\ud800", "😀"]
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANYTHING, ODD))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANYTHING, ODD))
def test_no_control_character_or_lone_surrogate_survives_cleaning(text: str) -> None:
    assert all(c == "\n" or unicodedata.category(c) not in REMOVED_CATEGORIES for c in clean(text))
    clean(text).encode("utf-8")


@pytest.mark.parametrize(
    "invisible",
    [
        pytest.param("\u200b", id="zero width space"),
        pytest.param("\u200d", id="zero width joiner"),
        pytest.param("\u00ad", id="soft hyphen"),
        pytest.param("\u202e", id="right-to-left override"),
        pytest.param("\u2066", id="left-to-right isolate"),
        pytest.param("\u2060", id="word joiner"),
        pytest.param("\ufeff", id="byte order mark"),
        pytest.param("\u3164", id="Hangul filler"),
        pytest.param("\uffa0", id="halfwidth Hangul filler"),
        pytest.param("\U000e0041", id="tag letter"),
        pytest.param("\U000e0100", id="variation selector supplement"),
        pytest.param("\x00", id="null"),
        pytest.param("\x1b", id="escape"),
        pytest.param("\x85", id="next line"),
        pytest.param("\ue000", id="private use"),
    ],
)
def test_nothing_invisible_survives_cleaning(invisible: str) -> None:
    assert clean(f"avai{invisible}met") in ("avaimet", "avai met")
    assert clean(invisible) == ""


@settings(max_examples=200, deadline=None)
@given(st.text(LETTERS + "0123456789", max_size=80))
def test_cleaning_keeps_every_letter_and_digit_as_written(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Hei  \t maailma ", "Hei maailma"),
        ("eka\r\ntoka\rkolmas", "eka\ntoka\nkolmas"),
        ("eka\n\n\n\n\ntoka", "eka\n\ntoka"),
        ("eka\n \n \n \ntoka", "eka\n\ntoka"),
        ("a\u0308iti", "äiti"),
        ("a\u0301\u0302\u0303\u0304\u0306\u0307", "á\u0302\u0303"),
        ("eka\u2028toka", "eka toka"),
        ("😀 👍🏽", "😀 👍🏽"),
        ("0,084 €/min – klo 8–20", "0,084 €/min – klo 8–20"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_cleaning_keeps_line_breaks_and_draws_blanks_together(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize("typed", ["/restart", "/bonus{}", "  /restart", "\n/restart", "/", '/greet{"slot": "x"}'])
def test_what_looks_like_a_command_is_made_a_text(typed: str) -> None:
    guarded = as_typed(typed)
    assert not guarded.strip().startswith("/")
    assert clean(guarded) == clean(typed)


@settings(max_examples=200, deadline=None)
@given(ODD)
def test_no_text_begins_with_the_command_sign_as_rasa_reads_it(text: str) -> None:
    assert not as_typed(text).strip().startswith("/")


@pytest.mark.parametrize("typed", ["hei", "ja/tai", "mikä on 8/18?", "", "https://www.sectoralarm.fi"])
def test_what_does_not_look_like_a_command_stays_as_it_is(typed: str) -> None:
    assert as_typed(typed) == typed


@pytest.mark.parametrize(
    ("text", "readable"),
    [("hei", True), ("7", True), ("ä", True), ("", False), ("?!…", False), ("😀👍", False), (" \n", False)],
)
def test_a_text_has_words_where_it_has_a_letter_or_a_digit(text: str, readable: bool) -> None:
    assert has_words(text) is readable


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Apuaaaa!!  Täällä palaa", "apuaa!! täällä palaa"),
        ("TÄÄLLÄ", "täällä"),
        ("Ta\u0308a\u0308lla\u0308", "täällä"),
        ("ﬁrma", "firma"),
        ("１１２", "112"),
        ("vaa’an", "vaa'an"),
        ("???!!!!", "??!!"),
        ("eka\n\ntoka", "eka toka"),
        ("ava\u200bimet", "avaimet"),
        ("", ""),
    ],
)
def test_the_models_read_one_form_of_a_text(text: str, read: str) -> None:
    assert normalise(text) == read


@settings(max_examples=200, deadline=None)
@given(st.text(LETTERS + "0123456789 .,!?-\n", max_size=80))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("sähköposti", "sahkoposti"),
        ("på svenska", "pa svenska"),
        ("åäö", "aao"),
        ("idé", "ide"),
        ("šakki ja žetoni", "sakki ja zetoni"),
        ("lasku 10", "lasku 10"),
        ("", ""),
    ],
)
def test_folding_takes_dots_and_rings_off(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(max_examples=200, deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyzåäöéüšž 123", max_size=80))
def test_folding_keeps_the_length_and_leaves_plain_letters_only(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(text).isascii()
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mikä on irtisanomisaika?", ["Mikä", "on", "irtisanomisaika"]),
        ("S-Etukortti, e-lasku ja Omat sivut.", ["S-Etukortti", "e-lasku", "ja", "Omat", "sivut"]),
        ("klo 8–18", ["klo", "8", "18"]),
        ("0,084 €/min", ["0", "084", "min"]),
        ("vaa'an vaa’an", ["vaa'an", "vaa’an"]),
        ("lasku_numero", ["lasku", "numero"]),
        ("- ' -", []),
        ("😀", []),
        ("", []),
    ],
)
def test_words_are_letters_or_digits_without_punctuation(text: str, found: list[str]) -> None:
    assert words(text) == found
