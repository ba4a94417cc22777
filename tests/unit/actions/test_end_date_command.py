"""`python -m actions end-date`: one line out for each line in, whatever the line, and never a traceback."""

import json
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.commands.end_date import answer
from tests.unit.actions.cases import Case, generated_cases

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "actions", "end-date"]
# Measured: 2.1 s on two shared cores; the rest is for a busy machine.
SECONDS_FOR_A_HUNDRED_THOUSAND = 20

ASKED: dict[str, Any] = {
    "id": "1",
    "customer": "private",
    "in_use_since": "2021-03-17",
    "notice": "2026-11-20",
    "notice_months": 3,
    "fixed_term_months": 0,
    "billing_day": None,
}
ANSWERED: dict[str, Any] = {
    "id": "1",
    "notice_period_start": "2026-12-17",
    "last_day": "2027-03-16",
    "error": None,
}


def run(lines: Iterable[str | bytes]) -> list[dict[str, Any]]:
    """What the command answers to `lines`; it ends with status 0 and writes nothing else."""
    asked = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
    done = subprocess.run(COMMAND, cwd=ROOT, input=asked, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.splitlines()]


def asked_as_json(case: Case, id_: str | int) -> str:
    return json.dumps({"id": id_, **asdict(case)}, default=str)


def answer_to(**changes: Any) -> dict[str, Any]:
    """The answer to the example with `changes`; a key whose value is `...` is left out."""
    return answer(json.dumps({k: v for k, v in {**ASKED, **changes}.items() if v is not ...}).encode())


def test_lines_are_answered_in_order_good_and_bad_ones() -> None:
    business = {
        **ASKED,
        "id": 7,
        "customer": "business",
        "in_use_since": "2026-09-10",
        "fixed_term_months": 12,
        "billing_day": 1,
    }
    answers = run([json.dumps(ASKED), "nonsense", "", "  ", json.dumps({**ASKED, "id": "2"}), json.dumps(business)])
    assert [a["id"] for a in answers] == ["1", None, "2", 7]
    assert answers[0] == ANSWERED
    assert answers[1]["error"].startswith("the line is no JSON object; write one in UTF-8 with the keys id, customer")
    assert answers[3] == {"id": 7, "notice_period_start": "2027-10-01", "last_day": "2027-12-31", "error": None}


