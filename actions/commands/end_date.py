"""`python -m actions end-date`: when contracts end, JSON lines in, JSON lines out."""

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Final, TypeGuard

from actions.rules.contract_end import ContractTerms, Customer, notice_period
from actions.rules.errors import RuleError

_EXPECTED: Final[Mapping[str, str]] = {
    "id": "a text or a whole number",
    "customer": '"private" or "business"',
    "in_use_since": 'a day of the calendar as "YYYY-MM-DD"',
    "notice": 'a day of the calendar as "YYYY-MM-DD"',
    "notice_months": "a whole number, 1 or more",
    "fixed_term_months": "a whole number, 0 for none",
    "billing_day": "1 to 31, or null for the service month",
}
_LONGEST_QUOTE: Final = 40


class _LineError(Exception):
    """A line that can't be understood: the message names the key and the remedy."""


def end_date() -> None:
    """Read one contract and notice a line on standard input and write its notice period's start and last day.

    All of id, customer, in_use_since, notice, notice_months, fixed_term_months and billing_day are needed. A line that
    can't be answered gets its "error" in the same place; blank lines are skipped.
    """
    for line in sys.stdin.buffer:
        if line.strip():
            # Left in ASCII: an id comes back whatever the terminal's encoding, half a surrogate pair included.
            print(json.dumps(answer(line)), flush=True)


def answer(line: bytes) -> dict[str, str | int | None]:
    """The answer to one line: {"id", "notice_period_start", "last_day", "error"}. Never raises.

    `error` is None or a sentence, and then both dates are None; `id` is None where the line has none that can be told.
    """
    id_: str | int | None = None
    try:
        asked = _read(line)
        id_ = _id(asked)
        terms = ContractTerms(
            customer=_customer(asked),
            in_use_since=_day(asked, "in_use_since"),
            notice_months=_whole(asked, "notice_months"),
            fixed_term_months=_whole(asked, "fixed_term_months"),
            billing_day=None if _given(asked, "billing_day") is None else _whole(asked, "billing_day"),
        )
        period = notice_period(terms, _day(asked, "notice"))
    except (_LineError, RuleError) as error:
        return {"id": id_, "notice_period_start": None, "last_day": None, "error": str(error)}
    return {
        "id": id_,
        "notice_period_start": period.start.isoformat(),
        "last_day": period.last_day.isoformat(),
        "error": None,
    }


def _read(line: bytes) -> Mapping[str, object]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):  # no JSON, no UTF-8, endless digits; nested without end
        asked = None
    if not isinstance(asked, dict):
        raise _LineError(f"the line is no JSON object; write one in UTF-8 with the keys {', '.join(_EXPECTED)}")
    return asked


def _given(asked: Mapping[str, object], key: str) -> object:
    if key not in asked:
        raise _LineError(f"{key} is missing; write {_EXPECTED[key]}")
    return asked[key]


def _id(asked: Mapping[str, object]) -> str | int:
    value = _given(asked, "id")
    if isinstance(value, str) or _is_whole(value):
        return value
    raise _refused("id", value)


def _customer(asked: Mapping[str, object]) -> Customer:
    value = _given(asked, "customer")
    if value == "private":
        return "private"
    if value == "business":
        return "business"
    raise _refused("customer", value)


def _day(asked: Mapping[str, object], key: str) -> date:
    value = _given(asked, key)
    if isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise _refused(key, value)


def _whole(asked: Mapping[str, object], key: str) -> int:
    value = _given(asked, key)
    if _is_whole(value):
        return value
    raise _refused(key, value)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _refused(key: str, value: object) -> _LineError:
    return _LineError(f"{key} can't be {_quoted(value)}; write {_EXPECTED[key]}")


def _quoted(value: object) -> str:
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "an object"
    text = json.dumps(value)
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
