"""uvicorn for the chat service: it ends the open event streams first when it is told to stop."""

import socket
from typing import Final

import uvicorn
from starlette.applications import Starlette

_GRACE_SECONDS: Final = 5
"""So long requests in flight may take when the service stops; with the turns' own drain it ends within ten seconds."""
_MAX_CONNECTIONS: Final = 2_000
"""More at once are answered with 503 (acceptance row 27): memory stays flat."""


class ChatServer(uvicorn.Server):
    """Serves an app of `create_app`. Addresses of customers are not logged."""

    def __init__(self, app: Starlette, *, host: str, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="on",
                ws="none",
                limit_concurrency=_MAX_CONNECTIONS,
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
        )
        self._hub = app.state.hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Without this, uvicorn would wait for streams that wait for news."""
        self._hub.close()
        await super().shutdown(sockets)
