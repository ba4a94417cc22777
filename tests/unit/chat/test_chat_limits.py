"""A client may send one message a second on average, and five at once."""

import pytest

from bot.chat.limits import Limiter


def test_five_messages_at_once_pass_and_the_sixth_waits_a_second() -> None:
    limiter = Limiter()
    assert [limiter.wait_for("a", 100.0) for _ in range(6)] == [0, 0, 0, 0, 0, 1]


def test_a_refused_message_does_not_count() -> None:
    limiter = Limiter()
    for _ in range(50):
        limiter.wait_for("a", 100.0)
    assert limiter.wait_for("a", 101.0) == 0


def test_one_message_a_second_passes_for_ever() -> None:
    limiter = Limiter()
    assert not any(limiter.wait_for("a", float(second)) for second in range(1_000))


def test_one_client_does_not_slow_another() -> None:
    limiter = Limiter()
    for _ in range(10):
        limiter.wait_for("a", 100.0)
    assert limiter.wait_for("b", 100.0) == 0


def test_a_clock_that_goes_back_gives_and_takes_nothing() -> None:
    limiter = Limiter()
    waits = [limiter.wait_for("a", second) for second in (100.0, 50.0, 50.0, 50.0, 50.0, 50.0)]
    assert waits == [0, 0, 0, 0, 0, 1]


def test_clients_who_have_been_silent_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.limits._TIDY_AFTER", 3)
    limiter = Limiter()
    for number in range(3):
        limiter.wait_for(f"early {number}", 0.0)
    limiter.wait_for("late", 60.0)
    assert set(limiter._buckets) == {"late"}
