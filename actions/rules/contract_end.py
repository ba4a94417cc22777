"""When a contract ends: from the day of notice over the notice period to the last day of service.

Source: the FAQ answers end_date/how_calculated ("Irtisanomisaika alkaa seuraavan palvelukuukauden 1. päivästä sen
jälkeen, kun ilmoitus on annettu. Palvelukuukausi alkaa järjestelmän käyttöönottopäivästä.") and
notice_period/fixed_term. docs/end-date.md has the rule in words, how it is read where the FAQ is silent, and worked
cases.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import Final, Literal, get_args

from actions.rules.errors import BeyondCalendarError, ContractTermsError

Customer = Literal["private", "business"]

_ONE_DAY: Final = timedelta(days=1)
_LONGEST_MONTH: Final = 31


@dataclass(frozen=True, kw_only=True)
class ContractTerms:
    """What of a contract decides its end. Every number is the contract's own: nothing is assumed.

    `in_use_since` is the day on which the system was taken into use; the fixed term counts from it.
    `notice_months` is 3 in today's agreements, older ones differ (FAQ: notice_period/length).
    `fixed_term_months` is 0 where there is none, 12 for business customers (FAQ: notice_period/fixed_term).
    `billing_day` is the day of month on which a business customer's billing month starts; None is the service month.
    A private customer's notice period counts in service months (same answer), so theirs changes nothing.

    Raises ContractTermsError for terms that no contract has.
    """

    customer: Customer
    in_use_since: date
    notice_months: int
    fixed_term_months: int
    billing_day: int | None

    def __post_init__(self) -> None:
        if self.customer not in get_args(Customer):
            raise ContractTermsError(f'customer can\'t be "{self.customer}"; write "private" or "business"')
        if self.notice_months < 1:
            raise ContractTermsError(f"notice_months can't be {self.notice_months}; write 1 or more")
        if self.fixed_term_months < 0:
            raise ContractTermsError(f"fixed_term_months can't be {self.fixed_term_months}; write 0 for none, or more")
        if self.billing_day is not None and not 1 <= self.billing_day <= _LONGEST_MONTH:
            raise ContractTermsError(f"billing_day can't be {self.billing_day}; write 1 to 31, or null")


@dataclass(frozen=True, kw_only=True)
class NoticePeriod:
    """From `start` to `last_day`, both included; `last_day` is the last day of service.

    `fixed_term_end` is the last day of the fixed term, None where the contract has none. Where the notice was given on
    or before it, the FAQ leaves room for another reading, and customer service confirms the dates.
    """

    start: date
    last_day: date
    fixed_term_end: date | None


def notice_period(terms: ContractTerms, notice: date) -> NoticePeriod:
    """The notice period of a contract on which notice is given on the day `notice`, a day in Europe/Helsinki.

    It starts with the first month that begins strictly after both the notice and the end of the fixed term, and lasts
    `notice_months`; the last day is the day before the month that follows. A notice on a month's first day waits for
    the next month. The months are service months, for a business customer with a billing day billing months.

    There is no "today" here: a notice in the past counts like any other, and whoever asks decides whether to take it.
    A notice before the system was taken into use counts too: no month begins before that day, so the first one that
    begins on or after it is the first of the notice period.

    Raises BeyondCalendarError where a date of the answer would lie after the year 9999.
    """
    in_use = terms.in_use_since
    free_from = _month_start(_month_of(in_use) + terms.fixed_term_months, in_use.day)
    day = in_use.day if terms.customer == "private" or terms.billing_day is None else terms.billing_day

    first = _month_of(max(notice, free_from))
    start = _month_start(first, day)
    if start <= notice or start < free_from:
        first += 1
        start = _month_start(first, day)
    return NoticePeriod(
        start=start,
        last_day=_month_start(first + terms.notice_months, day) - _ONE_DAY,
        fixed_term_end=free_from - _ONE_DAY if terms.fixed_term_months else None,
    )


def _month_of(day: date) -> int:
    """The calendar month as one number, so that months can be counted across years."""
    return day.year * 12 + day.month - 1


def _month_start(month: int, day: int) -> date:
    """`day` in that month, or the month's last day where it is shorter.

    It is always reckoned from the contract's own day and never from the month before, so 31.1. → 28.2. → 31.3.
    """
    year, months = divmod(month, 12)
    if year > MAXYEAR:
        raise BeyondCalendarError(
            f"the contract would end after the year {MAXYEAR}; "
            "check in_use_since, notice, notice_months and fixed_term_months"
        )
    return date(year, months + 1, min(day, monthrange(year, months + 1)[1]))
