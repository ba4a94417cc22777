"""The clock tells an aware moment, and knows Finland's public holidays of every year."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import is_finnish_holiday, now


def test_the_moment_is_aware_and_in_utc() -> None:
    before = datetime.now(timezone.utc)
    moment = now()
    assert moment.utcoffset() == timedelta(0)
    assert before <= moment <= datetime.now(timezone.utc)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2026, 1, 1), id="New Year's Day"),
        pytest.param(date(2027, 1, 6), id="Epiphany"),
        pytest.param(date(2027, 3, 26), id="Good Friday"),
        pytest.param(date(2027, 3, 29), id="Easter Monday"),
        pytest.param(date(2026, 5, 1), id="May Day"),
        pytest.param(date(2026, 5, 14), id="Ascension Day"),
        pytest.param(date(2026, 6, 19), id="Midsummer Eve"),
        pytest.param(date(2026, 6, 20), id="Midsummer Day"),
        pytest.param(date(2026, 10, 31), id="All Saints' Day"),
        pytest.param(date(2026, 12, 6), id="Independence Day"),
        pytest.param(date(2026, 12, 24), id="Christmas Eve"),
        pytest.param(date(2026, 12, 25), id="Christmas Day"),
        pytest.param(date(2026, 12, 26), id="Boxing Day"),
        pytest.param(date(2031, 12, 6), id="Independence Day, years ahead"),
    ],
)
def test_a_finnish_public_holiday_is_one(day: date) -> None:
    assert is_finnish_holiday(day)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2026, 11, 20), id="an ordinary Friday"),
        pytest.param(date(2026, 11, 22), id="an ordinary Sunday"),
        pytest.param(date(2026, 6, 6), id="Sweden's national day"),
        pytest.param(date(2026, 12, 31), id="New Year's Eve"),
        pytest.param(date(2026, 4, 30), id="the eve of May Day"),
    ],
)
def test_any_other_day_is_not(day: date) -> None:
    assert not is_finnish_holiday(day)


@given(st.integers(2020, 2060))
def test_every_year_has_its_independence_day_and_christmas(year: int) -> None:
    assert all(is_finnish_holiday(date(year, 12, day)) for day in (6, 24, 25, 26))
