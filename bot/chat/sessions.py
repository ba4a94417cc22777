"""Whose conversation a request belongs to: a random token in a cookie, of which only the hash is stored."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

COOKIE: Final = "kk_session"
_PATH: Final = "/chat"
"""The cookie is sent to the chat protocol alone, not with pages and scripts."""
_TOKEN_BYTES: Final = 32
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def new_token() -> str:
    """A token of 256 random bits."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def hash_of(token: str) -> str:
    """The SHA-256 of `token`, the only trace of it in the database. The token is random: it needs no salt."""
    return hashlib.sha256(token.encode("ascii")).hexdigest()


def hash_in(cookies: Mapping[str, str]) -> str | None:
    """The hash of the token among `cookies`; None where there is none or it has another shape (short, 300 kB long)."""
    token = cookies.get(COOKIE, "")
    return hash_of(token) if _SHAPE.fullmatch(token) else None


def give(response: Response, token: str, *, secure: bool) -> None:
    """Puts `token` into `response` as the cookie; it ends with the browser session."""
    response.set_cookie(COOKIE, token, path=_PATH, httponly=True, samesite="lax", secure=secure)
