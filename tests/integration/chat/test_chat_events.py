"""The event stream brings every message once, in order, however often it is opened again."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.chat.conversation import Page
from bot.chat.events import EventStream
from bot.chat.hub import Hub
from tests.integration.chat.chat_harness import ChatService, Customer, FakeRasa

pytestmark = pytest.mark.asyncio(loop_scope="module")
Event = tuple[str, Any, str | None]


@asynccontextmanager
async def events(customer: Customer, after: int = 0, **headers: str) -> AsyncIterator[AsyncIterator[Event]]:
    address, named = f"/chat/v1/events?after={after}", {name.replace("_", "-"): v for name, v in headers.items()}
    async with customer.client.stream("GET", address, headers=named) as response:
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield _parsed(response.aiter_lines())


async def _parsed(lines: AsyncIterator[str]) -> AsyncIterator[Event]:
    fields: dict[str, str] = {}
    async for line in lines:
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield fields["event"], json.loads(fields["data"]), fields.get("id")
            fields = {}


async def until_settled(stream: AsyncIterator[Event], last: int) -> list[Event]:
    """The events up to where message `last` has come and no answer is to come."""
    seen: list[Event] = []
    async for event in stream:
        seen.append(event)
        numbers = [data["seq"] for name, data, _ in seen if name == "message"]
        if event[:2] == ("typing", {"on": False}) and numbers and numbers[-1] >= last:
            return seen
    raise AssertionError(f"the stream ended after {seen}")


def numbers(seen: list[Event]) -> list[int]:
    return [data["seq"] for name, data, _ in seen if name == "message"]


async def test_messages_come_as_they_are_stored_with_typing_between(customer: Customer, rasa: FakeRasa) -> None:
    rasa.delay = 0.1
    await customer.open()
    async with events(customer, 1) as stream:
        await customer.say("Hei")
        seen = await asyncio.wait_for(until_settled(stream, 3), 5)
    kinds = [data["from"] if name == "message" else data["on"] for name, data, _ in seen]
    assert kinds[-4:] == ["user", True, "bot", False]
    assert all(id_ == str(data["seq"]) for name, data, id_ in seen if name == "message")
    assert [data for name, data, _ in seen if name == "message"] == await customer.messages(after=1)


async def test_a_stream_opened_again_goes_on_after_the_last_number_without_doubles(customer: Customer) -> None:
    await customer.say("yksi")
    async with events(customer) as stream:
        first = numbers(await asyncio.wait_for(until_settled(stream, 3), 5))
    await customer.say("kaksi")
    await customer.settled()
    async with events(customer, after=0, Last_Event_ID="3") as stream:
        second = numbers(await asyncio.wait_for(until_settled(stream, 5), 5))
    assert first + second == [1, 2, 3, 4, 5]


async def test_a_last_event_id_that_is_no_number_is_passed_over(customer: Customer) -> None:
    await customer.say("yksi")
    async with events(customer, after=1, Last_Event_ID="x") as stream:
        assert numbers(await asyncio.wait_for(until_settled(stream, 3), 5)) == [2, 3]


async def test_two_tabs_see_the_same(customer: Customer) -> None:
    await customer.open()
    async with events(customer) as one, events(customer) as other:
        await customer.say("Hei")
        seen = await asyncio.wait_for(asyncio.gather(until_settled(one, 3), until_settled(other, 3)), 5)
    assert [numbers(tab) for tab in seen] == [[1, 2, 3], [1, 2, 3]]


async def test_a_conversation_is_told_nothing_of_another(chat: ChatService) -> None:
    async with chat.customer() as one, chat.customer() as other:
        await one.open()
        await other.open()
        async with events(one, after=1) as stream:
            await other.say("muille")
            await other.settled()
            await one.say("minulle")
            seen = await asyncio.wait_for(until_settled(stream, 3), 5)
    assert [data["text"] for name, data, _ in seen if name == "message"] == ["minulle", "Vastaus: minulle"]


async def test_a_quiet_stream_beats_and_lets_go_when_the_client_is_gone() -> None:
    hub, sent, gone = Hub(), [], asyncio.Event()

    async def read(_conversation: str, after: int) -> Page:
        return Page((), after, False)

    async def receive() -> dict[str, str]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message.get("body"))
        if sent.count(b":\n\n") == 3:
            gone.set()

    stream = EventStream("c", 0, hub=hub, read=read, heartbeat_seconds=0.01)
    await asyncio.wait_for(stream({"type": "http"}, receive, send), 2)
    assert hub._listeners == {}
