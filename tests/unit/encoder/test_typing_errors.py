"""Slips of thumbs stay slips: one word near the one that was meant."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.encoder.typing_errors import NEXT_KEYS, slip, with_slips

words = st.text("abcdefghijklmnopqrstuvwxyzåäö", max_size=20)


@pytest.mark.parametrize(("key", "near"), [("ö", "lpåä"), ("ä", "öå"), ("q", "wa"), ("l", "köop"), ("å", "päö")])
def test_the_keys_lie_as_on_a_finnish_keyboard(key: str, near: str) -> None:
    assert set(near) <= set(NEXT_KEYS[key])


@given(words, st.integers(0, 10_000))
def test_a_slip_is_one_step_away_at_most(word: str, seed: int) -> None:
    assert OSA.distance(word, slip(word, np.random.default_rng(seed))) <= 1


@given(st.lists(words, min_size=1, max_size=30), st.integers(0, 10_000))
def test_no_word_is_lost(said: list[str], seed: int) -> None:
    assert len(with_slips(said, np.random.default_rng(seed), 1.0)) == len(said)


def test_a_share_of_nothing_leaves_all_as_it_is() -> None:
    assert with_slips(["missä", "lasku"], np.random.default_rng(1), 0.0) == ["missä", "lasku"]


@pytest.mark.parametrize("word", ["", "a", "on", "112"])
def test_short_words_and_numbers_stay(word: str) -> None:
    assert all(slip(word, np.random.default_rng(seed)) == word for seed in range(50))
