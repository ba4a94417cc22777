"""Reads a request's body, and stops where it is too large."""

import asyncio
from typing import Final

from starlette.requests import ClientDisconnect, Request

from bot.chat.errors import Refusal

MAX_BYTES: Final = 16 * 1024
"""A larger body is refused as soon as it is known to be larger (acceptance row 24)."""
_SECONDS: Final = 10.0
"""A body that trickles in longer than this is given up (acceptance row 27)."""


async def read_body(request: Request) -> bytes:
    """The JSON body of `request`, not yet decoded. Raises `Refusal` 415, 413 or, where it never ends, 400."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, "not_json")
    declared = request.headers.get("content-length", "0")
    if len(declared) > 9 or (declared.isdecimal() and int(declared) > MAX_BYTES):
        raise Refusal(413, "too_large")
    try:
        return await asyncio.wait_for(_read(request), _SECONDS)
    except (asyncio.TimeoutError, ClientDisconnect):
        raise Refusal(400, "bad_request") from None


async def _read(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise Refusal(413, "too_large")
    return bytes(body)
