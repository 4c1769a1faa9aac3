"""SQLite's driver: one trip to its thread for a statement, and transactions that end as they should."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.database import Database, Patience
from coderunner_core.sqlite_driver import Connection

# A hundred thousand rows, made one after the other.
_SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 100000"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """With one table, and patience for a test."""
    opened = Database(f"sqlite:///{tmp_path}/file.db", Patience(pool_size=1, pool_overflow=1, lock_timeout_s=0.05))
    async with opened.writing() as session:
        await _do(session, "CREATE TABLE word (word TEXT PRIMARY KEY)")
    yield opened
    await opened.close()


async def _do(session: AsyncSession, statement: str) -> list[tuple[object, ...]]:
    result = await (await session.connection()).exec_driver_sql(statement)
    return [tuple(row) for row in result.all()] if result.returns_rows else []


async def _write(database: Database, *statements: str) -> None:
    async with database.writing() as session:
        for statement in statements:
            await _do(session, statement)


async def _words(database: Database) -> list[object]:
    async with database.reading() as session:
        return [word for (word,) in await _do(session, "SELECT word FROM word ORDER BY word")]


class _Counted(Connection):
    """Counts the trips to its thread."""

    trips = 0

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        self.trips += 1
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]


async def _counted() -> _Counted:
    connection = _Counted(lambda: sqlite3.connect(":memory:", isolation_level=None))
    await connection
    return connection


async def test_a_statement_its_begin_and_its_rows_are_one_trip() -> None:
    """The reason why this driver is there."""
    connection = await _counted()
    before = connection.trips
    connection.begin_with_next("BEGIN")
    cursor = await connection.cursor().execute("SELECT 1 UNION SELECT 2")
    rows = await cursor.fetchall()
    await cursor.close()
    trips = connection.trips - before
    await connection.close()
    assert (rows, trips) == ([(1,), (2,)], 1)


async def test_a_transaction_in_which_nothing_was_asked_makes_no_trip() -> None:
    """There is nothing to commit, nor to undo."""
    connection = await _counted()
    before = connection.trips
    connection.begin_with_next("BEGIN")
    await connection.rollback()
    await connection.commit()
    trips = connection.trips - before
    await connection.close()
    assert trips == 0


async def test_what_was_written_is_there_after_the_commit(database: Database) -> None:
    """The plain case."""
    async with database.writing() as session:
        await _do(session, "INSERT INTO word VALUES ('ada')")
    assert await _words(database) == ["ada"]


async def test_what_was_written_before_an_error_is_undone(database: Database) -> None:
    """All of a block or nothing of it."""
    with pytest.raises(IntegrityError):
        await _write(database, "INSERT INTO word VALUES ('ada')", "INSERT INTO word VALUES ('ada')")
    assert await _words(database) == []


async def test_rows_of_a_writing_statement_come_with_it(database: Database) -> None:
    """RETURNING is read to its end within the trip, so every row is written."""
    async with database.writing() as session:
        written = await _do(session, "INSERT INTO word VALUES ('ada'), ('alan') RETURNING word")
    assert written == [("ada",), ("alan",)]


async def test_a_statement_that_changes_rows_says_how_many(database: Database) -> None:
    """Services decide by it whether they were first."""
    async with database.writing() as session:
        await _do(session, "INSERT INTO word VALUES ('ada'), ('alan')")
    async with database.writing() as session:
        changed = await (await session.connection()).exec_driver_sql("UPDATE word SET word = word || '!'")
        assert changed.rowcount == 2


async def test_a_commit_that_fails_is_undone_and_the_connection_serves_again(database: Database) -> None:
    """A deferred rule breaks at the commit only; the transaction must not stay open behind it."""
    async with database.writing() as session:
        await _do(session, "CREATE TABLE line (word TEXT REFERENCES word DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(IntegrityError):
        await _write(database, "INSERT INTO line VALUES ('of nobody')")
    async with database.writing() as session:
        await _do(session, "INSERT INTO word VALUES ('ada')")
    assert await _words(database) == ["ada"]


async def test_whoever_stops_waiting_leaves_no_transaction_behind(database: Database) -> None:
    """Cancelled while the statement travels: it is undone, and the next writer is not kept out."""
    begun = asyncio.Event()

    async def write() -> None:
        async with database.writing() as session:
            await _do(session, "INSERT INTO word VALUES ('ada')")
            begun.set()
            await _do(
                session, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 300000"
            )

    writer = asyncio.create_task(write())
    await begun.wait()
    await asyncio.sleep(0)  # its second statement is on its way
    writer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writer
    async with database.writing() as session:
        await _do(session, "INSERT INTO word VALUES ('alan')")
    assert await _words(database) == ["alan"]


async def test_a_lock_that_is_not_given_is_told_and_the_connection_serves_again(database: Database) -> None:
    """BEGIN IMMEDIATE fails together with the first statement; nothing of it was done."""
    async with database.writing() as holder:
        await _do(holder, "INSERT INTO word VALUES ('ada')")
        with pytest.raises(OperationalError, match="locked"):
            await _write(database, "INSERT INTO word VALUES ('alan')")
    assert await _words(database) == ["ada"]
