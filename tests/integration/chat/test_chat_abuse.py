"""Forged, foreign, huge and broken requests are refused with a reason, and store nothing."""

import asyncio
import json
import uuid
from pathlib import Path

import httpx
import pytest

from bot.chat.limits import Limiter
from tests.integration.chat.chat_harness import ChatService, Customer, FakeRasa, chatting

pytestmark = pytest.mark.asyncio(loop_scope="module")
JSON = {"Content-Type": "application/json"}


def code(response: httpx.Response) -> tuple[int, str]:
    """Status and code of an error, which has a sentence in both languages."""
    error = response.json()["error"]
    assert set(error) == {"code", "fi", "sv"}
    return response.status_code, error["code"]


@pytest.mark.parametrize("path", ["conversation", "messages"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1", None])
async def test_a_foreign_null_or_missing_origin_is_refused(chat: ChatService, path: str, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    async with httpx.AsyncClient(base_url=chat.base_url, headers=headers) as client:
        response = await client.post(f"/chat/v1/{path}", json={"page_language": "fi"})
    assert code(response) == (403, "foreign_origin")
    assert "set-cookie" not in response.headers
    assert "access-control-allow-origin" not in response.headers


async def test_an_allowed_site_may_carry_the_widget(chat: ChatService) -> None:
    async with chat.customer(Origin="https://www.example.fi") as customer:
        preflight = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        asked = await customer.client.options("/chat/v1/messages", headers=preflight)
        sent = await customer.send("Hei")
    for response in (asked, sent):
        assert response.headers["access-control-allow-origin"] == "https://www.example.fi"
        assert response.headers["access-control-allow-credentials"] == "true"
    assert (asked.status_code, sent.status_code) == (200, 202)


@pytest.mark.parametrize("token", ["guess", "A" * 43, "A" * 300_000, "../../etc/passwd", "%00", "' OR '1'='1"])
async def test_a_guessed_cookie_opens_a_new_conversation_and_shows_nothing(chat: ChatService, token: str) -> None:
    async with chat.customer() as owner, chat.customer() as stranger:
        await owner.say("salainen")
        await owner.settled()
        forged = {"Cookie": f"kk_session={token}"}
        read = await stranger.client.get("/chat/v1/messages", headers=forged)
        assert code(read) == (404, "no_conversation")
        opened = await stranger.client.post("/chat/v1/conversation", json={"page_language": "fi"}, headers=forged)
        assert [message["seq"] for message in opened.json()["messages"]] == [1]
        assert opened.cookies["kk_session"] != token


async def test_the_token_is_not_in_the_database(chat: ChatService, customer: Customer) -> None:
    await customer.open()
    token = customer.client.cookies["kk_session"]
    for file in Path(chat.database).parent.iterdir():
        assert token.encode() not in file.read_bytes()


async def test_a_button_of_another_conversation_is_unknown(chat: ChatService, rasa: FakeRasa) -> None:
    async with chat.customer() as one, chat.customer() as other:
        (greeting,) = await one.open()
        await other.open()
        for choice in (greeting["buttons"][0]["id"], "0" * 32, "billing/where_and_how", "greet"):
            assert code(await other.send(choice=choice)) == (409, "unknown_choice")
        assert len(await other.messages()) == 1
    assert rasa.turns == []


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"17", b"[1]", b'"hei"', b"{", b"\xff", b'{"a":' * 2_000, b"[" * 16_000],
    ids=lambda body: repr(body[:6]),
)
async def test_a_body_of_another_shape_is_refused(customer: Customer, body: bytes) -> None:
    for path in ("conversation", "messages"):
        response = await customer.client.post(f"/chat/v1/{path}", content=body, headers=JSON)
        assert code(response) == (400, "bad_request")
    assert not customer.client.cookies, "no conversation was opened"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_another_content_type_is_refused(customer: Customer, kind: str) -> None:
    response = await customer.client.post("/chat/v1/messages", content=b"{}", headers={"Content-Type": kind})
    assert code(response) == (415, "not_json")


async def test_a_text_over_the_limit_is_refused_and_one_at_the_limit_stored(customer: Customer) -> None:
    assert code(await customer.send("å" * 1_001)) == (413, "too_long")
    assert (await customer.send("å" * 1_000)).status_code == 202


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("Content-Length: 52428800", b"{"),
        ("Transfer-Encoding: chunked", (b"400\r\n" + b" " * 1024 + b"\r\n") * 17),
    ],
    ids=["declared", "chunked"],
)
async def test_a_body_over_sixteen_kilobytes_is_refused_before_its_end(
    chat: ChatService, header: str, body: bytes
) -> None:
    host, port = chat.base_url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /chat/v1/messages HTTP/1.1\r\nHost: {host}\r\nOrigin: {chat.base_url}\r\n{header}\r\n"
    writer.write(f"{head}Content-Type: application/json\r\n\r\n".encode() + body)
    assert b" 413 " in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


