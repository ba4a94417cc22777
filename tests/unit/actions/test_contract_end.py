"""The end date: cases worked by hand, what holds for every contract, and a slow calendar that must agree."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.rules.contract_end import ContractTerms, Customer, notice_period
from actions.rules.errors import BeyondCalendarError, ContractTermsError, RuleError
from tests.unit.actions.cases import Case, generated_cases
from tests.unit.actions.slow_reference import days_that_begin_a_month, slow_notice_period

GENERATED = 100_000
SEED = 20_261_120
ONE_DAY = timedelta(days=1)


def private(in_use: str, notice: str, months: int = 3, *, fixed: int = 0, billing_day: int | None = None) -> Case:
    return Case("private", date.fromisoformat(in_use), date.fromisoformat(notice), months, fixed, billing_day)


def business(in_use: str, notice: str, months: int = 3, *, fixed: int = 12, billing_day: int | None = None) -> Case:
    return Case("business", date.fromisoformat(in_use), date.fromisoformat(notice), months, fixed, billing_day)


def by_the_slow_calendar(case: Case) -> tuple[date, date]:
    return slow_notice_period(
        case.customer,
        case.in_use_since,
        case.notice,
        case.notice_months,
        case.fixed_term_months,
        case.billing_day,
    )


# Each was worked with a paper calendar: case, start, last day, what it shows.
WORKED = [
    (private("2021-03-17", "2026-11-20"), "2026-12-17", "2027-03-16", "between two service months' first days"),
    (private("2021-03-17", "2026-11-16"), "2026-11-17", "2027-02-16", "the day before a service month"),
    (private("2021-03-17", "2026-11-17"), "2026-12-17", "2027-03-16", "on its first day: waits for the next"),
    (private("2021-03-17", "2026-11-18"), "2026-12-17", "2027-03-16", "the day after"),
    (private("2020-01-01", "2026-12-31"), "2027-01-01", "2027-03-31", "the last day of a year"),
    (private("2020-01-01", "2027-01-01"), "2027-02-01", "2027-04-30", "the first day of a year"),
    (private("2020-10-15", "2026-11-30"), "2026-12-15", "2027-03-14", "over the change of the year"),
    (
        private("2026-01-31", "2026-01-31"),
        "2026-02-28",
        "2026-05-30",
        "the 31st: February begins on the 28th, May on 31",
    ),
    (private("2026-01-31", "2026-02-27"), "2026-02-28", "2026-05-30", "the 31st: the 27th is before February's start"),
    (private("2026-01-31", "2026-02-28"), "2026-03-31", "2026-06-29", "the 31st: no drift, March begins on the 31st"),
    (private("2025-08-31", "2026-04-29"), "2026-04-30", "2026-07-30", "the 31st: April begins on the 30th"),
    (private("2025-08-31", "2026-04-30"), "2026-05-31", "2026-08-30", "the 31st: on April's shortened start"),
    (private("2025-08-31", "2027-11-30"), "2027-12-31", "2028-03-30", "the 31st over a leap February"),
    (private("2025-08-31", "2027-11-29"), "2027-11-30", "2028-02-28", "the 31st: ends before 29 February begins one"),
    (private("2025-06-30", "2025-11-30"), "2025-12-30", "2026-03-29", "the 30th over February"),
    (private("2025-06-30", "2025-11-05"), "2025-11-30", "2026-02-27", "the 30th: ends before February's start"),
    (private("2025-06-30", "2026-01-30"), "2026-02-28", "2026-05-29", "the 30th: starts on 28 February"),
    (private("2024-02-29", "2024-02-29"), "2024-03-29", "2024-06-28", "the leap day itself"),
    (private("2024-02-29", "2027-02-27"), "2027-02-28", "2027-05-28", "the leap day in a common year"),
    (private("2024-02-29", "2027-02-28"), "2027-03-29", "2027-06-28", "the leap day: on the shortened start"),
    (private("2024-02-29", "2028-02-28"), "2028-02-29", "2028-05-28", "the leap day in a leap year"),
    (private("2024-02-29", "2027-11-10"), "2027-11-29", "2028-02-28", "the leap day: ends before the next one"),
    (private("2024-02-29", "2026-11-10"), "2026-11-29", "2027-02-27", "the leap day: ends before 28 February"),
    (private("2019-05-12", "2026-08-01", 1), "2026-08-12", "2026-09-11", "own terms: one month"),
    (private("2018-08-31", "2026-08-15", 6), "2026-08-31", "2027-02-27", "own terms: six months"),
    (private("2020-02-29", "2027-02-10", 12), "2027-02-28", "2028-02-28", "own terms: a year, from 28 to 29 February"),
    (private("2025-04-15", "2026-01-10", fixed=24), "2027-04-15", "2027-07-14", "own terms: a fixed term of two years"),
    (private("2021-03-17", "2026-11-20", billing_day=1), "2026-12-17", "2027-03-16", "private: service months always"),
    (private("2026-11-20", "2026-11-20"), "2026-12-20", "2027-03-19", "on the day it was taken into use"),
    (private("2026-12-01", "2026-11-20"), "2026-12-01", "2027-02-28", "before it is taken into use"),
    (
        business("2026-09-10", "2026-11-20", billing_day=1),
        "2027-10-01",
        "2027-12-31",
        "business, inside the fixed year",
    ),
    (business("2026-09-10", "2026-11-20"), "2027-09-10", "2027-12-09", "business, inside, by service months"),
    (business("2025-09-10", "2026-09-09"), "2026-09-10", "2026-12-09", "business, on the fixed year's last day"),
    (business("2025-09-10", "2026-09-10"), "2026-10-10", "2027-01-09", "business, on the anniversary"),
    (business("2025-09-10", "2026-03-01", billing_day=9), "2026-10-09", "2027-01-08", "billing month on the last day"),
    (
        business("2025-09-10", "2026-03-01", billing_day=10),
        "2026-09-10",
        "2026-12-09",
        "billing month on the anniversary",
    ),
    (business("2023-09-10", "2026-11-20", billing_day=1), "2026-12-01", "2027-02-28", "business, after the fixed year"),
    (
        business("2023-09-10", "2026-12-01", billing_day=1),
        "2027-01-01",
        "2027-03-31",
        "business, on a billing month's day",
    ),
    (business("2024-05-02", "2027-01-31", billing_day=31), "2027-02-28", "2027-05-30", "billing day 31 in February"),
    (business("2024-05-02", "2027-03-31", billing_day=31), "2027-04-30", "2027-07-30", "billing day 31 in April"),
    (business("2024-05-02", "2028-02-28", billing_day=30), "2028-02-29", "2028-05-29", "billing day 30 in a leap year"),
    (business("2024-02-29", "2024-06-01"), "2025-02-28", "2025-05-28", "a fixed year from a leap day"),
    (business("2024-02-29", "2024-06-01", billing_day=28), "2025-02-28", "2025-05-27", "the same, billed on the 28th"),
    (
        business("2026-12-10", "2026-11-20", fixed=0, billing_day=5),
        "2027-01-05",
        "2027-04-04",
        "not yet in use, billed",
    ),
    (business("2026-09-10", "2026-11-20", fixed=0), "2026-12-10", "2027-03-09", "business without a fixed term"),
]


@pytest.mark.parametrize(("case", "start", "last_day"), [pytest.param(*row, id=shows) for *row, shows in WORKED])
def test_a_case_worked_by_hand(case: Case, start: str, last_day: str) -> None:
    expected = date.fromisoformat(start), date.fromisoformat(last_day)
    period = case.by_the_rule()
    assert (period.start, period.last_day) == expected
    assert by_the_slow_calendar(case) == expected, "the slow calendar reads it otherwise"


@pytest.mark.parametrize(
    ("case", "fixed_term_end"),
    [
        (private("2021-03-17", "2026-11-20"), None),
        (business("2026-09-10", "2026-11-20"), date(2027, 9, 9)),
        (business("2020-09-10", "2026-11-20"), date(2021, 9, 9)),
        (business("2024-02-29", "2026-11-20"), date(2025, 2, 27)),
        (business("2026-01-01", "2026-11-20"), date(2026, 12, 31)),
    ],
)
def test_the_answer_tells_the_last_day_of_the_fixed_term(case: Case, fixed_term_end: date | None) -> None:
    """The conversation needs it to say why the notice period starts so late."""
    assert case.by_the_rule().fixed_term_end == fixed_term_end


def test_a_hundred_thousand_generated_cases_agree_with_the_slow_calendar() -> None:
    seen: Counter[str] = Counter()
    first_days = {number: frozenset(days_that_begin_a_month(number)) for number in range(1, 32)}
    for case in generated_cases(GENERATED, seed=SEED):
        period = case.by_the_rule()
        assert (period.start, period.last_day) == by_the_slow_calendar(case), case
        billed = case.customer == "business" and case.billing_day is not None
        seen["in all"] += 1
        seen["billing months"] += billed
        seen["billing day 29 to 31"] += billed and (case.billing_day or 0) > 28
        seen["in use since the 29th to 31st"] += case.in_use_since.day > 28
        seen["in use since a leap day"] += (case.in_use_since.month, case.in_use_since.day) == (2, 29)
        seen["start on a shortened day"] += period.start.day >= 28 and (period.start + ONE_DAY).day == 1
        number = case.billing_day if billed and case.billing_day else case.in_use_since.day
        seen["notice on a month's first day"] += case.notice in first_days[number]
        seen["inside the fixed term"] += period.fixed_term_end is not None and case.notice <= period.fixed_term_end
        seen["not yet in use"] += case.notice < case.in_use_since
    assert seen["in all"] == GENERATED
    assert min(seen.values()) >= 100, f"a kind of case is hardly there: {seen}"


days = st.dates(date(1998, 1, 1), date(2035, 12, 31))
month_ends = st.builds(lambda day, back: day.replace(day=1) - back * ONE_DAY, days, st.integers(1, 4))
customers: st.SearchStrategy[Customer] = st.sampled_from(["private", "business"])
cases = st.builds(
    Case,
    customer=customers,
    in_use_since=days | month_ends,
    notice=days | month_ends,
    notice_months=st.integers(1, 36),
    fixed_term_months=st.just(0) | st.just(12) | st.integers(0, 60),
    billing_day=st.none() | st.integers(1, 31),
)
# The slow calendar is walked once for each day of month, and that example takes longer.
unhurried = settings(max_examples=500, deadline=None)


@given(case=cases)
@unhurried
def test_any_case_agrees_with_the_slow_calendar(case: Case) -> None:
    period = case.by_the_rule()
    assert (period.start, period.last_day) == by_the_slow_calendar(case)


@given(case=cases)
@unhurried
def test_the_notice_period_starts_after_the_notice_and_never_before_the_system_is_in_use(case: Case) -> None:
    period = case.by_the_rule()
    assert period.start > case.notice
    assert period.start >= case.in_use_since
    assert period.fixed_term_end is None or period.start > period.fixed_term_end


@given(case=cases)
@unhurried
def test_the_notice_period_has_the_length_of_its_months(case: Case) -> None:
    period = case.by_the_rule()
    length = (period.last_day - period.start).days + 1
    assert 28 * case.notice_months <= length <= 31 * case.notice_months


@given(case=cases)
@unhurried
def test_a_later_notice_never_ends_a_contract_earlier(case: Case) -> None:
    later = replace(case, notice=case.notice + ONE_DAY)
    assert later.by_the_rule().last_day >= case.by_the_rule().last_day


@given(case=cases)
@unhurried
def test_a_longer_notice_changes_the_end_and_not_the_start(case: Case) -> None:
    period, longer = case.by_the_rule(), replace(case, notice_months=case.notice_months + 1).by_the_rule()
    assert longer.start == period.start
    assert 28 <= (longer.last_day - period.last_day).days <= 31


@given(case=cases)
@unhurried
def test_notice_given_on_the_last_day_starts_the_very_next_month(case: Case) -> None:
    """Periods meet without a gap and without a day in both."""
    period = case.by_the_rule()
    assert replace(case, notice=period.last_day).by_the_rule().start == period.last_day + ONE_DAY


@given(case=cases, billing_day=st.none() | st.integers(1, 31))
@unhurried
def test_a_private_customers_billing_day_changes_nothing(case: Case, billing_day: int | None) -> None:
    case = replace(case, customer="private")
    assert replace(case, billing_day=billing_day).by_the_rule() == case.by_the_rule()


TERMS = ContractTerms(
    customer="business", in_use_since=date(2021, 3, 17), notice_months=3, fixed_term_months=12, billing_day=1
)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"notice_months": 0}, "notice_months can't be 0; write 1 or more"),
        ({"notice_months": -3}, "notice_months can't be -3; write 1 or more"),
        ({"fixed_term_months": -1}, "fixed_term_months can't be -1; write 0 for none, or more"),
        ({"billing_day": 0}, "billing_day can't be 0; write 1 to 31, or null"),
        ({"billing_day": 32}, "billing_day can't be 32; write 1 to 31, or null"),
        ({"customer": "company"}, 'customer can\'t be "company"; write "private" or "business"'),
    ],
)
def test_terms_that_no_contract_has_are_refused_with_field_and_remedy(change: dict[str, object], words: str) -> None:
    with pytest.raises(ContractTermsError) as refused:
        replace(TERMS, **change)  # type: ignore[arg-type]
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("terms", "notice"),
    [
        pytest.param(TERMS, date.max, id="the last day there is"),
        pytest.param(TERMS, date(9999, 9, 30), id="the end alone"),
        pytest.param(replace(TERMS, notice_months=10**30), date(2026, 11, 20), id="a notice without end"),
        pytest.param(replace(TERMS, fixed_term_months=10**30), date(2026, 11, 20), id="a fixed term without end"),
    ],
)
def test_an_end_after_the_last_calendar_year_is_refused(terms: ContractTerms, notice: date) -> None:
    with pytest.raises(BeyondCalendarError, match="after the year 9999; check in_use_since, notice"):
        notice_period(terms, notice)


def test_the_calendars_own_ends_are_no_trap() -> None:
    first = replace(TERMS, in_use_since=date.min, fixed_term_months=0, billing_day=None)
    assert notice_period(first, date.min).start == date(1, 2, 1)
    assert notice_period(TERMS, date(9999, 8, 31)).last_day == date(9999, 11, 30)


def test_one_word_catches_every_refusal() -> None:
    assert issubclass(ContractTermsError, RuleError)
    assert issubclass(BeyondCalendarError, RuleError)
