"""Stores very many rows at once, in the way in which each database is quickest: services would take an hour for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from coderunner_core.core import Core

_AT_ONCE = 100_000  # rows of one transaction


async def load(core: Core, table: Table, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Store these rows; its indexes, but for the primary key, are taken away meanwhile and built again afterwards."""
    async with core.database.writing() as session:
        connection = await session.connection()
        for index in table.indexes:
            await connection.run_sync(index.drop)
    ready = iter(map(_encoder(core, table, columns), rows))
    while batch := list(islice(ready, _AT_ONCE)):
        async with core.database.writing() as session:
            await _store(await session.connection(), table.name, columns, batch)
    async with core.database.writing() as session:
        connection = await session.connection()
        for index in table.indexes:
            await connection.run_sync(index.create)


async def _store(
    connection: AsyncConnection, table: str, columns: tuple[str, ...], batch: list[tuple[Any, ...]]
) -> None:
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" for _ in columns)
        await connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", batch)
        return
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    await connection.exec_driver_sql("SELECT 1")  # begins the transaction, which COPY then belongs to
    await driver.copy_records_to_table(table, columns=columns, records=batch)


def _encoder(core: Core, table: Table, columns: tuple[str, ...]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """What makes of a row what the driver stores, as the table's types would."""
    dialect = core.database.engine.dialect
    found = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns]
    needed = [(place, encode) for place, encode in enumerate(found) if encode is not None]

    def encoded(row: tuple[Any, ...]) -> tuple[Any, ...]:
        cells = list(row)
        for place, encode in needed:
            cells[place] = encode(cells[place])
        return tuple(cells)

    return encoded
