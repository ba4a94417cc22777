"""Opens the chat database, SQLite or PostgreSQL, and brings its tables up to date."""

import asyncio
import time
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.core.errors import SettingsError

DATABASE_ERRORS: Final = (SQLAlchemyError, OSError, asyncio.TimeoutError)
"""What a database that is away, locked or full makes of a statement."""

READ_ONLY: Final = "kk_read_only"
"""Execution option of connections that never write: they wait for no writer."""

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_PATIENCE_SECONDS: Final = 3
"""So long a statement waits for a locked SQLite file or a PostgreSQL that is away; then the customer hears of it,
within the five seconds that acceptance.md allows for any message."""
_START_PATIENCE_SECONDS: Final = 20
"""So long a starting instance waits for others that are making or changing the same SQLite file."""
_START_PAUSE_SECONDS: Final = 0.1
_CONNECTIONS: Final = 8
_MIGRATION_LOCK: Final = 5_277_001
"""Any number: instances that start side by side on PostgreSQL migrate one after another."""


async def migrate(engine: AsyncEngine) -> None:
    """Brings the tables up to date; safe where several instances start at once.

    Raises `SettingsError` where the database can't be opened.
    """
    until = time.monotonic() + _START_PATIENCE_SECONDS
    while True:
        try:
            async with engine.connect() as connection, connection.begin():
                if engine.dialect.name == "postgresql":
                    await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
                await connection.run_sync(_upgrade)
            return
        except DATABASE_ERRORS as error:
            reason = getattr(error, "orig", None) or error
            # SQLite queues nobody: who turns a new file to WAL at the same moment, or is passed by, is refused.
            if "locked" not in str(reason) or time.monotonic() > until:
                raise SettingsError(
                    f"DATABASE_URL: the chat database can't be opened ({reason}); check the address"
                ) from error
        await asyncio.sleep(_START_PAUSE_SECONDS)


def create_engine(url: str) -> AsyncEngine:
    """The engine for `url` (sqlite:///path or postgresql://…); it connects when it is first used.

    Raises `SettingsError` where `url` names no database that outlives the process.
    """
    address = make_url(url)
    common: dict[str, Any] = {
        "hide_parameters": True,  # an error message may reach a log, where no customer's words belong
        "pool_size": _CONNECTIONS,
        "max_overflow": 0,
        "pool_timeout": _PATIENCE_SECONDS,
    }
    if address.get_backend_name() == "postgresql":
        patience = {"timeout": _PATIENCE_SECONDS, "command_timeout": _PATIENCE_SECONDS}
        address = address.set(drivername="postgresql+asyncpg")
        return create_async_engine(address, connect_args=patience, pool_pre_ping=True, **common)
    if address.database in {None, "", ":memory:"}:
        raise SettingsError("DATABASE_URL names no file; set sqlite:///var/chat.db or another path")
    Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # isolation_level None: transactions begin where `_begin` says so, not where the driver guesses.
    arguments: dict[str, Any] = {"timeout": _PATIENCE_SECONDS, "isolation_level": None}
    engine = create_async_engine(
        address.set(drivername="sqlite+aiosqlite"), connect_args=arguments, poolclass=AsyncAdaptedQueuePool, **common
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Writers queue at the start of their transaction: one that has read first could only fail later."""
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
