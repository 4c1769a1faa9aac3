"""What only the MongoDB driver has: an index that deletes, an account of its own, and a server that can go away."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pymongo import AsyncMongoClient
from pymongo.errors import OperationFailure

from coderunner_core.contract import Outcome, Verdict
from coderunner_core.errors import StoreAway
from coderunner_core.results.mongodb import DATABASE, EXPIRES_FROM, MongoResultStore
from coderunner_core.results.protocol import BATCH
from tests.eventually import eventually
from tests.mongodb import DELETE_EXPIRED_NOW, MongoServer, running_mongodb
from tests.servers import free_port

MANY = 2 * BATCH + 1
DAY_S = 86_400
TTL_ROUND_S = 150  # a real server looks once a minute
DONE = Verdict(Outcome.OK, stdout="done")


@pytest.fixture(scope="module")
def standing() -> Iterator[MongoServer]:
    """One that stays, for tests that do not take it away."""
    with running_mongodb() as server:
        yield server


@pytest.fixture
def server() -> Iterator[MongoServer]:
    """One that a test may stop and crash."""
    with running_mongodb() as running:
        yield running


@pytest.fixture(params=["stand-in", *(["MONGODB_TEST_URI"] if "MONGODB_TEST_URI" in os.environ else [])])
def uri(request: pytest.FixtureRequest, standing: MongoServer) -> str:
    return os.environ.get(request.param, standing.uri)


@pytest.fixture
async def database(uri: str) -> AsyncIterator[Any]:
    """A database of this test's own, seen past the driver."""
    async with AsyncMongoClient[dict[str, Any]](uri, tz_aware=True) as client:
        name = f"test_{secrets.token_hex(6)}"
        yield client[name]
        await client.drop_database(name)


@asynccontextmanager
async def opened(uri: str, name: str = DATABASE, **settings: Any) -> AsyncIterator[MongoResultStore]:
    store = MongoResultStore(uri, settings.pop("ttl_days", 7), name, **{"timeout_s": 4, **settings})
    try:
        await store.open()
        yield store
    finally:
        await store.close()


async def ttl_of(database: Any) -> dict[str, Any]:
    indexes = {one["name"]: one async for one in await database["execution_result"].list_indexes()}
    return {name: one["expireAfterSeconds"] for name, one in indexes.items() if name != "_id_"}


async def test_the_index_follows_the_setting(uri: str, database: Any) -> None:
    """Made at the first start, changed in place by a start with other days, as the server itself tells it."""
    for days in (7, 7, 30):
        async with opened(uri, database.name, ttl_days=days):
            assert await ttl_of(database) == {f"{EXPIRES_FROM}_ttl": days * DAY_S}


async def test_processes_that_start_at_once_make_one_index(uri: str, database: Any) -> None:
    """Workers of several hosts, on an empty database."""

    async def start() -> None:
        async with opened(uri, database.name):
            pass

    await asyncio.gather(*(start() for _ in range(8)))
    assert list(await ttl_of(database)) == [f"{EXPIRES_FROM}_ttl"]


async def test_the_server_deletes_what_has_expired_and_nothing_that_is_kept(uri: str, database: Any) -> None:
    """By itself, with nobody of ours about."""
    async with opened(uri, database.name) as store:
        for run_id in ("old", "kept", "young"):
            await store.put_pending(run_id, "x", "")
        await store.expire(["old"], datetime.now(UTC) - timedelta(minutes=1))
        await store.expire(["kept"], datetime.now(UTC) - timedelta(minutes=1))
        await store.keep(["kept"])

    async def is_gone() -> bool:
        try:  # the stand-in can be told not to wait for its minute
            await database.client.admin.command(DELETE_EXPIRED_NOW)
        except OperationFailure:
            await asyncio.sleep(1)
        return not await database["execution_result"].count_documents({"_id": "old"})

    await eventually(is_gone, TTL_ROUND_S)
    assert {one["_id"] async for one in database["execution_result"].find()} == {"kept", "young"}


@pytest.mark.parametrize(
    "question", [{"_id": {"$in": ["a", "b"]}}, {EXPIRES_FROM: {"$lte": datetime(2026, 3, 10, tzinfo=UTC)}}], ids=str
)
async def test_what_is_asked_of_it_goes_by_an_index(uri: str, database: Any, question: dict[str, Any]) -> None:
    """A page's bodies, and what the hourly round deletes."""
    async with opened(uri, database.name) as store:
        await store.put_pending("a", "x", "")
        plan = await database["execution_result"].find(question).explain()
    assert "COLLSCAN" not in str(plan["queryPlanner"]["winningPlan"])


