"""The company's figures that stand once and are filled into the texts: phone, prices, addresses, hours, months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.language import Language
from bot.core.opening_hours import IsHoliday, WeeklyHours, describe, describe_now

LIVE_FIGURES = frozenset({"service_now"})
"""Figures that depend on the moment: filled in when the answer is given."""


@dataclass(frozen=True)
class Company:
    """Figures by name, each in both languages, and the opening hours."""

    figures: Mapping[str, Mapping[Language, str]]
    service_hours: WeeklyHours
    chat_hours: WeeklyHours

    def fixed(self, language: Language) -> dict[str, str]:
        """Every figure that does not depend on the moment, in `language`."""
        named = {name: value[language] for name, value in self.figures.items()}
        return named | {
            "service_hours": describe(self.service_hours, language),
            "chat_hours": describe(self.chat_hours, language),
        }

    def live(self, language: Language, now: datetime, is_holiday: IsHoliday) -> dict[str, str]:
        """The figures of `LIVE_FIGURES` at `now` (aware), in `language`."""
        return {"service_now": describe_now(self.service_hours, now, is_holiday, language)}
