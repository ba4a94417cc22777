"""A conversation belongs to whoever holds its token, and the token is nowhere but in the browser."""

import pytest
from starlette.responses import Response

from bot.chat import sessions


def test_a_token_has_256_random_bits() -> None:
    tokens = {sessions.new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}


def test_the_hash_of_a_token_is_found_in_its_cookie_and_does_not_hold_it() -> None:
    token = sessions.new_token()
    found = sessions.hash_in({sessions.COOKIE: token})
    assert found == sessions.hash_of(token)
    assert token not in found
    assert len(found) == 64


@pytest.mark.parametrize("token", ["", "short", "a" * 42, "a" * 44, "a" * 300_000, "ä" * 43, "a" * 42 + "\n", "٣" * 43])
def test_a_cookie_of_another_shape_is_no_session(token: str) -> None:
    assert sessions.hash_in({sessions.COOKIE: token}) is None
    assert sessions.hash_in({}) is None


@pytest.mark.parametrize("secure", [True, False])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(secure: bool) -> None:
    response = Response()
    sessions.give(response, "token", secure=secure)
    parts = response.headers["set-cookie"].lower().split("; ")
    assert {"httponly", "samesite=lax", "path=/chat"} < set(parts)
    assert ("secure" in parts) is secure