async def test_a_purge_of_many_goes_in_batches(uri: str, database: Any) -> None:
    """All of them go, and none is counted twice."""
    async with opened(uri, database.name) as store:
        old = datetime.now(UTC) - timedelta(days=8)
        await database["execution_result"].insert_many({"_id": f"r{n}", EXPIRES_FROM: old} for n in range(MANY))
        assert await store.purge() == MANY


async def test_what_was_acknowledged_outlives_a_crash(server: MongoServer) -> None:
    """Killed between two breaths: each program and each verdict that was answered for is there."""
    async with opened(server.uri) as store:
        for n in range(50):
            await store.put_pending(f"r{n}", f"print({n})", "")
            assert await store.finish(f"r{n}", DONE)
        await asyncio.to_thread(server.crash)
        await asyncio.to_thread(server.start)
        found = await store.get_many([f"r{n}" for n in range(50)])
    assert {one.source for one in found.values() if one.verdict == DONE} == {f"print({n})" for n in range(50)}


async def test_a_server_that_is_stopped_is_away_and_comes_back(server: MongoServer) -> None:
    """In words that a page may show, and without a restart of ours."""
    async with opened(server.uri, timeout_s=1) as store:
        await store.put_pending("r1", "x", "")
        await asyncio.to_thread(server.stop)
        for ask in (store.get("r1"), store.present(["r1"]), store.put_pending("r2", "x", ""), store.purge()):
            with pytest.raises(StoreAway):
                await ask
        await asyncio.to_thread(server.start)
        assert await store.get("r1") is not None


async def test_a_server_that_hangs_is_away_after_the_time_out(server: MongoServer) -> None:
    """It holds its connections and says nothing; without a limit, who asked would wait for ever."""
    async with opened(server.uri, timeout_s=0.5) as store:
        await store.put_pending("r1", "x", "")
        assert server.process is not None
        server.process.send_signal(signal.SIGSTOP)
        try:
            with pytest.raises(StoreAway):
                await asyncio.wait_for(store.finish("r1", DONE), 20)
        finally:
            server.process.send_signal(signal.SIGCONT)
        assert await eventually(lambda: _answers(store), 20)


async def _answers(store: MongoResultStore) -> bool:
    try:
        return await store.get("r1") is not None
    except StoreAway:
        return False


async def test_a_start_while_it_is_away_catches_up_later() -> None:
    """The web and the workers start; the index is there once the server is."""
    with running_mongodb() as server:
        await asyncio.to_thread(server.stop)
        async with opened(server.uri, timeout_s=1) as store:
            await asyncio.to_thread(server.start)
            await store.put_pending("r1", "x", "")
            async with AsyncMongoClient[dict[str, Any]](server.uri) as client:
                assert await ttl_of(client[DATABASE]) == {f"{EXPIRES_FROM}_ttl": 7 * DAY_S}


async def test_an_address_where_nobody_is_stops_no_start() -> None:
    """And every question says that it is away."""
    async with opened(f"mongodb://127.0.0.1:{free_port()}/", timeout_s=0.5) as store:
        with pytest.raises(StoreAway):
            await store.get("r1")


async def test_an_account_with_the_role_of_the_docs_is_enough_and_a_wrong_password_stops_the_start(
    server: MongoServer,
) -> None:
    """The right to read and write the one database: for the collection, its index and every body."""
    async with AsyncMongoClient[dict[str, Any]](server.uri) as client:
        await client[DATABASE].command("createUser", "coderunner", pwd="a password", roles=["readWrite"])
    await asyncio.to_thread(server.stop)
    await asyncio.to_thread(server.start, "--auth")
    own = server.uri.replace("mongodb://", "mongodb://coderunner:a%20password@") + f"&authSource={DATABASE}"
    for days in (7, 30):
        async with opened(own, ttl_days=days) as store:
            await store.put_pending(f"r{days}", "x", "")
            assert await store.finish(f"r{days}", DONE)
            await store.keep([f"r{days}"])
            assert await store.purge() == 0
    with pytest.raises(OperationFailure, match=r"[Aa]uthentication"):
        async with opened(own.replace("a%20password", "guessed")):
            pass
