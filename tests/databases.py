"""The one place where tests get a database from: a SQLite file, or with TEST_DATABASE=postgresql a real server's.

Each folder has a database of its own, copied from one that was migrated once in this process: migrating takes longer
than most tests. On PostgreSQL the same folder is always answered with the same database, and the server is started when
a test first asks for it.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from coderunner_core import migrations
from coderunner_core.database import Database
from tests.postgres import running_postgres

T = TypeVar("T")

POSTGRESQL = os.environ.get("TEST_DATABASE", "sqlite") == "postgresql"
_TEMPLATE = "migrated"


class _Server:
    """The server of this process, with the names of the databases that tests have made on it."""

    def __init__(self) -> None:
        self.url = ""
        self.made: set[str] = set()
        self._stack = ExitStack()

    def start(self) -> None:
        if not self.url:
            self.url = self._stack.enter_context(running_postgres()).url
            self.create(_TEMPLATE, "template0")
            _apart(lambda: _migrate(f"{self.url}/{_TEMPLATE}"))

    def create(self, name: str, template: str) -> None:
        _apart(lambda: _execute(self.url, f"CREATE DATABASE {name} TEMPLATE {template}"))

    def drop(self, name: str) -> None:
        _apart(lambda: _execute(self.url, f"DROP DATABASE {name} WITH (FORCE)"))
        self.made.discard(name)

    def stop(self) -> None:
        self._stack.close()
        self.url = ""


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
        return _url(folder, "template0" if empty else _TEMPLATE)
    path = folder / "coderunner.db"
    if not empty:
        put_sqlite(path)
    return f"sqlite+aiosqlite:///{path}"


def put_sqlite(path: Path) -> None:
    """Have a SQLite file with the newest schema at this path; one that is there already stays as it is."""
    if not path.exists():
        _file.copy_to(path)


def made() -> frozenset[str]:
    """The databases that there are on the server of this process."""
    return frozenset(_server.made)


def drop_all_but(kept: frozenset[str]) -> None:
    """Drop the databases that were made since ``made`` answered ``kept``."""
    for name in _server.made - kept:
        _server.drop(name)


def stop() -> None:
    """Stop the server, if one was started, and remove what databases are copied from."""
    _server.stop()
    _file.remove()


def _url(folder: Path, template: str) -> str:
    name = "test_" + hashlib.sha256(f"{folder.resolve()}\0{template}".encode()).hexdigest()[:24]
    _server.start()
    if name not in _server.made:
        _server.create(name, template)
        _server.made.add(name)
    return f"{_server.url}/{name}"


async def _migrate(url: str) -> None:
    database = Database(url)
    await migrations.upgrade(database)
    await database.close()


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(f"{url}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _apart(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Do it in a loop of another thread, so that tests with and without a loop may ask."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()
