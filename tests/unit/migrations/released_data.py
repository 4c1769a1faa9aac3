"""What earlier releases wrote, put back into a database of their schema as if it had been written today."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, DateTime, Integer, Table, text

from coderunner_core.database import Database
from tests.unit.migrations import rows

FOLDER = Path(__file__).parent / "releases"
RELEASES = sorted(path.stem for path in FOLDER.glob("*.json"))


async def load(database: Database, release: str) -> None:
    """Write the rows of a release into its tables, which are there and empty; moments keep their age."""
    saved = json.loads((FOLDER / f"{release}.json").read_text())
    age = datetime.now(UTC) - datetime.fromisoformat(saved["saved_at"])
    known = await rows.tables(database)
    async with database.writing() as session:
        connection = await session.connection()
        for table in known.sorted_tables:
            for row in saved["tables"][table.name]:
                await connection.execute(table.insert(), {n: _read(table.columns[n], v, age) for n, v in row.items()})
            if not database.is_sqlite and (serial := _serial(table)) is not None:
                # The rows came with their numbers; the next one goes on from there.
                await connection.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table.name}', '{serial}'),"
                         f" (SELECT coalesce(max({serial}), 1) FROM {table.name}))")
                )  # fmt: skip


def _serial(table: Table) -> str | None:
    keys = list(table.primary_key.columns)
    numbered = len(keys) == 1 and isinstance(keys[0].type, Integer) and not keys[0].foreign_keys
    return keys[0].name if numbered else None


def _read(column: Column[Any], value: Any, age: timedelta) -> Any:
    if not isinstance(column.type, DateTime) or value is None:
        return value
    moment = datetime.fromisoformat(value) + age
    return moment if column.type.timezone else moment.astimezone(UTC).replace(tzinfo=None)
