"""The company's figures come in the language asked for, with hours in words and what holds at the moment."""

from datetime import datetime, time

import pytest

from bot.core.company import LIVE_FIGURES, Company
from bot.core.language import LANGUAGES, Language
from bot.core.opening_hours import HELSINKI, Hours, WeeklyHours

_DAY = Hours(time(8), time(18))
COMPANY = Company(
    figures={"phone": {"fi": "0207", "sv": "0207"}, "week": {"fi": "viikko", "sv": "vecka"}},
    service_hours=WeeklyHours((*(_DAY,) * 5, None, None)),
    chat_hours=WeeklyHours((*(_DAY,) * 4, Hours(time(8), time(17)), None, None)),
)
FRIDAY_HALF_PAST_FIVE = datetime(2026, 11, 20, 17, 30, tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("language", "figures"),
    [
        (
            "fi",
            {
                "phone": "0207",
                "week": "viikko",
                "service_hours": "ma–pe klo 8–18",
                "chat_hours": "ma–to klo 8–18, pe klo 8–17",
            },
        ),
        (
            "sv",
            {
                "phone": "0207",
                "week": "vecka",
                "service_hours": "må–fre kl. 8–18",
                "chat_hours": "må–to kl. 8–18, fre kl. 8–17",
            },
        ),
    ],
)
def test_the_fixed_figures_are_in_the_language_asked_for(language: Language, figures: dict[str, str]) -> None:
    assert COMPANY.fixed(language) == figures


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_live_figures_are_exactly_those_that_depend_on_the_moment(language: Language) -> None:
    live = COMPANY.live(language, FRIDAY_HALF_PAST_FIVE, lambda day: False)
    assert set(live) == LIVE_FIGURES
    assert not LIVE_FIGURES & set(COMPANY.fixed(language))


def test_on_friday_evening_the_phone_still_answers() -> None:
    live = COMPANY.live("fi", FRIDAY_HALF_PAST_FIVE, lambda day: False)
    assert "tänään klo 18 asti" in live["service_now"]


def test_on_a_holiday_both_are_closed() -> None:
    live = COMPANY.live("sv", FRIDAY_HALF_PAST_FIVE, lambda day: day.isoformat() == "2026-11-20")
    assert all("stängd" in sentence for sentence in live.values())
