"""Writes rows past SQLAlchemy, by the fastest way that each database has: a million of them in half a minute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Table, text
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.core import Core

_AT_ONCE = 100_000  # rows of one transaction
_CACHE_KIB = 512 * 1024  # the indexes of a million runs fit in: pages are written once and not again and again


async def load(session: AsyncSession, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows (values in the order of the columns) within the session's transaction."""
    connection = await session.connection()
    await connection.execute(text("SELECT 1"))  # the transaction begins with the first statement that SQLAlchemy sees
    raw = (await connection.get_raw_connection()).driver_connection
    if raw is None:
        raise RuntimeError("the session has no connection")
    if connection.dialect.name == "postgresql":
        await raw.copy_records_to_table(table.name, records=rows, columns=columns)
        return
    await raw.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
    await raw.executemany(statement, ([_for_sqlite(value) for value in row] for row in rows))


async def load_apart(core: Core, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows in transactions of their own; its indexes, but for the primary key, are built when all are there."""
    async with core.database.writing() as session:
        connection = await session.connection()
        for index in table.indexes:
            await connection.run_sync(index.drop)
    left = iter(rows)
    while batch := list(islice(left, _AT_ONCE)):
        async with core.database.writing() as session:
            await load(session, table, columns, batch)
    async with core.database.writing() as session:
        connection = await session.connection()
        for index in table.indexes:
            await connection.run_sync(index.create)


def _for_sqlite(value: Any) -> Any:
    """Moments as SQLAlchemy keeps them there: in UTC, without saying so."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value
