"""A schema in words, finer than what Alembic compares: defaults and the conditions of indexes are in it, too."""

from __future__ import annotations

from sqlalchemy import Connection, Inspector, inspect

from coderunner_core.database import Database

Schema = dict[str, list[str]]


async def described(database: Database) -> Schema:
    """Each table of a database with its columns, keys, references, constraints and indexes, in no order."""

    def describe(sync: Connection) -> Schema:
        seen = inspect(sync)
        return {table: sorted(_lines(seen, table)) for table in seen.get_table_names() if table != "alembic_version"}

    async with database.reading() as session:
        return await (await session.connection()).run_sync(describe)


def _lines(seen: Inspector, table: str) -> list[str]:
    lines = [f"key {seen.get_pk_constraint(table)['constrained_columns']}"]
    for column in seen.get_columns(table):
        null = "" if column["nullable"] else " NOT NULL"
        lines.append(f"column {column['name']} {column['type']!r}{null} DEFAULT {column['default']}")
    for key in seen.get_foreign_keys(table):
        lines.append(
            f"reference {key['constrained_columns']} {key['referred_table']} {key['referred_columns']} {key['options']}"
        )
    for unique in seen.get_unique_constraints(table):
        lines.append(f"unique {unique['column_names']}")
    for check in seen.get_check_constraints(table):
        lines.append(f"check {check['sqltext']}")
    for index in seen.get_indexes(table):
        condition = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
        lines.append(f"index {index['name']} {index['column_names']} unique={bool(index['unique'])} {condition}")
    return lines
