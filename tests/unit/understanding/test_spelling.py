"""A slip of a word of the domain is mended; a known, a short and a strange word stay as written."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.text import fold
from bot.understanding.spelling import SpellingHelp

_DOMAIN = ["sähköposti", "irtisanomisaika", "lasku", "avaimet", "nycklar", "faktura", "bonus", "uppsägning"]
_RARE = ["laskuri", "kuu"]
HELP = SpellingHelp.from_words([*_DOMAIN * 3, *_RARE])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("sahkoposti", "sähköposti", id="dots lost"),
        pytest.param("irtisanomisiaka", "irtisanomisaika", id="two letters swapped"),
        pytest.param("irtisanomsaka", "irtisanomisaika", id="two letters lost from a long word"),
        pytest.param("avaimt", "avaimet", id="one letter lost from a shorter word"),
        pytest.param("faktuura", "faktura", id="one letter too many"),
        pytest.param("uppsagningg", "uppsägning", id="dots lost and a letter too many"),
    ],
)
def test_a_slip_is_mended(written: str, read: str) -> None:
    assert HELP.correct(written) == read


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("lasku", id="known"),
        pytest.param("laskuri", id="known, though rare and near another"),
        pytest.param("avimt", id="two slips in a short word"),
        pytest.param("irtsnmsaka", id="five slips in a long word"),
        pytest.param("laku", id="too short"),
        pytest.param("kuu", id="too short, though known"),
        pytest.param("kissanruoka", id="unlike any"),
        pytest.param("fakt2ra", id="with a digit"),
        pytest.param("e-posti", id="with a hyphen"),
        pytest.param("12345", id="a number"),
        pytest.param("", id="nothing"),
    ],
)
def test_any_other_word_stays_as_written(word: str) -> None:
    assert HELP.correct(word) == word


def test_a_rare_word_is_known_but_never_offered() -> None:
    assert HELP.correct("laskurri") != "laskuri"


def test_how_often_a_word_must_stand_can_be_chosen() -> None:
    assert SpellingHelp.from_words(["laskuri"], at_least=1).correct("laskurri") == "laskuri"


def test_all_words_are_corrected_in_their_order() -> None:
    assert HELP.correct_all(["missä", "sahkoposti", "lasku"]) == ["missä", "sähköposti", "lasku"]
    assert HELP.correct_all([]) == []


def test_help_without_words_changes_nothing() -> None:
    assert SpellingHelp().correct("sahkoposti") == "sahkoposti"


@settings(max_examples=200, deadline=None)
@given(st.text("abdefiklnoprstuyäö", max_size=16))
def test_correcting_twice_changes_nothing(word: str) -> None:
    assert HELP.correct(HELP.correct(word)) == HELP.correct(word)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([w for w in _DOMAIN if len(w) >= 9]), st.data())
def test_any_one_lost_letter_of_a_long_word_is_mended(word: str, data: st.DataObject) -> None:
    gap = data.draw(st.integers(0, len(word) - 1))
    assert HELP.correct(word[:gap] + word[gap + 1 :]) == word


@pytest.mark.parametrize("word", _DOMAIN)
def test_a_word_without_its_dots_is_found(word: str) -> None:
    assert HELP.correct(fold(word)) == word


def test_help_is_the_same_after_it_is_stored() -> None:
    assert pickle.loads(pickle.dumps(HELP)) == HELP
