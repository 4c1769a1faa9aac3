"""How a database behaves that is slow, busy or away, and what its users see of that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from coderunner_core.database import Database, Patience
from coderunner_core.errors import StoreAway
from coderunner_core.models import User
from tests import databases
from tests.postgres import running_postgres
from tests.servers import free_port

IMPATIENT = Patience(statement_timeout_s=0.3, lock_timeout_s=0.3, pool_size=1, pool_overflow=0, pool_timeout_s=0.3)
on_postgresql = pytest.mark.skipif(not databases.POSTGRESQL, reason="PostgreSQL only: make test-postgres")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(databases.full_url_for(tmp_path))
    yield opened
    await opened.close()


@pytest.fixture
async def impatient(tmp_path: Path, database: Database) -> AsyncIterator[Database]:
    opened = Database(databases.full_url_for(tmp_path), IMPATIENT)
    yield opened
    await opened.close()


def ada() -> User:
    return User(name="ada", display_name="Ada", password_hash="-")


async def test_what_a_page_reads_is_one_moment(database: Database) -> None:
    """Two queries of one session agree, whatever others write in between."""
    count = select(func.count()).select_from(User)
    async with database.reading() as session:
        before = (await session.exec(count)).one()
        async with database.writing() as other:
            other.add(ada())
        assert (await session.exec(count)).one() == before
    async with database.reading() as session:
        assert (await session.exec(count)).one() == before + 1


async def test_who_waits_too_long_for_a_writer_is_told(database: Database, impatient: Database) -> None:
    """A row on PostgreSQL, the file on SQLite; the one who was first goes on."""
    async with database.writing() as session:
        session.add(ada())
        await session.flush()
        with pytest.raises(DBAPIError):
            async with impatient.writing() as other:
                other.add(ada())
    async with database.reading() as session:
        assert len((await session.exec(select(User))).all()) == 1


async def test_who_waits_too_long_for_a_connection_is_told(impatient: Database) -> None:
    """In words that a page may show."""
    async with impatient.reading() as session:
        await session.exec(select(User))
        with pytest.raises(StoreAway):
            async with impatient.reading() as other:
                await other.exec(select(User))


@on_postgresql
async def test_a_statement_that_takes_too_long_is_ended_and_the_connection_goes_on(impatient: Database) -> None:
    """By the server, so that it does not work for nobody."""
    with pytest.raises(DBAPIError, match="statement timeout"):
        async with impatient.reading() as session:
            await (await session.connection()).execute(text("SELECT pg_sleep(5)"))
    await impatient.ping()


@on_postgresql
async def test_a_server_that_restarts_quickly_is_not_noticed() -> None:
    """Connections that it dropped are replaced, and opening one is tried again."""
    with running_postgres() as server:
        database = Database(f"{server.url}/postgres", Patience(connect_retries=8))
        await database.ping()
        server.crash()
        asking = asyncio.create_task(_one(database))
        await asyncio.to_thread(server.start)
        assert await asking == 1
        await database.close()


async def _one(database: Database) -> int:
    async with database.reading() as session:
        return int((await (await session.connection()).execute(text("SELECT 1"))).scalar_one())


async def test_a_server_that_is_not_there_is_said_in_words() -> None:
    """After the retries, and not with a traceback."""
    database = Database(f"postgresql://ada@127.0.0.1:{free_port()}/school", Patience(connect_retries=1))
    with pytest.raises(StoreAway):
        await _one(database)
    await database.close()
