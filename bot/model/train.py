"""Trains the model with Rasa and says how far it is."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.clock import today
from bot.content import read_content
from bot.core.errors import ModelError
from bot.model.archive import fingerprint, is_fresh, mark_trained, newest_model

_COMPONENTS: Final = {
    "RulePolicy": "the rules of the conversation",
    "LanguageIdentifier": "the language of a message",
    "EmergencyGuard": "emergencies",
    "SpellingNormaliser": "the words of the trade",
    "AnswerFeaturizer": "characters, words and lemmas",
    "EncoderFeaturizer": "what the sentence encoder says",
    "AnswerClassifier": "the answers",
}
_FINISHED: Final = re.compile(r"(?:Finished training component|Restored component) '(\w+)'")
_KEPT_MODELS: Final = 2


def rasa_environment() -> dict[str, str]:
    """The environment for Rasa's own commands: nothing is reported to anybody, old-API warnings stay out of the log."""
    return dict(os.environ) | {
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
    }


def train(root: Path, folder: Path, *, force: bool = False, console: Console | None = None) -> Path:
    """Train from the files below `root` into `folder`; a fresh model is kept as it is unless `force`.

    Returns the model's file. Raises `ContentError` for a broken FAQ before anything is trained, and `ModelError`
    with the end of Rasa's own words where training fails.
    """
    console = console or Console(stderr=True)
    read_content(root, today=today())
    if not force and is_fresh(root, folder):
        return newest_model(folder)
    folder.mkdir(parents=True, exist_ok=True)
    trained_from = fingerprint(root)
    started = time.monotonic()
    _run_rasa(root, folder, console, force=force)
    model = newest_model(folder)
    mark_trained(model, trained_from)
    _remove_old(folder)
    console.print(f"Trained {model.name} in {time.monotonic() - started:.0f} s.")
    return model


def _run_rasa(root: Path, folder: Path, console: Console, *, force: bool) -> None:
    command = [sys.executable, "-m", "rasa", "train", "--out", str(folder)] + (["--force"] if force else [])
    said: list[str] = []
    with (
        subprocess.Popen(
            command, cwd=root, env=rasa_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process,
        Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console
        ) as progress,
    ):
        task = progress.add_task("Reading the training messages", total=len(_COMPONENTS) + 1)
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.rstrip())
            found = _FINISHED.search(line)
            if found and found[1] in _COMPONENTS:
                progress.update(task, advance=1, description=f"Learnt {_COMPONENTS[found[1]]}")
                if not console.is_terminal:
                    console.print(f"Learnt {_COMPONENTS[found[1]]}.")
        progress.update(task, completed=len(_COMPONENTS) + 1)
    if process.returncode != 0:
        raise ModelError("Training failed. Rasa's last words:\n" + "\n".join(said[-15:]))


def _remove_old(folder: Path) -> None:
    models: Mapping[Path, float] = {file: file.stat().st_mtime for file in folder.glob("*.tar.gz")}
    for file in sorted(models, key=lambda f: models[f])[:-_KEPT_MODELS]:
        file.unlink()
        file.with_name(file.name + ".sha256").unlink(missing_ok=True)
