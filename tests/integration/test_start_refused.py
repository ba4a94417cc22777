"""What can't work is refused at the start, with a clear word and a status of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.model.archive import fingerprint, mark_trained
from tests.conftest import free_port

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the assistant is started from, without a model."""
    for folder in ("bot", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    for file in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "requirements.lock"):
        shutil.copy(ROOT / file, tmp_path / file)
    (tmp_path / "models").mkdir()
    return tmp_path


def _start(checkout: Path, *, command: str = "serve", **settings: str) -> subprocess.CompletedProcess[str]:
    known = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "RASA_SHARED_SECRET": "a-secret-of-the-tests",
    }
    return subprocess.run(
        [sys.executable, "-m", "bot", command],
        cwd=checkout,
        env=known | settings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_missing_secret_is_named_with_its_remedy(checkout: Path) -> None:
    refused = _start(checkout, RASA_SHARED_SECRET="")

    assert refused.returncode == 1
    assert "RASA_SHARED_SECRET is missing" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_taken_port_is_named_with_its_remedy(checkout: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = _start(checkout, PORT=port, RASA_PORT=str(free_port()))

    assert refused.returncode == 1
    assert f"127.0.0.1:{port} can't be used" in refused.stderr
    assert "set PORT in .env" in refused.stderr


@pytest.mark.parametrize("command", ["serve", "train"])
def test_a_broken_faq_file_is_refused_before_training_with_file_and_key(checkout: Path, command: str) -> None:
    keys = checkout / "data" / "faq" / "keys.yml"
    text = keys.read_text(encoding="utf-8")
    keys.write_text(text[: text.index("      sv: |")] + text[text.index("    follow_up") :], encoding="utf-8")

    refused = _start(checkout, command=command, PORT=str(free_port()), RASA_PORT=str(free_port()))

    assert refused.returncode == 1
    assert "data/faq/keys.yml: keys/after_contract.text.sv: missing" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_model_that_can_t_be_loaded_is_refused_with_the_way_to_a_new_one(checkout: Path) -> None:
    model = checkout / "models" / "broken.tar.gz"
    model.write_bytes(b"this is no archive")
    mark_trained(model, fingerprint(checkout))

    refused = _start(checkout, PORT=str(free_port()), RASA_PORT=str(free_port()))

    assert refused.returncode == 1
    assert "broken.tar.gz" in refused.stderr
    assert "python -m bot train --force" in refused.stderr
    assert "Traceback (most recent call last)" not in refused.stderr.split("The end of")[0]
