"""What is committed under dist is what the sources give, and it stays small."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import leave_out
from tests.browser.stub_service import REPOSITORY

WIDGET = REPOSITORY / "bot" / "widget"
BUILT = WIDGET / "dist" / "widget.js"
MOST_BYTES = 15 * 1024


def test_the_built_widget_is_at_most_15_kilobytes_gzipped() -> None:
    assert len(gzip.compress(BUILT.read_bytes(), compresslevel=9, mtime=0)) <= MOST_BYTES


def test_the_built_widget_touches_no_markup_and_names_no_other_address() -> None:
    script = BUILT.read_text(encoding="utf-8")
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
    assert [word for word in forbidden if word in script] == []
    assert set(re.findall(r"https?://[\w.]+", script)) <= {"http://www.w3.org"}


def test_the_lock_file_names_no_registry() -> None:
    lock = (WIDGET / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert '"resolved"' not in lock


@pytest.mark.timeout(300)
def test_the_built_widget_is_fresh(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        leave_out("no npm on the path; install Node.js 20 to compare the built widget with its sources")
        return
    copy = tmp_path / "widget"
    shutil.copytree(WIDGET, copy, ignore=shutil.ignore_patterns("node_modules", "dist"))
    install = _run(npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", cwd=copy)
    if install.returncode != 0:
        leave_out(f"npm ci failed: {install.stderr.strip().splitlines()[-1:]}")
    for step in (("run", "check"), ("run", "build")):
        done = _run(npm, *step, cwd=copy)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (copy / "dist" / "widget.js").read_bytes() == BUILT.read_bytes(), (
        "bot/widget/dist is older than its sources: run `npm run build` in bot/widget and commit dist"
    )


def _run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=os.environ, capture_output=True, text=True, timeout=240, check=False)
