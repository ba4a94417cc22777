"""The whole assistant, started once for the tests that need it, as `make run` starts it."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_START_SECONDS = 120
_STOP_SECONDS = 10


@dataclass(frozen=True)
class RunningAssistant:
    """Where the assistant under test answers."""

    url: str
    rasa_url: str
    environment: Mapping[str, str]
    process_id: int
    seconds_to_ready: float


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def assistant_environment(folder: Path, **settings: str) -> dict[str, str]:
    """An environment in which an assistant of its own can run beside others: ports, database and secret."""
    return dict(os.environ) | {
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "PUBLIC_ORIGIN": "",
        "ALLOWED_ORIGINS": "",
        "RASA_PORT": str(free_port()),
        "RASA_SHARED_SECRET": secrets.token_urlsafe(24),
        "RASA_SILENCE_SECONDS": "5",
        "DATABASE_URL": f"sqlite:///{folder / 'chat.db'}",
        "LOG_LEVEL": "WARNING",
        **settings,
    }


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    """`python -m bot serve` on free ports with a database of its own; stops within ten seconds of SIGTERM."""
    folder = tmp_path_factory.mktemp("assistant")
    environment = assistant_environment(folder)
    log = folder / "serve.log"
    started = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        deadline = time.monotonic() + _START_SECONDS
        while "Ready." not in log.read_text(errors="replace"):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the assistant did not start:\n{log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.2)
        yield RunningAssistant(
            f"http://127.0.0.1:{environment['PORT']}",
            f"http://127.0.0.1:{environment['RASA_PORT']}",
            environment,
            process.pid,
            time.monotonic() - started,
        )
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            pytest.fail(f"the assistant did not stop within {_STOP_SECONDS} s of SIGTERM")
        with socket.socket() as probe:
            rasa_listens = probe.connect_ex(("127.0.0.1", int(environment["RASA_PORT"]))) == 0
        assert not rasa_listens, "Rasa was left running"
