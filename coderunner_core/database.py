"""Opens the SQL database: sessions that read, sessions that write, and what makes either kind safe to share.

SQLite lets one process write at a time, so ``writing()`` takes the write lock first and waits for it. PostgreSQL lets
many write at once: whoever reads before it writes takes a turn first, see ``coderunner_core/services/turns.py``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core import database_url, sqlite_driver
from coderunner_core.breaker import Circuit
from coderunner_core.errors import StoreAway
from coderunner_core.outages import is_outage
from coderunner_core.settings import Settings

log = logging.getLogger(__name__)

_FIRST_PAUSE_S = 0.1  # before a connection is tried again; twice as long each further time
_GUARDED_WAIT_S = 4  # for a lock or a connection, where a person waits for the answer
_LONG_S = 3600
_ANSWER_GRACE_S = 5  # the server ends a statement first and says why; we give up on a server that does not


@dataclass(frozen=True)
class Patience:
    """How many connections a process may hold, and how long anything may take. Settings.db_* say why."""

    pool_size: int = 10
    pool_overflow: int = 10
    pool_timeout_s: float = 10
    connect_timeout_s: float = 5
    connect_retries: int = 4
    statement_timeout_s: float = 15
    lock_timeout_s: float = 10
    recycle_s: int = 1800


class Database:
    """One engine. ``reading()`` sees a snapshot; ``writing()`` commits when its block ends without an error.

    Both raise StoreAway when no connection can be had. A ``guarded`` one is for a process people wait for: it waits
    shorter, and while the database is away it refuses at once. Reading and writing have a circuit each, since a locked
    SQLite or a standby can be read.
    """

    def __init__(self, url: str, patience: Patience | None = None, *, guarded: bool = False) -> None:
        self.given = url
        self._patience = patience or Patience()
        if guarded:
            self._patience = replace(
                self._patience,
                pool_timeout_s=min(self._patience.pool_timeout_s, _GUARDED_WAIT_S),
                lock_timeout_s=min(self._patience.lock_timeout_s, _GUARDED_WAIT_S),
            )
        self.went_away = asyncio.Event()  # set when a circuit opens; whoever waited for it clears it
        names = ("reading", "writing") if guarded else ()
        self._circuits = {name: Circuit(name, is_outage, self.went_away) for name in names}
        address = database_url.read(url)
        self.url = address.url
        self.is_sqlite = address.is_sqlite
        in_memory = self.is_sqlite and self.url.database in (None, "", ":memory:")
        options: dict[str, Any] = {} if in_memory else _pool(self._patience)
        if self.is_sqlite:
            options |= {"connect_args": {"async_creator_fn": sqlite_driver.connect}, "pool_pre_ping": False}  # a file
            if not in_memory:
                with contextlib.suppress(OSError):  # connecting says what is wrong
                    Path(str(self.url.database)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        else:
            options["connect_args"] = _postgresql(address.connect_args, self._patience)
        self.engine: AsyncEngine = create_async_engine(self.url, hide_parameters=True, **options)
        if self.is_sqlite:
            _share_sqlite(self.engine, self._patience.lock_timeout_s)
            self._readers = self.engine
        else:
            # Several queries of one page see the same moment, as they do in SQLite.
            self._readers = self.engine.execution_options(isolation_level="REPEATABLE READ")

    @asynccontextmanager
    async def reading(self, *, probe: bool = False) -> AsyncIterator[AsyncSession]:
        """A session for queries; whatever it changed is rolled back."""
        async with (
            self._guard("reading", probe),
            self._connected(self._readers) as connection,
            AsyncSession(connection, expire_on_commit=False) as session,
        ):
            yield session

    @asynccontextmanager
    async def writing(self, *, probe: bool = False) -> AsyncIterator[AsyncSession]:
        """A session whose changes are committed together at the end of the block, or not at all."""
        async with (
            self._guard("writing", probe),
            self._connected(self.engine) as connection,
            AsyncSession(connection, expire_on_commit=False) as session,
        ):
            if self.is_sqlite:
                # A reader that turns into a writer fails at once when another process wrote in between, whatever
                # the busy time-out; taking the write lock first waits instead.
                await connection.execution_options(write_lock_first=True)
            yield session
            await session.commit()

    @property
    def is_away(self) -> bool:
        """Whether a circuit is open; never, of a database that is not guarded."""
        return any(circuit.is_open for circuit in self._circuits.values())

    def give_up(self) -> None:
        """Open the circuits: somebody found out otherwise that the database is of no use now."""
        for circuit in self._circuits.values():
            circuit.trip()

    async def probe(self) -> None:
        """Ask for something and change something (nothing, in truth); raises StoreAway as long as that fails."""
        async with self.reading(probe=True) as session:
            await (await session.connection()).exec_driver_sql("SELECT 1")
        async with self.writing(probe=True) as session:
            # A real write: a full disk and a standby that is read-only begin transactions without complaint.
            await (await session.connection()).exec_driver_sql("UPDATE alembic_version SET version_num = version_num")

    def _guard(self, name: str, probe: bool) -> AbstractAsyncContextManager[None]:
        circuit = self._circuits.get(name)
        return circuit.guard(probe=probe) if circuit else contextlib.nullcontext()

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        connection = await self._connect(engine)
        try:
            yield connection
        finally:
            await asyncio.shield(connection.close())  # also when the handler was cancelled

    async def _connect(self, engine: AsyncEngine) -> AsyncConnection:
        """A connection that answers. Nothing was asked of it yet, so trying again cannot do anything twice."""
        pauses_s = [_FIRST_PAUSE_S * 2**n for n in range(self._patience.connect_retries)]
        for pause_s in (*pauses_s, None):
            try:
                return await engine.connect()
            except (DBAPIError, PoolTimeout, OSError) as error:  # the server restarts, or a standby takes over
                if pause_s is None or isinstance(error, (PoolTimeout, TimeoutError)) or self.is_away:
                    log.warning("no connection to the database", extra={"error": type(error).__name__})
                    raise StoreAway from error
                await asyncio.sleep(pause_s)
        raise AssertionError("the last round returns or raises")

    def unhurried(self) -> Database:
        """The same database with time for work that takes minutes, such as a change of the schema."""
        return Database(self.given, replace(self._patience, statement_timeout_s=_LONG_S, lock_timeout_s=_LONG_S))

    async def ping(self) -> None:
        """Ask the database for an answer; raises what its driver raises when there is none, and StoreAway while a
        circuit is open.
        """
        if self.is_away:
            raise StoreAway
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


def open_database(settings: Settings, *, guarded: bool = False) -> Database:
    """The database that the settings name."""
    return Database(
        settings.database,
        Patience(
            pool_size=settings.db_pool_size,
            pool_overflow=settings.db_pool_overflow,
            pool_timeout_s=settings.db_pool_timeout_s,
            connect_timeout_s=settings.db_connect_timeout_s,
            connect_retries=settings.db_connect_retries,
            statement_timeout_s=settings.db_timeout_s,
            lock_timeout_s=settings.db_lock_timeout_s,
            recycle_s=settings.db_recycle_s,
        ),
        guarded=guarded,
    )


def _pool(patience: Patience) -> dict[str, Any]:
    return {
        "pool_size": patience.pool_size,
        "max_overflow": patience.pool_overflow,
        "pool_timeout": patience.pool_timeout_s,
        "pool_recycle": patience.recycle_s,
        "pool_pre_ping": True,  # a connection that the server has dropped is replaced, not handed out
    }


def _postgresql(arguments: dict[str, Any], patience: Patience) -> dict[str, Any]:
    """What asyncpg's connect() is given."""
    server = {
        "application_name": "coderunner",
        "statement_timeout": str(round(patience.statement_timeout_s * 1000)),
        "lock_timeout": str(round(patience.lock_timeout_s * 1000)),
        # A process that hangs inside a transaction must not hold its locks for ever.
        "idle_in_transaction_session_timeout": str(round(2 * patience.statement_timeout_s * 1000)),
        "timezone": "UTC",
        "jit": "off",  # compiles a plan for longer than any query here runs
        **arguments.get("server_settings", {}),
    }
    return {
        **arguments,
        "timeout": patience.connect_timeout_s,
        "command_timeout": patience.statement_timeout_s + _ANSWER_GRACE_S,
        "server_settings": server,
    }


def _share_sqlite(engine: AsyncEngine, lock_timeout_s: float) -> None:
    """Set up SQLite so that several web and worker processes can use one file."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; on_begin does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={round(lock_timeout_s * 1000)}")  # before all that may have to wait
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")  # safe against a crash of the process; fsync at checkpoints
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        first = connection.get_execution_options().get("write_lock_first", False)
        connection.connection.driver_connection.begin_with_next("BEGIN IMMEDIATE" if first else "BEGIN")
