"""Whose pages may use the chat, and what browsers may do with what we send."""

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.chat.errors import Refusal
from bot.chat.replies import refused
from bot.settings import Settings

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'"
)
_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_READING: Final = {"GET", "HEAD", "OPTIONS"}
_LOOPBACK: Final = {"127.0.0.1", "localhost"}


def own_origins(settings: Settings) -> frozenset[str]:
    """The origins whose pages may send: this site (on loopback under both of its names), and ALLOWED_ORIGINS."""
    own = {settings.origin}
    address = urlsplit(settings.origin)
    if address.hostname in _LOOPBACK:
        own |= {f"{address.scheme}://{name}:{address.port or 80}" for name in _LOOPBACK}
    return frozenset(own) | settings.allowed_origins


class OriginCheck:
    """Middleware: refuses every request that may change something unless its Origin is one of `allowed`."""

    def __init__(self, app: ASGIApp, allowed: Collection[str]) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _READING:
            origin = Headers(scope=scope).get("origin")
            if origin not in self._allowed:
                await refused(Refusal(403, "foreign_origin"))(scope, receive, send)
                return
        await self._app(scope, receive, send)


class SecurityHeaders:
    """Middleware: puts the security headers on every answer. What the chat says is never kept by a cache."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        caching = "no-store" if scope["path"].startswith("/chat/") else "no-cache"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers["Cache-Control"] = caching
            await send(message)

        await self._app(scope, receive, send_with_headers)
