"""What counts as a database that is away, tried on real SQLite files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from coderunner_core.database import Database
from coderunner_core.errors import StoreAway


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A guarded one with a table in it."""
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/file.db", guarded=True)
    async with opened.writing() as session:
        await (await session.connection()).exec_driver_sql("CREATE TABLE one (id INTEGER PRIMARY KEY)")
    yield opened
    await opened.close()


async def _write(database: Database, statement: str) -> None:
    async with database.writing() as session:
        await (await session.connection()).exec_driver_sql(statement)


async def test_a_file_that_cannot_be_opened_is_away(tmp_path: Path) -> None:
    """The folder is not there, as when a disk is not mounted."""
    (tmp_path / "folder").write_text("not a folder")
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/folder/file.db", guarded=True)
    with pytest.raises(StoreAway):
        await _write(database, "SELECT 1")
    await database.close()


async def test_a_full_disk_is_away_for_writing_only(database: Database) -> None:
    """SQLite is told that the file may not grow: it answers as on a full disk. Reading goes on."""
    async with database.writing() as session:
        await (await session.connection()).exec_driver_sql("PRAGMA max_page_count=1")  # of the one pooled connection
    for _ in range(3):
        with pytest.raises(StoreAway):
            await _write(database, "CREATE TABLE two (id INTEGER)")
    async with database.reading() as session:
        assert (await (await session.connection()).exec_driver_sql("SELECT count(*) FROM one")).scalar() == 0
    assert database.is_away


async def test_a_damaged_file_is_away(tmp_path: Path) -> None:
    """Whatever is in it is no database."""
    (tmp_path / "file.db").write_bytes(b"not a database" * 1000)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/file.db", guarded=True)
    with pytest.raises(StoreAway):
        await _write(database, "SELECT 1")
    await database.close()


async def test_a_statement_that_is_wrong_is_an_answer(database: Database) -> None:
    """As is one that breaks a rule of the table: both pass as they are, and close nothing."""
    for _ in range(5):
        with pytest.raises(OperationalError):
            await _write(database, "SELECT * FROM no_such_table")
    await _write(database, "INSERT INTO one VALUES (1)")
    for _ in range(5):
        with pytest.raises(IntegrityError):
            await _write(database, "INSERT INTO one VALUES (1)")
    assert not database.is_away
