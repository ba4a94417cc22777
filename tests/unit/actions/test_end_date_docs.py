"""docs/end-date.md says what the rule says."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from actions.commands.end_date import answer
from tests.unit.actions.cases import Case

DOCS = (Path(__file__).resolve().parents[3] / "docs/end-date.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in DOCS.splitlines() if line.startswith("|")]
HEADER, WORKED = ROWS[0], ROWS[2:]


def test_the_table_has_the_columns_and_rows_that_are_checked_below() -> None:
    assert HEADER == [
        "what it shows",
        "customer",
        "in use since",
        "notice",
        "months",
        "fixed term",
        "billing day",
        "notice period from",
        "last day",
    ]
    assert len(WORKED) >= 12


@pytest.mark.parametrize("row", [pytest.param(row, id=row[0]) for row in WORKED])
def test_a_row_of_the_table_is_what_the_rule_says(row: list[str]) -> None:
    _, customer, in_use_since, notice, months, fixed_term, billing_day, start, last_day = row
    assert customer in ("private", "business")
    case = Case(
        "private" if customer == "private" else "business",
        date.fromisoformat(in_use_since),
        date.fromisoformat(notice),
        int(months),
        int(fixed_term),
        None if billing_day == "–" else int(billing_day),
    )
    period = case.by_the_rule()
    assert (period.start.isoformat(), period.last_day.isoformat()) == (start, last_day)


def test_the_example_of_the_command_gives_the_line_below_it() -> None:
    example = re.search(r"echo '(\{.*?\})'.*?\n    (\{.*?\})\n", DOCS, re.DOTALL)
    assert example
    asked, answered = example.groups()
    assert answer(asked.replace("\n", "").encode()) == json.loads(answered)
