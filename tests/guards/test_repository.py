"""The repository holds nothing of a developer's machine, nothing half merged, and rules that touch nothing outside."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from ruamel.yaml import YAML

ROOT: Final = Path(__file__).resolve().parents[2]
LOCKS: Final = frozenset({"package-lock.json", "uv.lock", "requirements.lock"})

# The words looked for are put together here, so that this file does not hold them.
_REGISTRIES: Final = [
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("registry.npmjs", "org"),
    ("registry.yarnpkg", "com"),
    ("npm.pkg.github", "com"),
    ("repo.maven", "apache"),
    ("conda.anaconda", "org"),
    ("proxy.golang", "org"),
]
REGISTRY: Final = re.compile("|".join(re.escape(f"{name}.{end}") for name, end in _REGISTRIES), re.IGNORECASE)
MACHINE_PATH: Final = re.compile(r"(?<![\w.~:/$}*-])/(?:" + "|".join(["wo" + "rk", "ho" + "me", "ro" + "ot"]) + r")/\w")
MERGE_MARKER: Final = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)", re.MULTILINE)
RASA_KEYS: Final = re.compile(r"^\s*(?:" + "|".join(["nlu", "responses", "stories", "rules"]) + r"):", re.MULTILINE)


@cache
def tracked() -> list[Path]:
    """Every file that git tracks and that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@cache
def texts() -> dict[str, str]:
    """Every tracked text by its name; lock files and built files are left out."""
    found = {}
    for file in tracked():
        name = file.relative_to(ROOT)
        content = file.read_bytes()
        if name.name not in LOCKS and "dist" not in name.parts and b"\0" not in content:
            found[str(name)] = content.decode("utf-8")
    return found


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Where `pattern` stands: file and line number."""
    return [
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1}"
        for name, text in texts().items()
        for hit in pattern.finditer(text)
    ]


@pytest.mark.parametrize(
    ("pattern", "found", "passed"),
    [
        (REGISTRY, "https://" + "pypi" + ".org/simple", "https://www.sectoralarm.fi"),
        (REGISTRY, "files." + "pythonhosted" + ".org", "python.org"),
        (MACHINE_PATH, "cd /" + "work/main", "work/main"),
        (MACHINE_PATH, '"/' + 'home/anna/x"', "https://example.fi/" + "home/x"),
        (MERGE_MARKER, "<" * 7 + " HEAD", "=" * 7),
        (MERGE_MARKER, "a\n" + ">" * 7 + " branch", "a <" + "<" * 7),
        (RASA_KEYS, "a: 1\n  nlu" + ":\n", "nlu_fallback: 1"),
    ],
)
def test_a_guard_sees_what_it_looks_for_and_nothing_else(pattern: re.Pattern[str], found: str, passed: str) -> None:
    assert pattern.search(found)
    assert not pattern.search(passed)


def test_the_guards_look_at_something() -> None:
    assert {"pyproject.toml", "data/company.yml", "bot/core/text.py"} <= set(texts())


@pytest.mark.parametrize(
    ("pattern", "remedy"),
    [
        pytest.param(REGISTRY, "name no package registry: each machine has its own", id="a registry's host"),
        pytest.param(MACHINE_PATH, "write the path relative to the repository", id="a path of one machine"),
        pytest.param(MERGE_MARKER, "resolve the merge", id="a merge marker"),
    ],
)
def test_no_tracked_text_holds(pattern: re.Pattern[str], remedy: str) -> None:
    assert lines_with(pattern) == [], remedy


def data_files() -> list[str]:
    return sorted(str(f.relative_to(ROOT)) for f in (ROOT / "data").rglob("*") if f.is_file())


@pytest.mark.parametrize("name", data_files())
def test_a_file_under_data_is_plain_yaml_in_utf_8(name: str) -> None:
    """Anybody may edit these files with any editor: no tab, no carriage return, no blank at a line's end."""
    text = (ROOT / name).read_bytes().decode("utf-8")
    assert name.endswith(".yml")
    assert text.endswith("\n")
    assert not [c for c in "\t\r\ufeff\u200b\u00ad" if c in text]
    assert not re.search(r"[ ]+$", text, re.MULTILINE)
    assert not [p.pattern for p in (REGISTRY, MACHINE_PATH, MERGE_MARKER) if p.search(text)]
    assert YAML(typ="safe").load(text)


@pytest.mark.parametrize("name", [n for n in data_files() if n.startswith(("data/faq/", "data/replies/", "data/com"))])
def test_rasa_does_not_take_the_content_for_its_own_files(name: str) -> None:
    """Rasa knows a training file by one such line, whatever its indentation."""
    assert not RASA_KEYS.search((ROOT / name).read_text(encoding="utf-8"))


_IMPURE_MODULES: Final = frozenset(
    {"os", "pathlib", "io", "shutil", "tempfile", "glob", "subprocess", "socket", "random", "secrets", "logging"}
)
_IMPURE_CALLS: Final = frozenset({"open", "print", "input"})
_CLOCK_READERS: Final = frozenset({"now", "today", "utcnow"})


def impurities(source: str) -> list[str]:
    """What in `source` touches a file, a clock, the network or chance: line and word."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [f"{node.lineno}: {a.name}" for a in node.names if a.name.partition(".")[0] in _IMPURE_MODULES]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in _IMPURE_MODULES:
            found.append(f"{node.lineno}: {node.module}")
        elif isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in _IMPURE_CALLS:
                found.append(f"{node.lineno}: {called.id}")
            if isinstance(called, ast.Attribute) and called.attr in _CLOCK_READERS and _is_a_date(called.value):
                found.append(f"{node.lineno}: {called.attr}")
    return found


def _is_a_date(value: ast.expr) -> bool:
    name = value.attr if isinstance(value, ast.Attribute) else value.id if isinstance(value, ast.Name) else ""
    return name in {"date", "datetime"}


@pytest.mark.parametrize(
    ("source", "is_pure"),
    [
        ("import os", False),
        ("import os.path as p", False),
        ("from pathlib import Path", False),
        ("from datetime import datetime\ndatetime.now()", False),
        ("import datetime\ndatetime.date.today()", False),
        ("from datetime import datetime\ndatetime.utcnow()", False),
        ("def f():\n    return open('x')", False),
        ("from datetime import date\ndate(2026, 1, 1)", True),
        ("def f(now):\n    return now.astimezone()", True),
        ("import re\nfrom bot.core.text import fold", True),
    ],
)
def test_the_guard_of_purity_sees_what_is_impure(source: str, is_pure: bool) -> None:
    assert (impurities(source) == []) is is_pure


PURE: Final = sorted(
    str(f.relative_to(ROOT)) for ring in ("bot/core", "actions/rules") for f in (ROOT / ring).rglob("*.py")
)


@pytest.mark.parametrize("name", [*PURE, "bot/understanding/decision.py"])
def test_the_rules_read_no_file_and_no_clock(name: str) -> None:
    assert impurities((ROOT / name).read_text(encoding="utf-8")) == []
