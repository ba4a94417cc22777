"""The one clock, and Finland's public holidays."""

from datetime import date, datetime, timezone
from functools import cache

import holidays

from bot.core.opening_hours import HELSINKI


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(timezone.utc)


def is_finnish_holiday(day: date) -> bool:
    """Whether `day` is a public holiday in Finland (midsummer's and Christmas Eve included)."""
    return day in _finland()


def today() -> date:
    """The day in Finland: what is checked, expires and is closed by."""
    return now().astimezone(HELSINKI).date()


@cache
def _finland() -> holidays.HolidayBase:
    return holidays.country_holidays("FI")
