"""Opens each driver on an empty store of its own, and says how large it has become."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pymongo import AsyncMongoClient
from sqlalchemy import text

from coderunner_core import migrations
from coderunner_core.core import Core, open_core
from coderunner_core.results.mongodb import DATABASE
from coderunner_core.settings import load_settings
from tests.mongodb import running_mongodb
from tests.postgres import running_postgres
from tests.servers import RedisServer

DRIVERS = ("sqlite", "postgresql", "mongodb")
_TABLES = ("run", "execution_result")
# As it runs in earnest: what is committed is on the disk. The rest is what a small server of its own would have.
_POSTGRESQL = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "autovacuum": "on",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
}


@dataclass(frozen=True)
class Opened:
    """A platform without web and workers; ``mongodb_uri`` is empty where bodies are in SQL."""

    core: Core
    mongodb_uri: str
    size_bytes: Callable[[], Awaitable[int]]


@asynccontextmanager
async def opened(driver: str, redis: RedisServer) -> AsyncIterator[Opened]:
    """One of DRIVERS. MongoDB is the server of MONGODB_TEST_URI, or else the stand-in; its runs are in SQLite."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if driver == "postgresql":
            with running_postgres(options=_POSTGRESQL) as server:
                async with _core(folder, redis, database_url=f"{server.url}/postgres") as core:
                    yield Opened(core, "", lambda: _postgresql_bytes(core))
        elif driver == "mongodb":
            async with _mongodb() as uri:
                async with _core(folder, redis, result_store="mongodb", mongodb_uri=uri) as core:
                    yield Opened(core, uri, lambda: _mongodb_bytes(core, folder, uri))
        else:
            async with _core(folder, redis) as core:
                yield Opened(core, "", lambda: _sqlite_bytes(core, folder))


@asynccontextmanager
async def _core(folder: Path, redis: RedisServer, **settings: Any) -> AsyncIterator[Core]:
    unlimited = dict.fromkeys(
        (
            "runs_per_minute",
            "runs_per_day",
            "submissions_per_minute",
            "submissions_per_day",
            "sign_in_tries_per_ip",
            "queued_runs_per_user",
        ),
        1_000_000,
    )
    chosen = load_settings(
        data_dir=folder, redis_url=redis.url, max_queue_wait_s=1e9, _env_file=None, **unlimited, **settings
    )
    async with open_core(chosen) as core:
        await migrations.upgrade(core.database)
        yield core


@asynccontextmanager
async def _mongodb() -> AsyncIterator[str]:
    if real := os.environ.get("MONGODB_TEST_URI"):
        yield real
        return
    with running_mongodb() as server:
        yield server.uri


async def _postgresql_bytes(core: Core) -> int:
    async with core.database.reading() as session:
        connection = await session.connection()
        size_of = text("SELECT pg_total_relation_size(:name)")
        sizes = [(await connection.execute(size_of, {"name": name})).scalar_one() for name in _TABLES]
    return sum(sizes)


async def _mongodb_bytes(core: Core, folder: Path, uri: str) -> int:
    """The bodies with their indexes, and the rows beside them."""
    async with AsyncMongoClient[dict[str, Any]](uri) as client:
        said = await client[DATABASE].command("collStats", "execution_result")
    return int(said["storageSize"] + said["totalIndexSize"]) + await _sqlite_bytes(core, folder)


async def _sqlite_bytes(core: Core, folder: Path) -> int:
    """Everything in the folder, once what waits in the write-ahead log is in the database's own file."""
    async with core.database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return await asyncio.to_thread(lambda: sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()))
