"""Talks to the running assistant as the widget does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import RunningAssistant

_ROOT = Path(__file__).resolve().parents[2]


def talk(script: Path, assistant: RunningAssistant, language: str) -> list[dict[str, Any]]:
    """What is said in a conversation in which the customer writes the lines of `script`."""
    said = subprocess.run(
        [sys.executable, "-m", "bot", "talk", "--script", str(script), "--url", assistant.url, "--language", language],
        cwd=_ROOT,
        env=dict(assistant.environment),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return [json.loads(line) for line in said.stdout.splitlines()]
