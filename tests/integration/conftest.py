"""A PostgreSQL server of the tests' own, on a free port in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.conftest import free_port

_left_out: list[str] = []


def _programs() -> Path | None:
    """The folder of PostgreSQL's newest programs; Debian keeps them off the path."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Gives the address of a new empty database at each call; without PostgreSQL skips, in CI fails."""
    programs = _programs()
    if programs is None:
        reason = "PostgreSQL's programs are missing; install postgresql to test on it"
        if os.environ.get("CI"):
            pytest.fail(reason)
        _left_out.append(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    port = free_port()
    as_user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []  # it refuses to run as root
    if as_user:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL)

    data, log = str(folder / "data"), str(folder / "log")
    run(str(programs / "initdb"), "--pgdata", data, "--username", "tests", "--auth", "trust", "--encoding", "UTF8")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run(str(programs / "pg_ctl"), "start", "--wait", "--pgdata", data, "--log", log, "--options", options)
    made = iter(range(1_000_000))

    def new_database() -> str:
        name = f"test_{next(made)}"
        run(str(programs / "createdb"), "--host", "127.0.0.1", "--port", str(port), "--username", "tests", name)
        return f"postgresql://tests@127.0.0.1:{port}/{name}"

    try:
        yield new_database
    finally:
        run(str(programs / "pg_ctl"), "stop", "--mode", "immediate", "--pgdata", data)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def leave_out() -> Callable[[str], NoReturn]:
    """Skips the test for the reason given, which is said again at the end."""

    def skip(reason: str) -> NoReturn:
        _left_out.append(reason)
        pytest.skip(reason)

    return skip


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say again at the end what was left out."""
    for reason in sorted(set(_left_out)):
        terminalreporter.write_line(f"WARNING: tests were left out: {reason}", red=True, bold=True)