def test_each_line_is_answered_before_the_next_one_comes() -> None:
    """A program may keep it open and ask as it goes."""
    with subprocess.Popen(COMMAND, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for id_ in ("1", "2", "3"):
            process.stdin.write(json.dumps({**ASKED, "id": id_}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == id_
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_a_hundred_thousand_lines_take_seconds_and_give_what_the_rule_gives() -> None:
    cases = list(generated_cases(100_000, seed=4))
    lines = [asked_as_json(case, number) for number, case in enumerate(cases)]
    began = time.monotonic()
    answers = run(lines)
    took = time.monotonic() - began
    for number, (case, given_) in enumerate(zip(cases, answers, strict=True)):
        period = case.by_the_rule()
        assert given_ == {
            "id": number,
            "notice_period_start": period.start.isoformat(),
            "last_day": period.last_day.isoformat(),
            "error": None,
        }
    assert took < SECONDS_FOR_A_HUNDRED_THOUSAND


def test_a_reader_that_goes_away_gets_no_traceback() -> None:
    line = json.dumps(ASKED).encode() + b"\n"
    with subprocess.Popen(
        COMMAND, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(line)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(line)
        process.stdin.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize("key", list(ASKED))
def test_a_missing_key_is_named_with_what_to_write(key: str) -> None:
    answered = answer_to(**{key: ...})
    assert answered["error"].startswith(f"{key} is missing; write ")
    assert answered["id"] == (None if key == "id" else "1")
    assert answered["notice_period_start"] is answered["last_day"] is None


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("id", None, "id can't be null; write a text or a whole number"),
        ("id", ["1"], "id can't be a list; write a text or a whole number"),
        ("id", 1.5, "id can't be 1.5; write a text or a whole number"),
        ("customer", "yritys", 'customer can\'t be "yritys"; write "private" or "business"'),
        ("customer", None, 'customer can\'t be null; write "private" or "business"'),
        (
            "in_use_since",
            "17.3.2021",
            'in_use_since can\'t be "17.3.2021"; write a day of the calendar as "YYYY-MM-DD"',
        ),
        ("in_use_since", "2021-02-29", 'in_use_since can\'t be "2021-02-29"; write a day of the calendar as "YYYY-MM'),
        ("notice", "2026-11-20T10:00", 'notice can\'t be "2026-11-20T10:00"; write a day of the calendar'),
        ("notice", "20261120", 'notice can\'t be "20261120"; write a day of the calendar'),
        ("notice", 20261120, "notice can't be 20261120; write a day of the calendar"),
        ("notice", None, "notice can't be null; write a day of the calendar"),
        ("notice", {"year": 2026}, "notice can't be an object; write a day of the calendar"),
        ("notice", "9999-12-31", "the contract would end after the year 9999; check in_use_since, notice"),
        ("notice_months", 0, "notice_months can't be 0; write 1 or more"),
        ("notice_months", "3", 'notice_months can\'t be "3"; write a whole number, 1 or more'),
        ("notice_months", 3.0, "notice_months can't be 3.0; write a whole number, 1 or more"),
        ("notice_months", True, "notice_months can't be true; write a whole number, 1 or more"),
        ("notice_months", None, "notice_months can't be null; write a whole number, 1 or more"),
        ("notice_months", float("nan"), "notice_months can't be NaN; write a whole number, 1 or more"),
        ("notice_months", 10**40, "the contract would end after the year 9999; check in_use_since, notice"),
        ("fixed_term_months", -1, "fixed_term_months can't be -1; write 0 for none, or more"),
        ("fixed_term_months", None, "fixed_term_months can't be null; write a whole number, 0 for none"),
        ("billing_day", 0, "billing_day can't be 0; write 1 to 31, or null"),
        ("billing_day", 32, "billing_day can't be 32; write 1 to 31, or null"),
        ("billing_day", "1", 'billing_day can\'t be "1"; write 1 to 31, or null for the service month'),
        ("notice", "x" * 10_000, "notice can't be \"" + "x" * 39 + "…; write a day of the calendar"),
    ],
)
def test_a_wrong_value_is_named_with_its_key_and_remedy(key: str, value: object, words: str) -> None:
    answered = answer_to(**{key: value})
    assert answered["error"].startswith(words)
    assert answered["id"] == (None if key == "id" else "1")
    assert answered["notice_period_start"] is answered["last_day"] is None


def test_lines_that_are_no_json_object_are_told_so() -> None:
    lines = [b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"\x00", b"[" * 100_000, b'{"id": ' + b"9" * 5_000 + b"}"]
    answers = run(lines)
    assert len(answers) == len(lines)
    for answered in answers:
        assert answered["id"] is None
        assert answered["error"].startswith("the line is no JSON object; write one in UTF-8 with the keys id, customer")


@pytest.mark.parametrize("id_", ["", "ä€😀", "\ud800", "a\nb", 0, -5, 10**40])
def test_an_id_comes_back_as_it_was(id_: str | int) -> None:
    assert run([json.dumps({**ASKED, "id": id_})]) == [{**ANSWERED, "id": id_}]


def test_other_keys_and_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    line = json.dumps({**ASKED, "remark": "moving"}).encode()
    assert run([b"\xef\xbb\xbf" + line + b"\r", line]) == [ANSWERED, ANSWERED]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
some_lines = st.binary() | st.builds(
    lambda changes: json.dumps({**ASKED, **changes}).encode(),
    st.dictionaries(st.sampled_from(list(ASKED)), json_values),
)


@given(line=some_lines)
def test_no_line_whatever_breaks_it(line: bytes) -> None:
    answered = answer(line)
    assert list(answered) == list(ANSWERED)
    assert (answered["error"] is None) is (answered["last_day"] is not None)
    json.dumps(answered)
