"""Talks to SQLite with one trip to its thread for a statement, where the plain driver makes four.

``aiosqlite`` gives each connection a thread and sends it every single call: make a cursor, execute, fetch, close; and a
transaction begins with a statement of its own. Each trip wakes two threads, which costs more than SQLite's answer. Here
a statement is executed, fetched and closed in one trip, and the ``BEGIN`` before it travels along.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Self

import aiosqlite

_CHUNK_ROWS = 64  # aiosqlite asks for it; all rows are fetched at once here
Parameters = Sequence[Any] | dict[str, Any]


def connect(*arguments: Any, **named: Any) -> Connection:
    """What SQLAlchemy's dialect is given as ``async_creator_fn``; arguments are those of ``sqlite3.connect``."""
    return Connection(partial(sqlite3.connect, *arguments, **named))


class Connection(aiosqlite.Connection):
    """A connection whose cursors live in its thread only while they work."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, _CHUNK_ROWS)
        self._thread.daemon = True  # as the dialect sees to for connections that it makes itself
        self._begin = ""
        self._begun = False

    def begin_with_next(self, statement: str) -> None:
        """Begin a transaction, as soon as there is something to do in it. No other way of beginning one is known here:
        what has not begun is neither committed nor undone.
        """
        self._begin = statement

    def cursor(self) -> Cursor:  # type: ignore[override]
        """One that has made no trip yet."""
        return Cursor(self)

    async def commit(self) -> None:
        """Keep what was done since the transaction began; when that cannot be kept, it is undone.

        SQLAlchemy takes a transaction whose commit failed for ended, which in SQLite it is not.
        """
        begun = self._begun
        self._end()
        if begun:
            await self._execute(_commit, self._conn)  # type: ignore[no-untyped-call]

    async def rollback(self) -> None:
        """Undo what was done since the transaction began."""
        begun = self._begun
        self._end()
        if begun:
            await super().rollback()

    async def work(self, work: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> Answer:
        """Do something in the connection's thread, inside the transaction that was to begin."""
        begin, self._begin = self._begin, ""
        if begin:  # from here on, not only when it is done: somebody who stops waiting for the answer rolls it back
            self._begun = True
        return await self._execute(_answer, self._conn, begin, work)  # type: ignore[no-any-return, no-untyped-call]

    def _end(self) -> None:
        self._begin, self._begun = "", False


class Answer:
    """What a statement left behind, copied out of the thread's cursor."""

    __slots__ = ("description", "lastrowid", "rowcount", "rows")

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self.description: Any = cursor.description
        self.rows: list[Any] = cursor.fetchall() if cursor.description else []
        self.rowcount = cursor.rowcount  # after the rows: a statement with RETURNING counts as it goes
        self.lastrowid = cursor.lastrowid


def _answer(connection: sqlite3.Connection, begin: str, work: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> Answer:
    if begin:
        connection.execute(begin)
    cursor = work(connection)
    try:
        return Answer(cursor)
    finally:
        cursor.close()


def _commit(connection: sqlite3.Connection) -> None:
    try:
        connection.commit()
    except sqlite3.Error:
        connection.rollback()
        raise


class Cursor:
    """As much of a cursor as SQLAlchemy asks for: one statement, all of its rows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1
        self._rows: list[Any] = []

    async def __aenter__(self) -> Self:
        """Ready at once."""
        return self

    async def execute(self, statement: str, parameters: Parameters = ()) -> Self:
        """Execute it and bring its rows."""
        self._take(await self._connection.work(lambda thread: thread.execute(statement, parameters)))
        return self

    async def executemany(self, statement: str, parameters: Iterable[Parameters]) -> Self:
        """Execute it once for each set of parameters."""
        self._take(await self._connection.work(lambda thread: thread.executemany(statement, parameters)))
        return self

    async def fetchall(self) -> list[Any]:
        """The rows that came with the answer."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """There is nothing to close: the thread's cursor was closed when it had answered."""

    def _take(self, answer: Answer) -> None:
        self.description, self.rowcount, self.lastrowid = answer.description, answer.rowcount, answer.lastrowid
        self._rows = answer.rows
