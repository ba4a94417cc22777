"""The one clock, and Finland's public holidays."""

from datetime import date, datetime, timezone
from functools import cache

import holidays


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(timezone.utc)


def is_finnish_holiday(day: date) -> bool:
    """Whether `day` is a public holiday in Finland (midsummer's and Christmas Eve included)."""
    return day in _finland()


@cache
def _finland() -> holidays.HolidayBase:
    return holidays.country_holidays("FI")
