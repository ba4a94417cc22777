"""What every encoder of our own promises, whatever it has learnt; the one that ships is held to its limits too."""

import time
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from bot.content.training_messages import read_training_messages
from bot.encoder import files
from bot.encoder.names import OWN_ENCODER
from bot.encoder.small import SmallEncoder
from bot.settings import ROOT
from tests.unit.encoder.conftest import ANSWERS, SEEN
from tests.unit.texts import TEXTS

every_text = pytest.mark.parametrize(
    "text", [*TEXTS, pytest.param("abcdefg" * 715, id="one word of 5,000 mixed characters")]
)
_MOST_BYTES: Final = 30_000_000
_MOST_MILLISECONDS: Final = 2.0
_SLACK: Final = 3.0
"""The machine of the tests is shared; 2 ms is what a quiet core of it must hold."""


@every_text
def test_a_text_becomes_a_vector_of_unit_length(encoder: SmallEncoder, text: str) -> None:
    vectors = encoder.encode([text])
    assert vectors.shape == (1, encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@every_text
def test_the_same_text_gives_the_same_vector_again_alone_or_among_others(encoder: SmallEncoder, text: str) -> None:
    alone, again = encoder.encode([text]), encoder.encode(["muu viesti", text, ""])[1:2]
    assert np.array_equal(alone, again)


@every_text
def test_the_scores_are_log_probabilities_of_the_answer_ids(encoder: SmallEncoder, text: str) -> None:
    scores = encoder.scores([text])
    assert scores.shape == (1, len(ANSWERS))
    assert np.allclose(np.exp(scores).sum(axis=1), 1, atol=1e-5)


def test_no_text_is_no_row(encoder: SmallEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)
    assert encoder.scores([]).shape == (0, len(ANSWERS))
    assert encoder.training_columns([]).shape == (0, len(ANSWERS))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Missä on SÄHKÖPOSTI?", "missa on sahkoposti"),
        ("Får jag nycklarna", "far jag nycklarna"),
        ("hei,  moi", "hei moi"),
    ],
)
def test_dots_rings_case_and_punctuation_make_no_difference(encoder: SmallEncoder, one: str, other: str) -> None:
    assert np.array_equal(encoder.encode([one]), encoder.encode([other]))


def test_the_order_of_the_words_makes_a_difference(encoder: SmallEncoder) -> None:
    first, second = encoder.encode(["mies puri koiraa", "koiraa puri mies"])
    assert not np.allclose(first, second, atol=1e-3)


def test_a_training_message_is_judged_by_an_encoder_that_had_not_seen_it(encoder: SmallEncoder) -> None:
    columns = encoder.training_columns([SEEN, "uusi viesti"])
    assert columns[0].tolist() == [-1.0, -2.0, -0.5]
    assert np.array_equal(columns[1:], encoder.scores(["uusi viesti"]))


def test_a_customer_who_writes_the_same_is_judged_by_the_encoder_itself(encoder: SmallEncoder) -> None:
    assert np.array_equal(encoder.columns([SEEN]), encoder.scores([SEEN]))


@pytest.fixture(scope="module")
def shipped() -> SmallEncoder:
    return files.load(ROOT / OWN_ENCODER, OWN_ENCODER)


def test_the_shipped_encoder_is_small() -> None:
    assert sum(file.stat().st_size for file in (ROOT / OWN_ENCODER).iterdir()) <= _MOST_BYTES


def test_the_shipped_encoder_costs_two_milliseconds_a_message_at_most(shipped: SmallEncoder) -> None:
    texts = [message.text for message in read_training_messages(ROOT)[::100]]
    shipped.encode(texts[:5])
    times = []
    for text in texts:
        started = time.perf_counter()
        shipped.columns([text])
        times.append((time.perf_counter() - started) * 1000)
    assert np.median(times) <= _MOST_MILLISECONDS * _SLACK


def test_the_shipped_encoder_keeps_no_message(shipped: SmallEncoder) -> None:
    """Its files hold hashes: 16 hexadecimal digits."""
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in shipped.unseen)


def test_the_shipped_encoder_has_a_card_that_names_sources_and_checksum(shipped: SmallEncoder) -> None:
    card = Path(ROOT / OWN_ENCODER / files.CARD).read_text(encoding="utf-8")
    assert shipped.checksum in card
    assert "training messages of this repository" in card