@pytest.mark.parametrize("text", ["", "  ", "\u200b\u200d", "👍", "\x00", "\ud800"], ids=ascii)
async def test_a_text_without_words_is_asked_for_in_words(customer: Customer, text: str) -> None:
    body = json.dumps({"client_id": str(uuid.uuid4()), "page_language": "fi", "text": text})
    response = await customer.client.post("/chat/v1/messages", content=body, headers=JSON)
    assert code(response) == (422, "empty")
    assert "sanoin" in response.json()["error"]["fi"]
    assert "med ord" in response.json()["error"]["sv"]


async def test_null_bytes_surrogates_and_direction_marks_leave_a_text_before_it_is_stored(
    customer: Customer, rasa: FakeRasa
) -> None:
    text = "lasku\x00 \ud83d \u202eabc\u202c"
    body = json.dumps({"client_id": str(uuid.uuid4()), "page_language": "fi", "text": text})
    assert (await customer.client.post("/chat/v1/messages", content=body, headers=JSON)).status_code == 202
    assert (await customer.texts())[0] == "lasku abc"
    assert rasa.texts == ["lasku abc"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{slot} %s ${jndi:x}", "'; DROP TABLE x; --"]
)
async def test_markup_and_code_are_text(customer: Customer, text: str) -> None:
    await customer.say(text)
    assert await customer.texts() == [text, f"Vastaus: {text}"]


async def test_a_hundred_messages_a_second_are_slowed_down_without_slowing_others(
    tmp_path: Path, rasa: FakeRasa
) -> None:
    slow = chatting(tmp_path / "chat.db", rasa.port, limiter=Limiter())
    async with slow as chat, chat.customer() as hasty, chat.customer() as calm:
        await hasty.open()
        await calm.open()
        responses = [await hasty.send("nopeasti") for _ in range(30)]
        refused = [response for response in responses if response.status_code == 429]
        assert len(refused) >= 23
        assert code(refused[0]) == (429, "too_fast")
        assert refused[0].headers["retry-after"] == "1"
        assert (await calm.send("rauhassa")).status_code == 202


async def test_a_client_that_drops_its_cookie_is_slowed_down_too(tmp_path: Path, rasa: FakeRasa) -> None:
    async with chatting(tmp_path / "chat.db", rasa.port, limiter=Limiter()) as chat, chat.customer() as customer:
        statuses = []
        for _ in range(10):
            customer.client.cookies.clear()
            statuses.append((await customer.send("taas")).status_code)
    assert statuses.count(202) in {5, 6}


async def test_reading_without_a_conversation_finds_none(customer: Customer) -> None:
    for path in ("messages", "events", "messages?after=3"):
        assert code(await customer.client.get(f"/chat/v1/{path}")) == (404, "no_conversation")


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "9" * 30, "1;DROP"])
async def test_a_number_that_is_none_is_refused(customer: Customer, after: str) -> None:
    await customer.open()
    for path in ("messages", "events"):
        response = await customer.client.get(f"/chat/v1/{path}", params={"after": after})
        assert code(response) == (400, "bad_request")


async def test_other_addresses_and_methods_are_refused_in_the_same_shape(customer: Customer) -> None:
    assert code(await customer.client.get("/chat/v1/nothing")) == (404, "not_found")
    assert code(await customer.client.get("/widget/../../settings.py")) == (404, "not_found")
    assert code(await customer.client.get("/widget/%2e%2e/%2e%2e/settings.py")) == (404, "not_found")
    assert code(await customer.client.delete("/chat/v1/messages")) == (405, "not_allowed")


async def test_every_answer_carries_the_security_headers(customer: Customer) -> None:
    await customer.open()
    for path in ("/chat/v1/messages", "/chat/v1/nothing", "/healthz", "/"):
        headers = (await customer.client.get(path)).headers
        assert "require-trusted-types-for 'script'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert {"referrer-policy", "permissions-policy"} <= set(headers)
        assert "server" not in headers
