"""Fills whatever tables there are with rows, and reads them back, so that steps are tried with data in the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, DateTime, Integer, MetaData, Table, select

from coderunner_core.database import Database

Rows = dict[str, list[dict[str, Any]]]
_NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
_ROWS = 3


async def tables(database: Database) -> MetaData:
    """The tables as the database has them now, without Alembic's own."""

    def reflect(sync: Connection) -> MetaData:
        found = MetaData()
        found.reflect(sync, only=lambda name, _: name != "alembic_version")
        return found

    async with database.reading() as session:
        return await (await session.connection()).run_sync(reflect)


async def fill(database: Database, known: MetaData, first: int = 1) -> None:
    """Three more rows in every table, parents before children; ``first`` keeps them apart from earlier ones."""
    keys: dict[tuple[str, int], Any] = {}
    async with database.writing() as session:
        connection = await session.connection()
        for table in known.sorted_tables:
            for number in range(first, first + _ROWS):
                parents = {
                    column.name: keys[key.column.table.name, number]
                    for column in table.columns
                    for key in column.foreign_keys
                }
                values = {column.name: _value(column, number) for column in _to_fill(table)} | parents
                inserted = await connection.execute(table.insert().values(values))
                keys[table.name, number] = inserted.inserted_primary_key[0]


async def read(database: Database, known: MetaData) -> Rows:
    """Everything that is in these columns of these tables, in the order of the keys."""
    found: Rows = {}
    async with database.reading() as session:
        connection = await session.connection()
        for table in known.sorted_tables:
            result = await connection.execute(select(table).order_by(*table.primary_key.columns))
            found[table.name] = [dict(row) for row in result.mappings()]
    return found


def _to_fill(table: Table) -> list[Column[Any]]:
    """A serial key counts by itself, as it does when the application writes."""
    keys = list(table.primary_key.columns)
    serial = keys[0] if len(keys) == 1 and not keys[0].foreign_keys and isinstance(keys[0].type, Integer) else None
    return [column for column in table.columns if column is not serial]


def _value(column: Column[Any], number: int) -> object:
    """A value that this column takes and that differs from row to row."""
    if isinstance(column.type, JSON):
        return [f"level-{number}"]
    if isinstance(column.type, Boolean):
        return number % 2 == 0
    if isinstance(column.type, DateTime):
        moment = _NOON + timedelta(hours=number)
        return moment if column.type.timezone else moment.replace(tzinfo=None)
    if isinstance(column.type, Integer):
        return number
    return f"{column.name}-{number}"[: getattr(column.type, "length", None) or 200]
