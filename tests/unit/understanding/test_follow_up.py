"""After an answer a short message is about its topic, unless its own words say otherwise."""

from typing import Final

import pytest

from bot.core.language import Language
from bot.understanding.follow_up import LONGEST, after, requested_language

LENGTH, FIXED, COUNTS = "notice_period/length", "notice_period/fixed_term", "bonus/what_counts"
TORN: Final = [(COUNTS, 0.4), ("out_of_scope", 0.3), (FIXED, 0.2), ("cancel_contract", 0.1)]


@pytest.mark.parametrize(
    ("answered", "first"),
    [
        pytest.param(None, COUNTS, id="nothing was answered before"),
        pytest.param(LENGTH, FIXED, id="the topic just answered"),
        pytest.param("bonus/household", COUNTS, id="another topic just answered"),
        pytest.param("keys/after_contract", COUNTS, id="a topic that has none of them"),
    ],
)
def test_a_short_message_is_about_the_topic_just_answered(answered: str | None, first: str) -> None:
    assert after(TORN, answered, "ja yrityksillä?")[0][0] == first


def test_a_neighbouring_topic_gains_less_than_the_same() -> None:
    weighed = dict(after([(FIXED, 0.25), ("cancel_contract", 0.25), (COUNTS, 0.5)], LENGTH, "entä jos"))
    assert weighed[FIXED] > weighed["cancel_contract"] > weighed[COUNTS]


def test_a_clear_change_of_topic_stays_clear() -> None:
    assert after([(COUNTS, 0.95), (FIXED, 0.02), ("out_of_scope", 0.03)], LENGTH, "entä bonus?")[0][0] == COUNTS


def test_a_long_message_says_itself_what_it_is_about() -> None:
    assert after(TORN, LENGTH, "sana " * (LONGEST + 1)) == TORN
    assert after(TORN, LENGTH, "sana " * LONGEST) != TORN


def test_probabilities_stay_probabilities_likeliest_first() -> None:
    chances = [chance for _, chance in after(TORN, LENGTH, "entä?")]
    assert sum(chances) == pytest.approx(1)
    assert chances == sorted(chances, reverse=True)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("och på svenska?", "sv"),
        ("På svenska tack!", "sv"),
        ("pa svenska", "sv"),
        ("suomeksi", "fi"),
        ("Voitteko vastata suomeksi, kiitos", "fi"),
        ("kan du svara på finska", "fi"),
        ("ruotsiksi sama", "sv"),
        ("", None),
        ("entä avaimet?", None),
        ("får jag fakturan på svenska", None),
        ("saako laskun suomeksi", None),
        ("suomeksi vai ruotsiksi", None),
    ],
)
def test_another_language_is_asked_for_only_where_nothing_else_is(text: str, language: Language | None) -> None:
    assert requested_language(text) == language
