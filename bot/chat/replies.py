"""Errors as the protocol writes them, and the last net under every request."""

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.chat.errors import Refusal
from bot.chat.texts import ERRORS

_log = structlog.get_logger(__name__)


def refused(refusal: Refusal) -> Response:
    """The answer to a refused request."""
    text = ERRORS[refusal.code]
    error = {"code": refusal.code, "fi": text["fi"], "sv": text["sv"]}
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    return JSONResponse({"error": error}, refusal.status, headers)


async def on_refusal(_request: Request, error: Exception) -> Response:
    """Handler of `Refusal`."""
    assert isinstance(error, Refusal)
    return refused(error)


async def on_http_error(_request: Request, error: Exception) -> Response:
    """Handler of the framework's own errors: no such address, no such method."""
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "not_allowed"}.get(error.status_code, "bad_request")
    response = refused(Refusal(error.status_code, code))
    response.headers.update(error.headers or {})
    return response


class LastNet:
    """Middleware: an unforeseen error becomes a sentence for the customer; what happened goes to the log alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watching_send(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watching_send)
        except Exception:
            if scope["type"] != "http":
                raise
            _log.exception("chat.request_failed", path=scope["path"])
            if not started:
                await refused(Refusal(500, "failed"))(scope, receive, send)
