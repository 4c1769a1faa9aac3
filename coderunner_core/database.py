"""Opens the SQL database: sessions that read, sessions that write, and what makes SQLite safe to share."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

BUSY_TIMEOUT_MS = 10_000  # how long a SQLite writer waits for another process before it gives up


class Database:
    """One engine. ``reading()`` sees a snapshot; ``writing()`` commits when its block ends without an error."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self._sqlite = self.url.get_backend_name() == "sqlite"
        options: dict[str, Any] = {} if self._sqlite else {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}
        if self._sqlite and self.url.database not in (None, "", ":memory:"):
            Path(str(self.url.database)).parent.mkdir(parents=True, exist_ok=True)
        self.engine: AsyncEngine = create_async_engine(self.url, **options)
        if self._sqlite:
            _share_sqlite(self.engine)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session for queries; whatever it changed is rolled back."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A session whose changes are committed together at the end of the block, or not at all."""
        async with self._connection() as connection, AsyncSession(connection, expire_on_commit=False) as session:
            yield session
            await session.commit()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        async with self.engine.connect() as connection:
            if self._sqlite:
                # A reader that turns into a writer fails at once when another process wrote in between, whatever
                # the busy time-out; taking the write lock first waits instead.
                await connection.execution_options(write_lock_first=True)
            yield connection

    async def ping(self) -> None:
        """Ask the database for an answer; raises what its driver raises when there is none."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


def _share_sqlite(engine: AsyncEngine) -> None:
    """Set up SQLite so that several web and worker processes can use one file."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; on_begin does
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")  # safe against a crash of the process; fsync at checkpoints
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        first = connection.get_execution_options().get("write_lock_first", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if first else "BEGIN")
