"""Rasa, the database or the service itself fails: nothing acknowledged is lost, and the customer hears of it."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tests.conftest import free_port
from tests.integration.chat.chat_harness import ChatService, Customer, FakeRasa, chatting, server_error, turn

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
pytestmark = pytest.mark.asyncio(loop_scope="module")


def is_sorry(text: str) -> bool:
    return (
        text.startswith(("Valitettavasti en pysty", "Tyvärr kan jag inte")) and "0207 345 000" in text and "112" in text
    )


async def test_silence_is_apologised_for_and_the_late_answer_dropped(customer: Customer, rasa: FakeRasa) -> None:
    rasa.hang_on.add("hidas")
    await customer.say("hidas")
    asked, sorry = await customer.texts()
    assert asked == "hidas"
    assert is_sorry(sorry)
    rasa.release.set()
    assert await customer.say("nopea") == 4
    assert (await customer.texts())[2:] == ["nopea", "Vastaus: nopea"]
    assert rasa.texts == ["hidas", "nopea"]


async def test_the_apology_is_in_the_language_of_the_conversation(customer: Customer, rasa: FakeRasa) -> None:
    rasa.script["hej"] = turn("Hej!", language="sv") | {"language": "sv"}
    rasa.script["sen"] = server_error()
    await customer.say("hej")
    await customer.say("sen")
    sorry = (await customer.settled())[-1]
    assert sorry["text"].startswith("Tyvärr kan jag inte svara")
    assert (sorry["language"], sorry["from"], sorry["answer"]) == ("sv", "bot", None)


@pytest.mark.parametrize(
    "answer",
    [
        server_error(),
        Response(status_code=401),
        PlainTextResponse("no json"),
        PlainTextResponse("[" * 100_000),
        JSONResponse([]),
        JSONResponse({"messages": "none"}),
        JSONResponse({"language": "fi", "answer": None, "messages": []}),
    ],
    ids=["500", "401", "text", "deep", "list", "shape", "empty"],
)
async def test_an_error_or_garbage_is_apologised_for_and_the_next_turn_works(
    customer: Customer, rasa: FakeRasa, answer: Response
) -> None:
    rasa.script["rikki"] = answer
    await customer.say("rikki")
    await customer.say("ehjä")
    texts = await customer.texts()
    assert {"rikki", "ehjä", "Vastaus: ehjä"} < set(texts)
    assert sum(map(is_sorry, texts)) == 1
    assert "Traceback" not in str(texts)


async def test_a_dead_rasa_is_apologised_for_and_found_again_when_it_is_back(tmp_path: Path) -> None:
    rasa = FakeRasa()
    async with chatting(tmp_path / "chat.db", rasa.port) as chat, chat.customer() as customer:
        await customer.say("onko ketään")
        assert is_sorry((await customer.texts())[-1])
        ready = await customer.client.get("/readyz")
        assert (ready.status_code, ready.json()["reasons"]) == (503, ["rasa"])
        async with rasa.serving():
            await customer.say("entä nyt")
            assert (await customer.texts())[-1] == "Vastaus: entä nyt"
            assert (await customer.client.get("/readyz")).json() == {"ready": True, "reasons": []}


async def test_behind_a_hung_rasa_the_next_messages_do_not_wait_as_long(tmp_path: Path) -> None:
    with socket.socket() as hung:
        hung.bind(("127.0.0.1", 0))
        hung.listen()  # connections are taken, and nothing ever comes
        port = hung.getsockname()[1]
        async with chatting(tmp_path / "chat.db", port, silence_seconds=1.5) as chat, chat.customer() as customer:
            started = asyncio.get_running_loop().time()
            for number in range(3):
                await customer.say(f"viesti {number}")
            assert sum(map(is_sorry, await customer.texts())) == 3
            assert asyncio.get_running_loop().time() - started < 3.5


async def test_what_waits_when_the_service_stops_is_answered_after_the_restart(tmp_path: Path) -> None:
    rasa = FakeRasa(delay=0.05)
    async with chatting(tmp_path / "chat.db", free_port(), silence_seconds=5) as chat, chat.customer() as customer:
        await customer.open()
        cookies = customer.client.cookies
    _write_waiting(tmp_path / "chat.db", ["ensin", "sitten"])
    async with chatting(tmp_path / "chat.db", rasa.port) as chat, chat.customer() as customer:
        customer.client.cookies = cookies
        await asyncio.sleep(0.2)
        assert (await customer.page())["typing"] is True, "Rasa is still loading: they wait for it"
        async with rasa.serving():
            assert await customer.texts() == ["ensin", "sitten", "Vastaus: ensin", "Vastaus: sitten"]


def _write_waiting(database: Path, texts: list[str]) -> None:
    connection = sqlite3.connect(database)
    (conversation,) = connection.execute("SELECT id FROM conversations").fetchone()
    for seq, text in enumerate(texts, start=2):
        connection.execute(
            "INSERT INTO messages (id, conversation_id, seq, sender, text, language, sent_at, client_id, page_language,"
            " state) VALUES (?, ?, ?, 'user', ?, 'fi', '2026-11-20 10:00:00.000000', ?, 'fi', 'waiting')",
            (f"m{seq}", conversation, seq, text, f"c{seq}"),
        )
    connection.execute("UPDATE conversations SET last_seq = ?", (len(texts) + 1,))
    connection.commit()
    connection.close()


@asynccontextmanager
async def _process(port: int, rasa_port: int, database: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(HERE / "chat_process.py"),
        *(str(port), str(rasa_port), str(database)),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=database.parent,
    )
    try:
        async with httpx.AsyncClient() as client:
            for _ in range(200):
                try:
                    await client.get(f"http://127.0.0.1:{port}/healthz")
                    break
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_killed_service_answers_after_its_restart_what_it_had_acknowledged_once(
    tmp_path: Path, rasa: FakeRasa
) -> None:
    port = free_port()
    chat = ChatService(f"http://127.0.0.1:{port}", tmp_path / "chat.db")
    async with chat.customer() as customer:
        async with _process(port, rasa.port, chat.database) as process:
            await customer.say("ennen")
            assert (await customer.texts())[-1] == "Vastaus: ennen"
            rasa.hang_on.add("kesken")
            await customer.say("kesken")
            await customer.say("jonossa")
            await rasa.heard("kesken")
            process.kill()
            await process.wait()
        rasa.hang_on.clear()
        async with _process(port, rasa.port, chat.database) as process:
            assert (await customer.texts())[2:] == ["kesken", "jonossa", "Vastaus: kesken", "Vastaus: jonossa"]
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), 10)


async def test_a_locked_database_refuses_within_five_seconds_and_loses_nothing(
    chat: ChatService, customer: Customer, rasa: FakeRasa
) -> None:
    await customer.open()
    rasa.delay = 0.2
    await customer.say("ennen")
    lock = sqlite3.connect(chat.database, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    started = asyncio.get_running_loop().time()
    refused, page = await asyncio.gather(customer.send("lukossa"), customer.page())
    assert asyncio.get_running_loop().time() - started < 5
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "not_stored")
    assert refused.headers["retry-after"] == "1"
    assert [message["text"] for message in page["messages"]][1:] == ["ennen"], "reading goes on"
    lock.rollback()
    lock.close()
    assert await customer.texts() == ["ennen", "Vastaus: ennen"]
    assert rasa.texts == ["ennen"], "the answer was kept until it could be stored"


async def test_a_broken_database_is_told_by_readyz_and_not_by_a_stack_trace(
    chat: ChatService, customer: Customer
) -> None:
    await customer.open()
    with sqlite3.connect(chat.database) as other:
        other.execute("ALTER TABLE conversations RENAME TO hidden")
    ready, sent, read = (
        await customer.client.get("/readyz"),
        await customer.send("Hei"),
        await customer.client.get("/chat/v1/messages"),
    )
    assert (ready.status_code, ready.json()["reasons"]) == (503, ["database"])
    assert (sent.status_code, sent.json()["error"]["code"]) == (503, "not_stored")
    assert (read.status_code, read.json()["error"]["code"]) == (503, "unavailable")
    assert "sqlite" not in (ready.text + sent.text + read.text).lower()
    with sqlite3.connect(chat.database) as other:
        other.execute("ALTER TABLE hidden RENAME TO conversations")
    await customer.say("Hei")
    assert (await customer.texts())[-1] == "Vastaus: Hei"


async def test_the_service_stops_soon_with_open_streams(tmp_path: Path, rasa: FakeRasa) -> None:
    chat = ChatService(f"http://127.0.0.1:{(port := free_port())}", tmp_path / "chat.db")
    async with _process(port, rasa.port, chat.database) as process, chat.customer() as customer:
        await customer.open()
        async with customer.client.stream("GET", "/chat/v1/events") as stream:
            lines = stream.aiter_lines()
            assert await lines.__anext__() == "retry: 1000"
            process.send_signal(signal.SIGTERM)
            rest = [line async for line in lines]
            assert "event: message" in rest
        await asyncio.wait_for(process.wait(), 3)
