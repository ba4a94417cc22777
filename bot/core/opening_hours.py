"""When people answer: open or not, when next, and how the week is written in words. Europe/Helsinki throughout."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.language import Language

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHORT: Final[dict[Language, tuple[str, ...]]] = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fre", "lö", "sö"),
}
_ON_DAY: Final[dict[Language, tuple[str, ...]]] = {
    "fi": ("maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina", "sunnuntaina"),
    "sv": ("på måndag", "på tisdag", "på onsdag", "på torsdag", "på fredag", "på lördag", "på söndag"),
}
_LONGEST_CLOSURE: Final = timedelta(days=30)

IsHoliday = Callable[[date], bool]


@dataclass(frozen=True)
class Hours:
    """One day's opening: from `opens` up to, not including, `closes`."""

    opens: time
    closes: time


@dataclass(frozen=True)
class WeeklyHours:
    """Seven days from Monday on; None is closed."""

    days: tuple[Hours | None, ...]

    def on(self, day: date, is_holiday: IsHoliday) -> Hours | None:
        """The opening of `day`: None on a public holiday, whatever its weekday."""
        return None if is_holiday(day) else self.days[day.weekday()]

    def closes_at(self, now: datetime, is_holiday: IsHoliday) -> time | None:
        """When today's opening ends, where it is open at `now` (aware); None where it is closed."""
        local = now.astimezone(HELSINKI)
        hours = self.on(local.date(), is_holiday)
        return hours.closes if hours is not None and hours.opens <= local.time() < hours.closes else None

    def opens_next(self, now: datetime, is_holiday: IsHoliday) -> datetime | None:
        """The next opening strictly after `now` (aware); None where none comes within 30 days."""
        local = now.astimezone(HELSINKI)
        day = local.date()
        while day <= local.date() + _LONGEST_CLOSURE:
            hours = self.on(day, is_holiday)
            if hours is not None:
                opening = datetime.combine(day, hours.opens, HELSINKI)
                if opening > local:
                    return opening
            day += timedelta(days=1)
        return None


def describe(week: WeeklyHours, language: Language) -> str:
    """The week in words, equal days drawn together.

    >>> eight_to_six = Hours(time(8), time(18))
    >>> describe(WeeklyHours((eight_to_six,) * 5 + (None, None)), "fi")
    'ma–pe klo 8–18'
    """
    at = "klo" if language == "fi" else "kl."
    runs: list[tuple[int, int, Hours]] = []
    for number, hours in enumerate(week.days):
        if hours is None:
            continue
        if runs and runs[-1][1] == number - 1 and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], number, hours)
        else:
            runs.append((number, number, hours))
    names = _SHORT[language]
    parts = [
        f"{names[first]}{'' if first == last else '–' + names[last]} {at} {_hour(hours.opens)}–{_hour(hours.closes)}"
        for first, last, hours in runs
    ]
    return ", ".join(parts)


def describe_now(week: WeeklyHours, now: datetime, is_holiday: IsHoliday, language: Language) -> str:
    """Whether people answer at `now`, and until or from when, as one sentence."""
    closing = week.closes_at(now, is_holiday)
    if closing is not None:
        return (
            f"Olemme nyt paikalla, tänään klo {_hour(closing)} asti."
            if language == "fi"
            else f"Vi är på plats nu, i dag till kl. {_hour(closing)}."
        )
    opening = week.opens_next(now, is_holiday)
    if opening is None:
        return "Asiakaspalvelu on nyt suljettu." if language == "fi" else "Kundtjänsten är stängd just nu."
    when = _when(opening, now.astimezone(HELSINKI), language)
    if language == "fi":
        return f"Asiakaspalvelu on nyt suljettu. Olemme taas paikalla {when}."
    return f"Kundtjänsten är stängd just nu. Vi är på plats igen {when}."


def _when(opening: datetime, now: datetime, language: Language) -> str:
    days = (opening.date() - now.date()).days
    at = "klo" if language == "fi" else "kl."
    hour = f"{at} {_hour(opening.time())}"
    if days == 0:
        return f"{'tänään' if language == 'fi' else 'i dag'} {hour}"
    if days == 1:
        return f"{'huomenna' if language == 'fi' else 'i morgon'} {hour}"
    day = _ON_DAY[language][opening.weekday()]
    if days >= 7:
        day += f" {opening.day}.{opening.month}."
    return f"{day} {hour}"


def _hour(moment: time) -> str:
    return str(moment.hour) if moment.minute == 0 else f"{moment.hour}.{moment.minute:02d}"
