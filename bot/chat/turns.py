"""Answers waiting messages: one turn of a conversation at a time, in order; different conversations side by side."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import structlog

from bot.chat.conversation import Turn, Utterance, Waiting
from bot.chat.errors import NotReadableError
from bot.chat.hub import Hub
from bot.chat.rasa_client import Rasa
from bot.chat.store import Store
from bot.core.errors import NotStoredError, RasaUnavailableError
from bot.core.language import Language

_log = structlog.get_logger(__name__)
_Result = TypeVar("_Result")

PARALLEL_TURNS: Final = 64
"""More conversations than these wait for a free place; Rasa handles a turn in a few milliseconds."""
_DRAIN_SECONDS: Final = 3.0
"""So long turns in flight may still end when the service stops; what is left is answered after the next start."""
_START_SECONDS: Final = 60.0
"""After a start, messages from before it wait so long for Rasa to load its model; then they are apologised for."""
_KNOCK_EVERY_SECONDS: Final = 0.5
_FIRST_RETRY_SECONDS: Final = 0.25
_LAST_RETRY_SECONDS: Final = 5.0


class Turns:
    """The worker. Nothing is kept in memory but who is being answered: what waits, waits in the store."""

    def __init__(
        self,
        store: Store,
        rasa: Rasa,
        hub: Hub,
        *,
        apologise: Callable[[Language], Utterance],
        parallel: int = PARALLEL_TURNS,
        start_seconds: float = _START_SECONDS,
    ) -> None:
        self._store = store
        self._rasa = rasa
        self._hub = hub
        self._apologise = apologise
        self._start_seconds = start_seconds
        self._places = asyncio.Semaphore(parallel)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._recovery: asyncio.Task[None] | None = None
        self._is_stopping = False

    def start(self) -> None:
        """Picks up what was left unanswered, once Rasa is ready; where a new message comes first, at once."""
        self._recovery = asyncio.create_task(self._recover())

    def wake(self, conversation_id: str) -> None:
        """Something may be waiting in this conversation."""
        if self._is_stopping:
            return
        self._woken.add(conversation_id)
        if conversation_id not in self._tasks:
            self._tasks[conversation_id] = asyncio.create_task(self._run(conversation_id))

    async def stop(self) -> None:
        """Lets turns in flight end for a moment, then gives them up; begins no other."""
        self._is_stopping = True
        if self._recovery is not None:
            self._recovery.cancel()
            await asyncio.gather(self._recovery, return_exceptions=True)
        tasks = list(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_DRAIN_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _recover(self) -> None:
        left = await self._patiently(self._store.conversations_waiting)
        if not left:
            return
        _log.info("chat.unanswered_found", conversations=len(left))
        for _ in range(int(self._start_seconds / _KNOCK_EVERY_SECONDS)):
            if await self._rasa.is_ready():
                break
            await asyncio.sleep(_KNOCK_EVERY_SECONDS)
        for conversation_id in left:
            self.wake(conversation_id)

    async def _run(self, conversation_id: str) -> None:
        try:
            while conversation_id in self._woken and not self._is_stopping:
                self._woken.discard(conversation_id)
                await self._answer_all(conversation_id)
        except Exception:
            _log.exception("chat.turn_failed", conversation=conversation_id)
        finally:
            self._woken.discard(conversation_id)
            del self._tasks[conversation_id]

    async def _answer_all(self, conversation_id: str) -> None:
        while not self._is_stopping:
            waiting = await self._patiently(lambda: self._store.oldest_waiting(conversation_id))
            if waiting is None:
                return
            async with self._places:
                turn = await self._ask(waiting)
            await self._settle(waiting, turn)
            self._hub.wake(conversation_id)

    async def _ask(self, waiting: Waiting) -> Turn | None:
        try:
            return await self._rasa.ask(waiting)
        except RasaUnavailableError as error:
            _log.warning("chat.rasa_unavailable", conversation=waiting.conversation_id, reason=str(error))
        except Exception:
            _log.exception("chat.rasa_failed", conversation=waiting.conversation_id)
        return None

    async def _settle(self, waiting: Waiting, turn: Turn | None) -> None:
        if turn is None:
            sorry = [self._apologise(waiting.conversation_language)]
            stored = await self._patiently(lambda: self._store.settle(waiting, sorry, "apologised"))
        else:
            said, language = turn.utterances, turn.language
            stored = await self._patiently(lambda: self._store.settle(waiting, said, "answered", language))
        _log.info(
            "chat.message_settled",
            conversation=waiting.conversation_id,
            answer=turn.answer if turn else None,
            apologised=turn is None,
            stored=stored,
        )

    async def _patiently(self, action: Callable[[], Awaitable[_Result]]) -> _Result:
        """The result of `action`, tried until the database is back: Rasa is not asked twice for one answer."""
        pause = _FIRST_RETRY_SECONDS
        while True:
            try:
                return await action()
            except (NotStoredError, NotReadableError) as error:
                _log.warning("chat.database_unavailable", reason=str(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LAST_RETRY_SECONDS)
