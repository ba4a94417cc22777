"""Rasa's own tools understand the project, in the environment without TensorFlow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.model.archive import newest_model
from bot.model.train import rasa_environment
from bot.settings import model_folder

ROOT = Path(__file__).resolve().parent.parent.parent


def _rasa(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        cwd=ROOT,
        env=rasa_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=400,
        check=False,
    )


def test_rasa_data_validate_finds_nothing() -> None:
    found = _rasa("data", "validate", "--fail-on-warnings")

    assert found.returncode == 0, found.stdout[-3000:]
    assert "not found in the" not in found.stdout, found.stdout[-3000:]
    assert "No story structure conflicts found" in found.stdout, found.stdout[-3000:]


def test_the_conversation_stories_are_green(tmp_path: Path) -> None:
    model = newest_model(model_folder())
    found = _rasa(
        *("test", "core", "--model", str(model), "--stories", "tests/conversations/test_stories.yml"),
        *("--out", str(tmp_path), "--no-plot", "--fail-on-prediction-errors"),
    )

    assert found.returncode == 0, found.stdout[-3000:] + _failed(tmp_path)


def _failed(folder: Path) -> str:
    file = folder / "failed_test_stories.yml"
    return file.read_text(encoding="utf-8") if file.is_file() else ""
