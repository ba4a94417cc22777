"""Encoders are compared at one working point, on messages that they have not seen."""

import numpy as np
import pytest

from bot.content.training_messages import TrainingMessage
from bot.evaluation.encoders import HELD_OUT, Comparison, Row, table
from bot.evaluation.messages import Asked
from tests.unit.encoder.conftest import small_encoder

_WORDS = {"keys/after_contract": "avaimet", "bonus/how_to_get": "bonus", "out_of_scope": "sää"}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    messages = [
        TrainingMessage(f"{word} {letter * 3} {number}", answer, "fi", "plain")
        for answer, word in _WORDS.items()
        for letter in "abcdef"
        for number in range(4)
    ]
    asked = [Asked(f"missä {word} on", answer, "fi", "plain") for answer, word in _WORDS.items()]
    return Comparison(messages, {"own": asked})


def test_the_held_out_third_is_not_trained_on(comparison: Comparison) -> None:
    seen = {text for text, _ in comparison.pairs}
    held_out = {asked.text for asked in comparison.sets[HELD_OUT]}
    assert seen.isdisjoint(held_out)
    assert len(held_out) * 2 == len(seen)


def test_every_row_is_brought_to_the_same_share_kept_out(comparison: Comparison) -> None:
    encoder = small_encoder()
    columns = np.array([[0.0, 1.0, 2.0]] * len(comparison.pairs), np.float32)
    rows = [
        comparison.features_alone(),
        comparison.with_typing_errors(),
        comparison.encoder_alone("chance", encoder),
        comparison.neighbours_alone("chance", encoder),
        comparison.with_encoder("chance", encoder),
        comparison.with_columns("nothing", columns, lambda texts: columns[: len(texts)]),
    ]
    assert all(row.kept_out[HELD_OUT] >= 0.75 for row in rows)
    assert all(set(row.right) == {HELD_OUT, "own"} for row in rows)
    assert rows[0].right["own"] == 1.0


def test_the_table_is_markdown_with_a_column_a_set() -> None:
    row = Row("features", {"a": 0.5, "b": 1.0}, {"a": 0.25, "b": 0.0})
    assert table([row]).splitlines() == [
        "| | a | b |",
        "|---|--:|--:|",
        "| features | 50.0 % / 25.0 % | 100.0 % / 0.0 % |",
    ]
    assert table([]) == ""
