"""What the store promises, on SQLite and on PostgreSQL."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.chat.conversation import Conversation, Offer, Post, Utterance
from bot.chat.database import create_engine, migrate
from bot.chat.errors import UnknownChoiceError
from bot.chat.ids import random_id
from bot.chat.sql_store import SqlStore
from bot.chat.tables import metadata
from bot.core.errors import SettingsError

pytestmark = pytest.mark.asyncio
GREETING = Utterance("Hei", "fi", "greet", (Offer("Laskut", "billing/where_and_how"), Offer("Bonus", "bonus/x")))
ANSWER = Utterance("Näin.", "sv", "bonus/how_to_get", card={"type": "contact"})


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/a folder/100%/chat.db"
    new_database: Callable[[], str] = request.getfixturevalue("postgres")
    return new_database()


@pytest_asyncio.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(url)
    await migrate(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
def store(engine: AsyncEngine) -> SqlStore:
    return SqlStore(engine, clock=lambda: datetime(2026, 11, 20, 11, 15, tzinfo=timezone.utc), new_id=random_id)


def post(text: str, client_id: str | None = None) -> Post:
    return Post(client_id or str(uuid.uuid4()), "fi", text=text)


async def opened(store: SqlStore) -> Conversation:
    return await store.open(uuid.uuid4().hex, "fi", GREETING)


async def test_the_migrated_tables_are_those_that_the_code_expects(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        found = await connection.run_sync(
            lambda c: {t: {column["name"] for column in inspect(c).get_columns(t)} for t in metadata.tables}
        )
    assert found == {name: set(table.columns.keys()) for name, table in metadata.tables.items()}


async def test_instances_that_start_at_once_migrate_once(url: str) -> None:
    engines = [create_engine(url) for _ in range(6)]
    await asyncio.gather(*(migrate(engine) for engine in engines))
    for engine in engines:
        await engine.dispose()


async def test_parallel_messages_get_numbers_without_gaps_or_doubles(store: SqlStore) -> None:
    conversation = await opened(store)
    receipts = await asyncio.gather(*(store.post(conversation.id, post(f"{n}")) for n in range(20)))
    assert sorted(receipt.seq for receipt in receipts) == list(range(2, 22))
    page = await store.page(conversation.id, 0)
    assert [message.seq for message in page.messages] == list(range(1, 22))


async def test_the_same_client_id_in_parallel_is_stored_once(store: SqlStore) -> None:
    conversation, same = await opened(store), post("Hei", str(uuid.uuid4()))
    receipts = await asyncio.gather(*(store.post(conversation.id, same) for _ in range(10)))
    assert {receipt.seq for receipt in receipts} == {2}
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert (await store.page(conversation.id, 0)).last == 2


async def test_a_message_is_settled_once_even_in_parallel(store: SqlStore) -> None:
    conversation = await opened(store)
    await store.post(conversation.id, post("Hei"))
    waiting = await store.oldest_waiting(conversation.id)
    assert waiting is not None
    answer = store.settle(waiting, [ANSWER], "answered", "sv")
    sorry = store.settle(waiting, [Utterance("Olen pahoillani", "fi")], "apologised")
    assert sorted(await asyncio.gather(answer, sorry)) == [False, True]
    page = await store.page(conversation.id, 0)
    assert (page.last, page.typing) == (3, False)
    assert await store.oldest_waiting(conversation.id) is None


async def test_what_was_said_is_read_as_it_was_stored(store: SqlStore) -> None:
    conversation = await opened(store)
    await store.post(conversation.id, post("Hur?"))
    assert conversation.id in await store.conversations_waiting()
    waiting = await store.oldest_waiting(conversation.id)
    assert waiting is not None
    assert await store.settle(waiting, [ANSWER], "answered", "sv")
    asked, answered = (await store.page(conversation.id, 1)).messages
    assert (asked.sender, asked.language, asked.client_id is None) == ("user", "sv", False)
    assert (answered.sender, answered.text, answered.card) == ("bot", "Näin.", {"type": "contact"})
    assert answered.time == datetime(2026, 11, 20, 11, 15, tzinfo=timezone.utc)
    await store.post(conversation.id, post("ja?"))
    following = await store.oldest_waiting(conversation.id)
    assert following is not None
    assert following.conversation_language == "sv"


async def test_a_choice_is_marked_and_another_conversations_is_unknown(store: SqlStore) -> None:
    conversation, other = await opened(store), await opened(store)
    button = (await store.page(conversation.id, 0)).messages[0].buttons[1]
    choice = Post(str(uuid.uuid4()), "fi", choice=button.id)
    with pytest.raises(UnknownChoiceError):
        await store.post(other.id, choice)
    await store.post(conversation.id, choice)
    greeting, chosen = (await store.page(conversation.id, 0)).messages
    assert [b.chosen for b in greeting.buttons] == [False, True]
    assert chosen.text == "Bonus"
    assert (await store.page(other.id, 0)).last == 1


async def test_a_session_is_found_by_its_hash_alone(store: SqlStore) -> None:
    conversation = await store.open(token_hash := uuid.uuid4().hex, "sv", GREETING)
    assert await store.find(token_hash) == conversation
    assert await store.find(uuid.uuid4().hex) is None


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
async def test_a_database_that_would_be_forgotten_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="names no file"):
        create_engine(address)


async def test_a_database_that_cannot_be_opened_is_told_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "chat.db").write_bytes(b"this is no database" * 100)
    for address in (f"sqlite:///{tmp_path}/chat.db", "postgresql://nobody@127.0.0.1:1/none"):
        engine = create_engine(address)
        with pytest.raises(SettingsError, match="DATABASE_URL"):
            await migrate(engine)
        await engine.dispose()
