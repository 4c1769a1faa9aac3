"""The one place where tests get a database from: a SQLite file, or with TEST_DATABASE=postgresql a real server's.

Each folder has a database of its own, copied from one that was migrated once in this process: migrating takes longer
than most tests. On PostgreSQL the same folder is always answered with the same database, and the server is started when
a test first asks for it; what one test is done with is cleared and given to another.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import sqlalchemy as sa
from sqlmodel import SQLModel

from coderunner_core import migrations
from coderunner_core.database import Database
from tests.postgres import running_postgres

T = TypeVar("T")

POSTGRESQL = os.environ.get("TEST_DATABASE", "sqlite") == "postgresql"
_TEMPLATE = "migrated"
_EMPTY = "template0"
# Rows go without looking at foreign keys, numbers begin at one again: a tenth of the time of another database.
_CLEAR = """
DO $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        PERFORM setval(format('%I', name)::regclass, 1, false);
    END LOOP;
END $$
"""
_SEND_AWAY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_REUSED_AT_MOST = 100  # what was deleted stays in the files


class _Server:
    """The server of this process, with the names of the databases that tests have made on it."""

    def __init__(self) -> None:
        self.url = ""
        self.given: dict[tuple[Path, str], str] = {}  # the name of each folder's database, and what it was copied from
        self._clean: list[str] = []  # migrated, without a row, nobody's
        self._uses: Counter[str] = Counter()
        self._stack = ExitStack()

    def start(self) -> None:
        if not self.url:
            self.url = self._stack.enter_context(running_postgres()).url
            self.create(_TEMPLATE, _EMPTY)
            _apart(lambda: _migrate(f"{self.url}/{_TEMPLATE}"))

    def give(self, folder: Path, template: str) -> str:
        name = self._clean.pop() if template == _TEMPLATE and self._clean else ""
        if not name:
            name = f"test_{secrets.token_hex(8)}"
            self.create(name, template)
        self._uses[name] += 1
        self.given[folder, template] = name
        return name

    def take_back(self, folder: Path, template: str) -> None:
        """Clear it for another test; drop it when it is worn, or was given empty and may hold anything."""
        name = self.given.pop((folder, template))
        if template == _TEMPLATE and self._uses[name] < _REUSED_AT_MOST:
            _apart(lambda: _execute(self.url, name, _SEND_AWAY, _CLEAR))
            self._clean.append(name)
        else:
            _apart(lambda: _execute(self.url, "postgres", f"DROP DATABASE {name} WITH (FORCE)"))

    def create(self, name: str, template: str) -> None:
        _apart(lambda: _execute(self.url, "postgres", f"CREATE DATABASE {name} TEMPLATE {template}"))

    def stop(self) -> None:
        self._stack.close()
        self.url = ""
        self.given.clear()
        self._clean.clear()


class _SqliteFile:
    """A SQLite file with the newest schema, made when it is first wanted."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def copy_to(self, path: Path) -> None:
        if self._folder is None:
            folder = Path(tempfile.mkdtemp(prefix="coderunner-sqlite-"))
            _apart(lambda: _migrate(f"sqlite+aiosqlite:///{folder / _TEMPLATE}"))
            self._folder = folder
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._folder / _TEMPLATE, path)

    def remove(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


_server = _Server()
_file = _SqliteFile()


def url_for(folder: Path) -> str:
    """DATABASE_URL of this folder's database with the newest schema; empty: the default, SQLite in DATA_DIR."""
    return _url(folder, _TEMPLATE) if POSTGRESQL else ""


def full_url_for(folder: Path, *, empty: bool = False) -> str:
    """As url_for, with the address of the SQLite file written out. ``empty``: a database without any table."""
    if POSTGRESQL:
        return _url(folder, _EMPTY if empty else _TEMPLATE)
    path = folder / "coderunner.db"
    if not empty:
        put_sqlite(path)
    return f"sqlite+aiosqlite:///{path}"


def put_sqlite(path: Path) -> None:
    """Have a SQLite file with the newest schema at this path; one that is there already stays as it is."""
    if not path.exists():
        _file.copy_to(path)


def given() -> frozenset[tuple[Path, str]]:
    """What folders have a database of on the server of this process."""
    return frozenset(_server.given)


def take_back_all_but(kept: frozenset[tuple[Path, str]]) -> None:
    """Have the databases back that were given since ``given`` answered ``kept``."""
    for folder, template in _server.given.keys() - kept:
        _server.take_back(folder, template)


def stop() -> None:
    """Stop the server, if one was started, and remove what databases are copied from."""
    _server.stop()
    _file.remove()


def _url(folder: Path, template: str) -> str:
    _server.start()
    folder = folder.resolve()
    return f"{_server.url}/{_server.given.get((folder, template)) or _server.give(folder, template)}"


async def stored(database: Database) -> dict[str, list[str]]:
    """All rows of each table, as texts to search and to compare."""
    async with database.reading() as session:
        connection = await session.connection()  # a session of SQLModel's would read one column
        return {
            table.name: sorted(map(repr, (await connection.execute(sa.select(table))).all()))
            for table in SQLModel.metadata.sorted_tables
        }


async def _migrate(url: str) -> None:
    database = Database(url)
    await migrations.upgrade(database)
    await database.close()


async def _execute(url: str, name: str, *statements: str) -> None:
    connection = await asyncpg.connect(f"{url}/{name}")
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def _apart(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Do it in a loop of another thread, so that tests with and without a loop may ask."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()
