"""When people answer, across weekends, Finnish holidays and the nights the clocks change, in both languages' words."""

from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import is_finnish_holiday
from bot.content.reader import read_content
from bot.core.language import Language
from bot.core.opening_hours import HELSINKI, Hours, WeeklyHours, describe, describe_now

ROOT = Path(__file__).resolve().parents[3]
_EIGHT_TO_SIX = Hours(time(8), time(18))
_EIGHT_TO_FIVE = Hours(time(8), time(17))
SERVICE = WeeklyHours((*(_EIGHT_TO_SIX,) * 5, None, None))
CHAT = WeeklyHours((*(_EIGHT_TO_SIX,) * 4, _EIGHT_TO_FIVE, None, None))
ALWAYS_CLOSED = WeeklyHours((None,) * 7)
ROUND_THE_NIGHTS = WeeklyHours((Hours(time(0), time(23, 59)),) * 7)


def helsinki(text: str) -> datetime:
    """A moment by the clock on the wall in Helsinki."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def no_holiday(day: date) -> bool:
    return False


def test_these_are_the_hours_of_the_company() -> None:
    """Otherwise the tests below would speak of hours that nobody keeps."""
    company = read_content(ROOT, today=datetime.now(HELSINKI).date()).company
    assert company.service_hours == SERVICE
    assert company.chat_hours == CHAT


@pytest.mark.parametrize(
    ("week", "at", "closes"),
    [
        (SERVICE, "2026-11-20T07:59:59", None),
        (SERVICE, "2026-11-20T08:00", time(18)),
        (SERVICE, "2026-11-20T17:59:59", time(18)),
        (SERVICE, "2026-11-20T18:00", None),
        (CHAT, "2026-11-19T17:30", time(18)),
        (CHAT, "2026-11-20T16:59", time(17)),
        (CHAT, "2026-11-20T17:00", None),
        (SERVICE, "2026-11-21T12:00", None),
        (SERVICE, "2026-11-22T12:00", None),
        pytest.param(SERVICE, "2026-12-24T10:00", None, id="Christmas Eve, a Thursday"),
        pytest.param(SERVICE, "2026-12-25T10:00", None, id="Christmas Day, a Friday"),
        pytest.param(SERVICE, "2027-01-06T10:00", None, id="Epiphany, a Wednesday"),
        pytest.param(SERVICE, "2027-03-26T10:00", None, id="Good Friday"),
        pytest.param(SERVICE, "2027-03-29T10:00", None, id="Easter Monday"),
        pytest.param(SERVICE, "2026-05-01T10:00", None, id="May Day, a Friday"),
        pytest.param(SERVICE, "2026-05-14T10:00", None, id="Ascension Day"),
        pytest.param(SERVICE, "2026-06-19T10:00", None, id="Midsummer Eve"),
        pytest.param(SERVICE, "2027-12-06T10:00", None, id="Independence Day, a Monday"),
        pytest.param(SERVICE, "2026-12-23T10:00", time(18), id="the day before Christmas Eve"),
        pytest.param(ALWAYS_CLOSED, "2026-11-20T12:00", None, id="no hours at all"),
    ],
)
def test_it_is_open_from_the_first_minute_up_to_the_last(week: WeeklyHours, at: str, closes: time | None) -> None:
    assert week.closes_at(helsinki(at), is_finnish_holiday) == closes


@pytest.mark.parametrize(
    ("week", "at", "opens"),
    [
        (SERVICE, "2026-11-20T07:00", "2026-11-20T08:00"),
        pytest.param(SERVICE, "2026-11-19T08:00", "2026-11-20T08:00", id="strictly after the moment"),
        (SERVICE, "2026-11-19T12:00", "2026-11-20T08:00"),
        pytest.param(SERVICE, "2026-11-20T18:00", "2026-11-23T08:00", id="over the weekend"),
        pytest.param(CHAT, "2026-11-20T17:30", "2026-11-23T08:00", id="the chat ends earlier on Friday"),
        pytest.param(SERVICE, "2026-12-23T18:30", "2026-12-28T08:00", id="Christmas from Thursday to Sunday"),
        pytest.param(SERVICE, "2027-03-25T19:00", "2027-03-30T08:00", id="Easter from Good Friday to Monday"),
        pytest.param(SERVICE, "2026-12-31T18:30", "2027-01-04T08:00", id="New Year's Day and a weekend"),
        pytest.param(SERVICE, "2027-12-03T18:30", "2027-12-07T08:00", id="Independence Day on a Monday"),
    ],
)
def test_the_next_opening_passes_over_weekends_and_holidays(week: WeeklyHours, at: str, opens: str) -> None:
    assert week.opens_next(helsinki(at), is_finnish_holiday) == helsinki(opens)


def test_a_service_that_never_opens_has_no_next_opening() -> None:
    assert ALWAYS_CLOSED.opens_next(helsinki("2026-11-20T12:00"), no_holiday) is None
    assert SERVICE.opens_next(helsinki("2026-11-20T12:00"), lambda day: True) is None


@pytest.mark.parametrize(
    ("utc", "is_open"),
    [
        pytest.param("2026-03-27T05:59:59", False, id="Friday in winter time, 7.59"),
        pytest.param("2026-03-27T06:00", True, id="Friday in winter time, 8.00"),
        pytest.param("2026-03-30T04:59:59", False, id="Monday after the spring change, 7.59"),
        pytest.param("2026-03-30T05:00", True, id="Monday after the spring change, 8.00"),
        pytest.param("2026-10-23T14:59:59", True, id="Friday in summer time, 17.59"),
        pytest.param("2026-10-23T15:00", False, id="Friday in summer time, 18.00"),
        pytest.param("2026-10-26T15:59:59", True, id="Monday after the autumn change, 17.59"),
        pytest.param("2026-10-26T16:00", False, id="Monday after the autumn change, 18.00"),
    ],
)
def test_opening_follows_the_wall_clock_when_the_clocks_change(utc: str, is_open: bool) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=timezone.utc)
    assert (SERVICE.closes_at(moment, is_finnish_holiday) is not None) is is_open


@pytest.mark.parametrize(
    ("utc", "opens"),
    [
        pytest.param("2026-03-27T16:30", "2026-03-30T05:00", id="Friday evening before the spring change"),
        pytest.param("2026-10-23T15:30", "2026-10-26T06:00", id="Friday evening before the autumn change"),
        pytest.param("2026-10-25T00:30", "2026-10-26T06:00", id="inside the doubled hour"),
        pytest.param("2026-03-29T01:00", "2026-03-30T05:00", id="the skipped hour's first instant"),
    ],
)
def test_the_next_opening_is_at_eight_on_the_wall_after_the_clocks_change(utc: str, opens: str) -> None:
    found = SERVICE.opens_next(datetime.fromisoformat(utc).replace(tzinfo=timezone.utc), is_finnish_holiday)
    assert found is not None
    assert found.astimezone(timezone.utc) == datetime.fromisoformat(opens).replace(tzinfo=timezone.utc)
    assert found.time() == time(8)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(timezone.utc))


@settings(max_examples=200, deadline=None)
@given(MOMENTS, st.sampled_from([SERVICE, CHAT, ROUND_THE_NIGHTS]))
def test_the_next_opening_lies_ahead_and_is_an_opening(moment: datetime, week: WeeklyHours) -> None:
    opening = week.opens_next(moment, is_finnish_holiday)
    assert opening is not None
    assert moment < opening
    assert week.closes_at(opening, is_finnish_holiday) is not None
    assert week.closes_at(opening - timedelta(minutes=1), is_finnish_holiday) is None


@settings(max_examples=200, deadline=None)
@given(MOMENTS, st.sampled_from([SERVICE, CHAT]))
def test_nobody_answers_on_a_finnish_holiday_or_at_a_weekend(moment: datetime, week: WeeklyHours) -> None:
    day = moment.astimezone(HELSINKI).date()
    if week.closes_at(moment, is_finnish_holiday) is not None:
        assert day.weekday() < 5
        assert not is_finnish_holiday(day)


@pytest.mark.parametrize(
    ("week", "language", "said"),
    [
        (SERVICE, "fi", "ma–pe klo 8–18"),
        (SERVICE, "sv", "må–fre kl. 8–18"),
        (CHAT, "fi", "ma–to klo 8–18, pe klo 8–17"),
        (CHAT, "sv", "må–to kl. 8–18, fre kl. 8–17"),
        (ALWAYS_CLOSED, "fi", ""),
        (WeeklyHours((_EIGHT_TO_SIX, None, _EIGHT_TO_SIX, None, None, None, None)), "fi", "ma klo 8–18, ke klo 8–18"),
        (WeeklyHours((*(None,) * 5, Hours(time(9, 30), time(12)), None)), "sv", "lö kl. 9.30–12"),
        (WeeklyHours((*(None,) * 6, Hours(time(9, 5), time(12, 45)))), "fi", "su klo 9.05–12.45"),
    ],
)
def test_the_week_is_written_in_words(week: WeeklyHours, language: Language, said: str) -> None:
    assert describe(week, language) == said


@pytest.mark.parametrize(
    ("week", "at", "finnish", "swedish"),
    [
        pytest.param(SERVICE, "2026-11-20T14:00", "tänään klo 18 asti", "i dag till kl. 18", id="the phone's Friday"),
        pytest.param(CHAT, "2026-11-20T14:00", "tänään klo 17 asti", "i dag till kl. 17", id="the chat's Friday"),
        pytest.param(CHAT, "2026-11-19T17:30", "tänään klo 18 asti", "i dag till kl. 18", id="the chat's Thursday"),
    ],
)
def test_while_it_is_open_both_languages_say_until_when(week: WeeklyHours, at: str, finnish: str, swedish: str) -> None:
    in_finnish, in_swedish = both_languages(week, at)
    assert finnish in in_finnish
    assert swedish in in_swedish
    assert "suljettu" not in in_finnish
    assert "stängd" not in in_swedish


@pytest.mark.parametrize(
    ("week", "at", "finnish", "swedish"),
    [
        pytest.param(SERVICE, "2026-11-20T07:00", "paikalla tänään klo 8.", "igen i dag kl. 8.", id="later today"),
        pytest.param(SERVICE, "2026-11-19T19:00", "paikalla huomenna klo 8.", "igen i morgon kl. 8.", id="tomorrow"),
        pytest.param(
            SERVICE, "2026-11-20T19:00", "paikalla maanantaina klo 8.", "igen på måndag kl. 8.", id="over the weekend"
        ),
        pytest.param(
            SERVICE, "2027-03-25T19:00", "paikalla tiistaina klo 8.", "igen på tisdag kl. 8.", id="over Easter"
        ),
        pytest.param(
            WeeklyHours((_EIGHT_TO_SIX, *(None,) * 6)),
            "2026-11-23T19:00",
            "paikalla maanantaina 30.11. klo 8.",
            "igen på måndag 30.11. kl. 8.",
            id="a week ahead, with its date",
        ),
        pytest.param(ALWAYS_CLOSED, "2026-11-20T12:00", "suljettu.", "stängd just nu.", id="no opening in sight"),
    ],
)
def test_while_it_is_closed_both_languages_say_from_when(
    week: WeeklyHours, at: str, finnish: str, swedish: str
) -> None:
    in_finnish, in_swedish = both_languages(week, at)
    assert "suljettu" in in_finnish
    assert "stängd" in in_swedish
    assert in_finnish.endswith(finnish)
    assert in_swedish.endswith(swedish)


def both_languages(week: WeeklyHours, at: str) -> tuple[str, str]:
    """What is said at `at`, in Finnish and in Swedish."""
    moment = helsinki(at)
    return (
        describe_now(week, moment, is_finnish_holiday, "fi"),
        describe_now(week, moment, is_finnish_holiday, "sv"),
    )


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_today_is_the_day_in_helsinki_not_in_greenwich(language: Language) -> None:
    """At 22.30 UTC on Thursday it is Friday in Helsinki: eight o'clock is "today"."""
    said = describe_now(SERVICE, datetime(2026, 11, 19, 22, 30, tzinfo=timezone.utc), is_finnish_holiday, language)
    assert {"fi": "tänään klo 8", "sv": "i dag kl. 8"}[language] in said
