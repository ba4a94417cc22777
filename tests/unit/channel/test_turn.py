"""Rasa's private door: closed without the secret, one turn in, the answer out, and typed text is only ever text."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import pytest
import pytest_asyncio
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Sanic

from bot.channel.turn import TurnChannel
from bot.core.errors import SettingsError
from bot.core.text import clean

SECRET: Final = "sixteen-letters-or-more"
WITH_SECRET: Final = {"Authorization": f"Bearer {SECRET}"}
SAID: Final[dict[str, Any]] = {"language": "sv", "answer": "keys/after_contract"}
_NUMBERS: Final = itertools.count()


@dataclass
class FakeRasa:
    """Says one line to each turn, and remembers what it was told."""

    heard: list[UserMessage] = field(default_factory=list)
    is_loaded: bool = True
    parse_data: dict[str, Any] = field(default_factory=lambda: dict(SAID))
    buttons: list[dict[str, Any]] = field(default_factory=list)

    async def on_new_message(self, message: UserMessage) -> None:
        await self.hear(message)

    async def hear(self, message: UserMessage) -> None:
        self.heard.append(message)
        recipient, line = message.sender_id, f"svar {len(self.heard)}"
        if self.buttons:
            await message.output_channel.send_text_with_buttons(recipient, line, self.buttons)
        else:
            await message.output_channel.send_text_message(recipient, line)

    def is_ready(self) -> bool:
        return self.is_loaded

    @property
    def tracker_store(self) -> FakeRasa:
        return self

    async def retrieve(self, conversation: str) -> DialogueStateTracker:
        return DialogueStateTracker.from_events(conversation, [UserUttered("hej", parse_data=self.parse_data)])


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa()


@pytest_asyncio.fixture
async def door(rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """The channel in a server of its own, without a socket."""
    monkeypatch.setattr(Sanic, "test_mode", True)  # otherwise only one server starts in a process
    app = Sanic(f"door{next(_NUMBERS)}", configure_logging=False)
    app.blueprint(TurnChannel(SECRET).blueprint(rasa.on_new_message), url_prefix="/webhooks/turn")
    app.ctx.agent = rasa
    await app._startup()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://door") as client:
        yield client


def turn(text: str = "hej", **more: Any) -> dict[str, Any]:
    return {"conversation": "c1", "text": text, **more}


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="none"),
        pytest.param({"Authorization": ""}, id="empty"),
        pytest.param({"Authorization": SECRET}, id="without its scheme"),
        pytest.param({"Authorization": f"Bearer {SECRET}x"}, id="one letter too many"),
        pytest.param({"Authorization": f"Bearer {SECRET[:-1]}"}, id="one letter too few"),
        pytest.param({"Authorization": f"bearer {SECRET.upper()}"}, id="in capitals"),
        pytest.param({"Authorization": "Bearer väärä".encode("latin-1")}, id="not ASCII"),
        pytest.param({"X-Secret": SECRET}, id="in another header"),
    ],
)
async def test_without_the_secret_nothing_is_said_and_nothing_heard(
    door: httpx.AsyncClient, rasa: FakeRasa, headers: dict[str, Any]
) -> None:
    asked = await door.post("/webhooks/turn/", headers=headers, json=turn("personal words"))
    ready = await door.get("/webhooks/turn/ready", headers=headers)
    assert asked.status_code == ready.status_code == 401
    for answer in (asked, ready):
        assert "personal words" not in answer.text
        assert SECRET not in answer.text
    assert rasa.heard == []


async def test_a_refusal_echoes_nothing_of_what_was_sent(door: httpx.AsyncClient) -> None:
    sent = {"Authorization": "Bearer wrong-secret-value"}
    refused = await door.post("/webhooks/turn/", headers=sent, json=turn("personal words", answer="app/account"))
    shown = refused.text + str(dict(refused.headers))
    assert not [word for word in ("wrong-secret-value", "personal words", "app/account", "c1") if word in shown]


@pytest.mark.parametrize(
    "credentials",
    [
        pytest.param(None, id="no credentials"),
        pytest.param({}, id="no secret"),
        pytest.param({"secret": None}, id="null"),
        pytest.param({"secret": ""}, id="empty"),
        pytest.param({"secret": "x" * 15}, id="fifteen characters"),
        pytest.param({"secret": "${RASA_SHARED_SECRET}"}, id="a variable that was not filled in"),
    ],
)
def test_a_missing_or_short_secret_is_refused_with_its_remedy(
    credentials: dict[str, Any] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASA_SHARED_SECRET", "")
    with pytest.raises(SettingsError, match=r"RASA_SHARED_SECRET.*\.env"):
        TurnChannel.from_credentials(credentials)


def test_without_credentials_the_secret_of_the_settings_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_SHARED_SECRET", "x" * 16)
    assert TurnChannel.from_credentials({}).name() == "turn"


def test_a_secret_of_sixteen_characters_is_enough() -> None:
    assert TurnChannel.from_credentials({"secret": "x" * 16}).name() == "turn"


@pytest.mark.parametrize(("is_loaded", "status"), [(True, 200), (False, 503)])
async def test_it_is_ready_when_the_model_is(
    door: httpx.AsyncClient, rasa: FakeRasa, is_loaded: bool, status: int
) -> None:
    rasa.is_loaded = is_loaded
    answer = await door.get("/webhooks/turn/ready", headers=WITH_SECRET)
    assert (answer.status_code, answer.json()) == (status, {"ready": is_loaded})


async def test_a_turn_is_answered_in_the_language_it_was_understood_in(door: httpx.AsyncClient, rasa: FakeRasa) -> None:
    answer = await door.post("/webhooks/turn/", headers=WITH_SECRET, json=turn())
    assert answer.status_code == 200
    assert answer.json() == {
        "language": "sv",
        "answer": "keys/after_contract",
        "messages": [
            {"text": "svar 1", "language": "sv", "answer": "keys/after_contract", "buttons": [], "card": None}
        ],
    }


async def test_buttons_keep_their_answer_ids(door: httpx.AsyncClient, rasa: FakeRasa) -> None:
    rasa.buttons = [
        {"title": "Avaimet", "payload": "Avaimet", "answer": "keys/after_contract"},
        {"title": "Jokin", "payload": "Jokin"},
    ]
    answer = (await door.post("/webhooks/turn/", headers=WITH_SECRET, json=turn())).json()
    assert answer["messages"][0]["buttons"] == [
        {"title": "Avaimet", "answer": "keys/after_contract"},
        {"title": "Jokin", "answer": ""},
    ]


@pytest.mark.parametrize("text", ["/restart", "  /restart", "/session_start", '/bonus{"slot": "x"}', "/"])
async def test_a_typed_command_reaches_rasa_as_text(door: httpx.AsyncClient, rasa: FakeRasa, text: str) -> None:
    await door.post("/webhooks/turn/", headers=WITH_SECRET, json=turn(text))
    heard = rasa.heard[0].text
    assert heard is not None
    assert not heard.strip().startswith("/")
    assert clean(heard) == clean(text)


@pytest.mark.parametrize(
    ("sent", "metadata"),
    [
        pytest.param({}, {"page_language": "fi", "answer": None}, id="nothing known"),
        pytest.param({"page_language": "sv"}, {"page_language": "sv", "answer": None}, id="a Swedish page"),
        pytest.param({"page_language": "de"}, {"page_language": "fi", "answer": None}, id="a page in German"),
        pytest.param({"answer": "app/account"}, {"page_language": "fi", "answer": "app/account"}, id="a button"),
        pytest.param({"answer": {"x": 1}}, {"page_language": "fi", "answer": None}, id="no answer id"),
        pytest.param({"customer": "4711", "slots": {}}, {"page_language": "fi", "answer": None}, id="anything else"),
    ],
)
async def test_only_the_page_and_the_pressed_button_travel_along(
    door: httpx.AsyncClient, rasa: FakeRasa, sent: dict[str, Any], metadata: dict[str, Any]
) -> None:
    await door.post("/webhooks/turn/", headers=WITH_SECRET, json=turn(**sent))
    assert rasa.heard[0].metadata == metadata
    assert rasa.heard[0].sender_id == "c1"


async def test_a_turn_asked_again_under_its_id_is_heard_once(door: httpx.AsyncClient, rasa: FakeRasa) -> None:
    first, second = [
        (await door.post("/webhooks/turn/", headers=WITH_SECRET, json=turn(message_id="m1"))).json() for _ in range(2)
    ]
    assert first == second
    assert len(rasa.heard) == 1


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([turn(message_id="m1"), turn(message_id="m2")], id="another message"),
        pytest.param(
            [turn(message_id="m1"), turn(message_id="m1") | {"conversation": "c2"}], id="another conversation"
        ),
        pytest.param([turn(), turn()], id="no id"),
    ],
)
async def test_two_turns_are_heard_twice(door: httpx.AsyncClient, rasa: FakeRasa, others: list[dict[str, Any]]) -> None:
    for body in others:
        await door.post("/webhooks/turn/", headers=WITH_SECRET, json=body)
    assert len(rasa.heard) == 2


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="no JSON"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"null", id="null"),
        pytest.param(b'{"conversation": "c1"}', id="no text"),
        pytest.param(b'{"text": "hej"}', id="no conversation"),
        pytest.param(b'{"conversation": 1, "text": "hej"}', id="a number for a conversation"),
        pytest.param(b'{"conversation": "c1", "text": null}', id="null for a text"),
        pytest.param(b'{"conversation": "c1", "text": "hej", "message_id": ["m1"]}', id="a list for a message id"),
    ],
)
async def test_a_turn_that_is_none_is_refused_and_not_heard(
    door: httpx.AsyncClient, rasa: FakeRasa, body: bytes
) -> None:
    assert (await door.post("/webhooks/turn/", headers=WITH_SECRET, content=body)).status_code == 400
    assert rasa.heard == []


async def test_a_message_rasa_could_not_read_is_answered_in_finnish_without_an_id(
    door: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    rasa.parse_data = {"intent": {}}
    answer = (await door.post("/webhooks/turn/", headers=WITH_SECRET, json=turn())).json()
    assert (answer["language"], answer["answer"]) == ("fi", None)


async def test_answers_to_several_questions_are_messages_with_their_own_ids(
    door: httpx.AsyncClient, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer_both(message: UserMessage) -> None:
        parts = [{"text": "ensin", "answer": "app/account"}, {"text": "sitten", "answer": "service/hours"}]
        await message.output_channel.send_response(message.sender_id, {"text": None, "messages": parts})

    monkeypatch.setattr(rasa, "hear", answer_both)
    answer = await door.post("/webhooks/turn/", headers=WITH_SECRET, json=turn())
    said = [(m["text"], m["answer"]) for m in answer.json()["messages"]]
    assert said == [("ensin", "app/account"), ("sitten", "service/hours")]
