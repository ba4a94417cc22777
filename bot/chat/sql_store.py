"""The memory of the chat service in SQL: SQLite and PostgreSQL alike."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from typing import Any, Final

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.chat.conversation import (
    SPOKEN_LANGUAGES,
    Button,
    Conversation,
    Message,
    Page,
    Post,
    Receipt,
    Utterance,
    Waiting,
)
from bot.chat.database import DATABASE_ERRORS, READ_ONLY
from bot.chat.errors import NotReadableError, UnknownChoiceError
from bot.chat.ids import NewId
from bot.chat.store import Outcome
from bot.chat.tables import buttons, conversations, messages
from bot.core.errors import NotStoredError
from bot.core.language import LANGUAGES, Language, as_language

_QUEUE_SECONDS: Final = 2.0
"""So long a writer waits for the writers before it; with the database's own patience this stays below five seconds."""


class SqlStore:
    """A `Store` on an open engine. `clock` gives aware times."""

    def __init__(self, engine: AsyncEngine, *, clock: Callable[[], datetime], new_id: NewId) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**{READ_ONLY: True})
        self._clock = clock
        self._new_id = new_id
        # SQLite takes one writer at a time and lets the others poll; a queue here is fair and faster.
        self._queue = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    async def open(self, token_hash: str, page_language: Language, greeting: Utterance) -> Conversation:
        conversation = Conversation(self._new_id())
        row = {
            "id": conversation.id,
            "token_hash": token_hash,
            "page_language": page_language,
            "language": page_language,
            "last_seq": 0,
            "opened_at": self._now(),
        }
        async with self._writing() as connection:
            await connection.execute(insert(conversations).values(row))
            await self._append(connection, conversation.id, 0, [greeting])
        return conversation

    async def find(self, token_hash: str) -> Conversation | None:
        query = select(conversations.c.id).where(conversations.c.token_hash == token_hash)
        async with self._reading() as connection:
            id_ = (await connection.execute(query)).scalar_one_or_none()
        return None if id_ is None else Conversation(id_)

    async def post(self, conversation_id: str, post: Post) -> Receipt:
        async with self._writing() as connection:
            conversation = await self._lock(connection, conversation_id)
            known = await self._seq_of(connection, conversation_id, post.client_id)
            if known is not None:
                return Receipt(known, is_new=False)
            seq = conversation["last_seq"] + 1
            page_changed = conversation["page_language"] != post.page_language
            language = post.page_language if page_changed else conversation["language"]
            row = {
                "id": self._new_id(),
                "conversation_id": conversation_id,
                "seq": seq,
                "sender": "user",
                "text": post.text,
                "language": language,
                "sent_at": self._now(),
                "client_id": post.client_id,
                "page_language": post.page_language,
                "state": "waiting",
            }
            if post.choice is not None:
                row |= await self._choose(connection, conversation_id, post.choice)
            await connection.execute(insert(messages).values(row))
            await self._change(
                connection, conversation_id, last_seq=seq, page_language=post.page_language, language=language
            )
            return Receipt(seq, is_new=True)

    async def page(self, conversation_id: str, after: int) -> Page:
        of_conversation = messages.c.conversation_id == conversation_id
        waiting = select(messages.c.id).where(of_conversation, messages.c.state == "waiting").limit(1)
        listed = select(messages).where(of_conversation, messages.c.seq > after).order_by(messages.c.seq)
        offered = (
            select(buttons)
            .join(messages, buttons.c.message_id == messages.c.id)
            .where(of_conversation, messages.c.seq > after)
            .order_by(buttons.c.position)
        )
        async with self._reading() as connection:
            # First whether an answer is to come, then the messages: so that none is missed where none is to come.
            typing = (await connection.execute(waiting)).first() is not None
            rows = (await connection.execute(listed)).mappings().all()
            by_message: dict[str, list[Button]] = defaultdict(list)
            if any(row["sender"] == "bot" for row in rows):
                for row in (await connection.execute(offered)).mappings():
                    by_message[row["message_id"]].append(Button(row["id"], row["title"], row["chosen"]))
        found = tuple(_message(row, by_message[row["id"]]) for row in rows)
        return Page(found, found[-1].seq if found else after, typing)

    async def oldest_waiting(self, conversation_id: str) -> Waiting | None:
        query = (
            select(messages, conversations.c.language.label("conversation_language"))
            .join(conversations, messages.c.conversation_id == conversations.c.id)
            .where(messages.c.conversation_id == conversation_id, messages.c.state == "waiting")
            .order_by(messages.c.seq)
            .limit(1)
        )
        async with self._reading() as connection:
            row = (await connection.execute(query)).mappings().first()
        if row is None:
            return None
        return Waiting(
            id=row["id"],
            conversation_id=conversation_id,
            text=row["text"],
            chosen_answer=row["chosen_answer"],
            page_language=as_language(row["page_language"]),
            conversation_language=as_language(row["conversation_language"]),
        )

    async def conversations_waiting(self) -> Sequence[str]:
        query = (
            select(messages.c.conversation_id)
            .where(messages.c.state == "waiting")
            .group_by(messages.c.conversation_id)
            .order_by(func.min(messages.c.sent_at))
        )
        async with self._reading() as connection:
            return [str(id_) for id_ in (await connection.execute(query)).scalars()]

    async def settle(
        self, waiting: Waiting, utterances: Sequence[Utterance], outcome: Outcome, language: str | None = None
    ) -> bool:
        async with self._writing() as connection:
            conversation = await self._lock(connection, waiting.conversation_id)
            changed: dict[str, str] = {"state": outcome}
            if language in SPOKEN_LANGUAGES:
                changed["language"] = str(language)
            mark = update(messages).where(messages.c.id == waiting.id, messages.c.state == "waiting").values(changed)
            if (await connection.execute(mark)).rowcount != 1:
                return False
            await self._append(connection, waiting.conversation_id, conversation["last_seq"], utterances)
            if language in LANGUAGES:
                await self._change(connection, waiting.conversation_id, language=language)
            return True

    async def is_reachable(self) -> bool:
        try:
            async with self._reading() as connection:
                await connection.execute(select(conversations.c.id).limit(1))
        except NotReadableError:
            return False
        return True

    async def _append(
        self, connection: AsyncConnection, conversation_id: str, last: int, utterances: Iterable[Utterance]
    ) -> None:
        """Stores `utterances` with the numbers after `last`; the caller holds the conversation."""
        for utterance in utterances:
            last += 1
            id_ = self._new_id()
            row = {
                "id": id_,
                "conversation_id": conversation_id,
                "seq": last,
                "sender": "bot",
                "text": utterance.text,
                "language": utterance.language,
                "answer": utterance.answer,
                "card": None if utterance.card is None else dict(utterance.card),
                "sent_at": self._now(),
            }
            await connection.execute(insert(messages).values(row))
            offers = [
                {
                    "id": self._new_id(),
                    "message_id": id_,
                    "position": position,
                    "title": offer.title,
                    "answer": offer.answer,
                    "chosen": False,
                }
                for position, offer in enumerate(utterance.offers)
            ]
            if offers:
                await connection.execute(insert(buttons), offers)
        await self._change(connection, conversation_id, last_seq=last)

    async def _choose(self, connection: AsyncConnection, conversation_id: str, choice: str) -> dict[str, str]:
        """What the customer says by pressing the button `choice`, which is marked."""
        query = (
            select(buttons, messages.c.language)
            .join(messages, buttons.c.message_id == messages.c.id)
            .where(buttons.c.id == choice, messages.c.conversation_id == conversation_id)
        )
        button = (await connection.execute(query)).mappings().first()
        if button is None:
            raise UnknownChoiceError("the conversation never offered this button")
        await connection.execute(update(buttons).where(buttons.c.id == choice).values(chosen=True))
        return {"text": button["title"], "language": button["language"], "chosen_answer": button["answer"]}

    async def _lock(self, connection: AsyncConnection, conversation_id: str) -> Mapping[str, Any]:
        """The conversation's row, nobody else's until the transaction ends (SQLite locks the whole file instead)."""
        query = select(conversations).where(conversations.c.id == conversation_id).with_for_update()
        row: Mapping[str, Any] = (await connection.execute(query)).mappings().one()
        return row

    async def _seq_of(self, connection: AsyncConnection, conversation_id: str, client_id: str) -> int | None:
        query = select(messages.c.seq).where(
            messages.c.conversation_id == conversation_id, messages.c.client_id == client_id
        )
        seq: int | None = (await connection.execute(query)).scalar_one_or_none()
        return seq

    async def _change(self, connection: AsyncConnection, conversation_id: str, **values: object) -> None:
        await connection.execute(update(conversations).where(conversations.c.id == conversation_id).values(**values))

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        try:
            # Not engine.begin(): where the transaction can't begin, that one never gives its connection back.
            async with self._turn(), self._engine.connect() as connection, connection.begin():
                yield connection
        except DATABASE_ERRORS as error:
            raise NotStoredError(f"the chat database takes nothing ({type(error).__name__})") from error

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._reader.connect() as connection:
                yield connection
        except DATABASE_ERRORS as error:
            raise NotReadableError(f"the chat database can't be read ({type(error).__name__})") from error

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._queue is None:
            yield
            return
        await asyncio.wait_for(self._queue.acquire(), _QUEUE_SECONDS)
        try:
            yield
        finally:
            self._queue.release()

    def _now(self) -> datetime:
        return self._clock().astimezone(timezone.utc).replace(tzinfo=None)


def _message(row: Mapping[str, Any], offered: Sequence[Button]) -> Message:
    return Message(
        seq=row["seq"],
        sender=row["sender"],
        text=row["text"],
        language=row["language"],
        answer=row["answer"],
        buttons=tuple(offered),
        card=row["card"],
        time=row["sent_at"].replace(tzinfo=timezone.utc),
        client_id=row["client_id"],
    )
