"""The chat protocol from the customer's side, as the widget speaks it."""

import asyncio
import json
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from types import TracebackType
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from bot.core.errors import AssistantError
from bot.core.language import Language

Said = Mapping[str, Any]
"""A message of the protocol, as decoded JSON."""

_REQUEST_SECONDS: Final = 10.0
_PAUSE_SECONDS: Final = 0.5


class ChatRefusedError(AssistantError):
    """The service refused: the message is its sentence to the customer, in the client's language."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code


class ChatClient:
    """One conversation with the chat service at `base_url`; an async context manager.

    `origin` is what a browser would send, by default that of `base_url`. A message that the service asks to send again
    (too fast, not stored) is sent again under the same client id; that, and an answer, may take `patience_seconds`.
    """

    def __init__(
        self, base_url: str, language: Language, *, origin: str | None = None, patience_seconds: float = 30.0
    ) -> None:
        address = urlsplit(base_url)
        self._address = address.netloc
        self._language = language
        self._patience_seconds = patience_seconds
        self._client = httpx.AsyncClient(
            base_url=f"{base_url.rstrip('/')}/chat/v1/",
            headers={"Origin": origin or f"{address.scheme}://{address.netloc}"},
            timeout=_REQUEST_SECONDS,
        )
        self._last = 0

    async def __aenter__(self) -> "ChatClient":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def open(self) -> list[Said]:
        """Opens the conversation, or goes on with it: its messages so far, the greeting first.

        Raises `ChatRefusedError`, and `AssistantError` where nobody answers at the address.
        """
        found = await self._request("conversation", {"page_language": self._language})
        messages: list[Said] = found["messages"]
        self._last = found["last"]
        return messages

    def say(self, text: str) -> AsyncIterator[Said]:
        """Sends `text` and yields what comes, the message itself first, until its answer is complete.

        Raises `ChatRefusedError`, and `AssistantError` where no answer comes in time.
        """
        return self._send({"text": text})

    def press(self, button_id: str) -> AsyncIterator[Said]:
        """Presses a button that the conversation offered; yields and raises as `say` does."""
        return self._send({"choice": button_id})

    async def _send(self, content: Mapping[str, str]) -> AsyncIterator[Said]:
        body = {"client_id": str(uuid.uuid4()), **content, "page_language": self._language}
        sent = await self._request("messages", body)
        deadline = _now() + self._patience_seconds
        while True:
            try:
                async with aclosing(self._events(deadline)) as events:
                    async for name, data in events:
                        if name == "message" and data["seq"] > self._last:
                            self._last = data["seq"]
                            yield data
                        elif name == "typing" and not data["on"] and self._last >= sent["seq"]:
                            return
            except httpx.TransportError:
                pass  # the stream may end at any time; it goes on after the last message seen
            if _now() >= deadline:
                raise AssistantError(f"No answer came in {self._patience_seconds:.0f} s; is the service running?")
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _events(self, deadline: float) -> AsyncGenerator[tuple[str, Any], None]:
        timeout = httpx.Timeout(_REQUEST_SECONDS, read=max(0.1, deadline - _now()))
        async with self._client.stream("GET", "events", params={"after": self._last}, timeout=timeout) as response:
            if response.status_code != 200:
                await response.aread()
                raise _refusal(response, self._language)
            name = ""
            async for line in response.aiter_lines():
                field, _, value = line.partition(": ")
                if field == "event":
                    name = value
                elif field == "data":
                    yield name, json.loads(value)
                if _now() >= deadline:
                    return

    async def _request(self, path: str, body: Mapping[str, Any]) -> Any:
        deadline = _now() + self._patience_seconds
        while True:
            try:
                response = await self._client.post(path, json=body)
            except httpx.TransportError as error:
                if _now() >= deadline or isinstance(error, httpx.ConnectError):
                    raise AssistantError(
                        f"The chat service at {self._address} does not answer ({type(error).__name__}); "
                        "start it with `make run`, or name another with --url"
                    ) from error
                await asyncio.sleep(_PAUSE_SECONDS)
                continue
            if response.is_success:
                return response.json()
            wait = float(response.headers.get("Retry-After", "nan"))
            if response.status_code not in {429, 503} or not _now() + wait < deadline:
                raise _refusal(response, self._language)
            await asyncio.sleep(wait)


def _refusal(response: httpx.Response, language: Language) -> ChatRefusedError:
    try:
        error = response.json()["error"]
        return ChatRefusedError(response.status_code, str(error["code"]), str(error[language]))
    except (ValueError, KeyError, TypeError):
        sentence = f"The service answered with status {response.status_code}"
        return ChatRefusedError(response.status_code, "unknown", sentence)


def _now() -> float:
    return asyncio.get_running_loop().time()
