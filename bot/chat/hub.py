"""Tells the open event streams that there is something new in their conversation; what it is stands in the store."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Listener:
    """One open stream's ear."""

    def __init__(self) -> None:
        self.is_open = True
        self._news = asyncio.Event()

    def wake(self) -> None:
        """There may be something new."""
        self._news.set()

    def close(self) -> None:
        """Nobody needs to listen any longer."""
        self.is_open = False
        self._news.set()

    async def wait(self, seconds: float) -> bool:
        """Waits for news since the last wait, at most so long; whether there are any."""
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except asyncio.TimeoutError:
            return False
        self._news.clear()
        return True


class Hub:
    """The listeners of this process, by conversation."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._is_open = True

    @contextmanager
    def listen(self, conversation_id: str) -> Iterator[Listener]:
        """A listener for as long as the context lasts; closed from the start where the hub is."""
        listener = Listener()
        if not self._is_open:
            listener.close()
        self._listeners[conversation_id].add(listener)
        try:
            yield listener
        finally:
            self._listeners[conversation_id].discard(listener)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]

    def wake(self, conversation_id: str) -> None:
        """Called after each commit."""
        for listener in self._listeners.get(conversation_id, ()):
            listener.wake()

    def close(self) -> None:
        """Ends every stream, and those that are yet to open: the service is stopping."""
        self._is_open = False
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.close()
