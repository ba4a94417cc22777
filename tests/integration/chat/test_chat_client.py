"""The client talks as the widget does, and knows when an answer is complete."""

from pathlib import Path

import pytest

from bot.chat import ChatClient, ChatRefusedError
from bot.chat.limits import Limiter
from bot.core.errors import AssistantError
from tests.conftest import free_port
from tests.integration.chat.chat_harness import ChatService, FakeRasa, chatting, turn

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_talk_yields_each_message_until_the_answer_is_complete(chat: ChatService, rasa: FakeRasa) -> None:
    rasa.script["kaksi"] = turn("ensin") | {"messages": turn("ensin")["messages"] + turn("sitten")["messages"]}
    async with ChatClient(chat.base_url, "fi") as client:
        (greeting,) = await client.open()
        assert greeting["answer"] == "greet"
        assert [said["text"] async for said in client.say("kaksi")] == ["kaksi", "ensin", "sitten"]
        assert [said["from"] async for said in client.say("Hei")] == ["user", "bot"]
        pressed = [said["text"] async for said in client.press(greeting["buttons"][0]["id"])]
    assert pressed == ["Laskut", "Vastaus: Laskut"]


async def test_an_apology_completes_an_answer_too(chat: ChatService, rasa: FakeRasa) -> None:
    rasa.hang_on.add("hidas")
    async with ChatClient(chat.base_url, "sv") as client:
        said = [message["text"] async for message in client.say("hidas")]
    assert said[0].startswith("Hej!")
    assert said[-1].startswith("Tyvärr kan jag inte svara")


async def test_a_hasty_talk_waits_and_loses_nothing(tmp_path: Path, rasa: FakeRasa) -> None:
    slow = chatting(tmp_path / "chat.db", rasa.port, limiter=Limiter(per_second=4, burst=2))
    async with slow as chat, ChatClient(chat.base_url, "fi") as client:
        await client.open()
        for number in range(4):
            said = [message["text"] async for message in client.say(f"viesti {number}")]
            assert said == [f"viesti {number}", f"Vastaus: viesti {number}"]


async def test_a_refusal_is_told_in_the_language_of_the_talk(chat: ChatService) -> None:
    async with ChatClient(chat.base_url, "sv") as client:
        await client.open()
        with pytest.raises(ChatRefusedError, match="med ord") as caught:
            [message async for message in client.say("👍")]
    assert (caught.value.status, caught.value.code) == (422, "empty")


async def test_nobody_at_the_address_is_told_with_a_remedy() -> None:
    async with ChatClient(f"http://127.0.0.1:{free_port()}", "fi") as client:
        with pytest.raises(AssistantError, match="make run"):
            await client.open()
