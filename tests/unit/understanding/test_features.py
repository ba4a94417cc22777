"""A message becomes one sparse row, the same however it is typed, nothing where nothing is written."""

import pickle
from collections.abc import Sequence

import numpy as np
import pytest

from bot.core.language import Language
from bot.understanding.features import MessageFeatures, Reading, lemmas, read


@pytest.mark.parametrize(
    ("text", "seen", "tokens"),
    [
        ("Mistä LÖYDÄN laskuni??", "mistä löydän laskuni??", ("mistä", "löydän", "laskuni")),
        ("  e-lasku,  kiitos ", "e-lasku, kiitos", ("e-lasku", "kiitos")),
        ("", "", ()),
        ("😀", "😀", ()),
    ],
)
def test_a_text_is_read_normalised_and_split(text: str, seen: str, tokens: tuple[str, ...]) -> None:
    assert read(text, "fi") == Reading(seen, tokens, "fi")


def test_tokens_that_were_found_before_are_kept() -> None:
    assert read("laksu", "fi", tokens=["lasku"]) == Reading("laksu", ("lasku",), "fi")


@pytest.mark.parametrize(
    ("language", "token", "lemma"),
    [
        ("fi", "laskun", "lasku"),
        ("fi", "avaimet", "avain"),
        ("sv", "fakturor", "faktura"),
        ("sv", "nycklarna", "nyckel"),
    ],
)
def test_words_are_brought_to_their_base_form_in_their_language(language: Language, token: str, lemma: str) -> None:
    assert lemmas(read(token, language)) == [lemma]


def test_a_message_is_one_sparse_row_of_floats(features: MessageFeatures, readings: Sequence[Reading]) -> None:
    rows = features.transform(readings)
    assert rows.shape[0] == len(readings)
    assert rows.dtype == np.float32
    assert all(rows[number].nnz > 0 for number in range(len(readings)))
    assert np.isfinite(rows.data).all()


@pytest.mark.parametrize("text", ["", "   ", "?!", "😀"])
def test_a_text_without_words_is_a_row_of_zeros(features: MessageFeatures, text: str) -> None:
    assert features.transform([read(text, "fi")]).nnz == 0


def test_a_very_long_text_is_a_row_as_wide_as_any(features: MessageFeatures) -> None:
    rows = features.transform([read("avaimet ja laskut " * 280, "fi"), read("avain", "fi")])
    assert rows.shape[0] == 2
    assert np.isfinite(rows.data).all()


def test_a_text_is_the_same_row_alone_and_among_others(features: MessageFeatures, readings: Sequence[Reading]) -> None:
    among = features.transform(readings)
    for number in (0, len(readings) - 1):
        assert abs(features.transform([readings[number]]) - among[number]).max() == 0


def test_the_character_view_does_not_mind_lost_dots(features: MessageFeatures) -> None:
    """Only the word view tells "mistä löydän" from "mista loydan"."""
    dotted, plain = (read(text, "fi", tokens=()) for text in ("mistä löydän", "mista loydan"))
    assert abs(features.transform([dotted]) - features.transform([plain])).max() == 0


def test_features_are_the_same_after_they_are_stored(features: MessageFeatures, readings: Sequence[Reading]) -> None:
    restored = pickle.loads(pickle.dumps(features))
    assert abs(restored.transform(readings) - features.transform(readings)).max() == 0
