"""Kept rankings come back as they were, for the same messages only."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.training_messages import TrainingMessage
from bot.core.errors import ContentError
from bot.evaluation.cross_validation import Ranking
from bot.evaluation.rankings_file import made_from, read_rankings, write_rankings
from tests.unit.evaluation.cases import A, B

RANKINGS: list[tuple[float, Ranking]] = [
    (0.1, [(B, 0.7), (A, 0.1 + 0.2)]),
    (1e-9, [(A, 0.5), (B, 0.5)]),
    (1.0, [("emergency", 1.0)]),
]
"""The last comes from a fold that never saw the other ids."""
MESSAGE = TrainingMessage("Hei", "greet", "fi", "plain")


def test_rankings_come_back_to_the_last_digit(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "rankings.npz"
    write_rankings(file, "x", RANKINGS)
    assert read_rankings(file, "x") == RANKINGS
    assert [f.name for f in file.parent.iterdir()] == ["rankings.npz"]


def test_another_encoder_makes_other_rankings() -> None:
    assert made_from([MESSAGE], 3, "one") != made_from([MESSAGE], 3, "another")


def test_rankings_of_other_messages_or_none_are_not_read(tmp_path: Path) -> None:
    file = tmp_path / "rankings.npz"
    assert read_rankings(file, "x") is None
    write_rankings(file, "x", RANKINGS)
    assert read_rankings(file, "y") is None


@pytest.mark.parametrize("content", [b"", b"# Changelog\n", b"PK\x03\x04 broken"])
def test_a_file_of_another_kind_is_refused_and_stays(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "CHANGELOG.md"
    file.write_bytes(content)
    with pytest.raises(ContentError, match=r"CHANGELOG\.md: holds no rankings .*--rankings"):
        read_rankings(file, "x")
    assert file.read_bytes() == content


def test_rankings_belong_to_messages_their_order_and_the_folds() -> None:
    other = replace(MESSAGE, text="Moi")
    keys = [
        made_from([MESSAGE, other], 3),
        made_from([other, MESSAGE], 3),
        made_from([MESSAGE, other], 4),
        made_from([replace(MESSAGE, answer="goodbye"), other], 3),
        made_from([replace(MESSAGE, language="sv"), other], 3),
        made_from([MESSAGE], 3),
    ]
    assert len(set(keys)) == len(keys)
    assert made_from([replace(MESSAGE, persona="teen", place="data/nlu_fi.yml:7"), other], 3) == keys[0]
