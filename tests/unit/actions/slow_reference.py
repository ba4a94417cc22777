"""The end date once more, slowly: walking the calendar day by day, as a person with a wall calendar would.

Written from the words of the FAQ answers end_date/how_calculated and notice_period/fixed_term and of docs/end-date.md.
It shares nothing with actions/rules/contract_end.py, not even how a month's length is known.
"""

from datetime import date, timedelta
from functools import cache

ONE_DAY = timedelta(days=1)
CALENDAR_STARTS = date(1995, 1, 1)
CALENDAR_ENDS = date(2060, 12, 31)


@cache
def days_that_begin_a_month(day_of_month: int) -> tuple[date, ...]:
    """All days of the calendar on which a month begins that begins on `day_of_month`.

    That is each day with that number, and the last day of a month that has no such day.
    """
    found = []
    day = CALENDAR_STARTS
    while day <= CALENDAR_ENDS:
        is_last_of_its_month = (day + ONE_DAY).day == 1
        if day.day == day_of_month or (is_last_of_its_month and day.day < day_of_month):
            found.append(day)
        day += ONE_DAY
    return tuple(found)


def slow_notice_period(
    customer: str,
    in_use_since: date,
    notice: date,
    notice_months: int,
    fixed_term_months: int,
    billing_day: int | None,
) -> tuple[date, date]:
    """The first and the last day of the notice period."""
    service_months = [day for day in days_that_begin_a_month(in_use_since.day) if day >= in_use_since]
    fixed_term_ends = service_months[fixed_term_months] - ONE_DAY

    months = service_months
    if customer == "business" and billing_day is not None:
        months = [day for day in days_that_begin_a_month(billing_day) if day >= in_use_since]

    still_to_come = [day for day in months if day > notice and day > fixed_term_ends]
    return still_to_come[0], still_to_come[notice_months] - ONE_DAY
