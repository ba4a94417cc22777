"""`python -m bot encoder` without its environment says how to get it; the comparison names its parts."""

import sys

import pytest
import typer

from bot.commands.encoder import compare, train
from bot.core.errors import SettingsError


def test_training_without_pytorch_names_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "bot.encoder.training", raising=False)
    with pytest.raises(SettingsError, match=r"torch is missing here.*make encoder-environment"):
        train()


def test_an_unknown_part_of_the_comparison_is_refused_with_those_that_are() -> None:
    with pytest.raises(typer.BadParameter, match="nonsense: the parts are features"):
        compare(rows="features,nonsense")
