"""One suite that every driver of the result store has to pass."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func
from sqlmodel import col, select

from coderunner_core.contract import Outcome, TestReport, Verdict
from coderunner_core.database import Database
from coderunner_core.models import StoredResult
from coderunner_core.results import ResultStore, SqlResultStore
from coderunner_core.results.mongodb import MongoResultStore
from coderunner_core.results.protocol import BATCH
from tests import databases
from tests.mongodb import running_mongodb

VERDICT = Verdict(
    Outcome.WRONG_ANSWER,
    score=40,
    tests=(TestReport("Example", Outcome.WRONG_ANSWER, visible=True, first_difference="line 1: …"),),
    stdout="né€ \x1b[31m",
    stderr="Traceback",
    exit_code=-9,
    cpu_ms=12,
    truncated=True,
)


@asynccontextmanager
async def sql_store(folder: Path, ttl_days: int) -> AsyncIterator[ResultStore]:
    database = Database(databases.full_url_for(folder))
    yield SqlResultStore(database, ttl_days)
    await database.close()


@asynccontextmanager
async def mongodb_store(uri: str, ttl_days: int) -> AsyncIterator[ResultStore]:
    store = MongoResultStore(uri, ttl_days, database=f"test_{secrets.token_hex(6)}")
    await store.open()
    yield store
    await store.close()


MANY = 2 * BATCH + 1
DRIVERS = ["sql", "mongodb", *(["MONGODB_TEST_URI"] if "MONGODB_TEST_URI" in os.environ else [])]


@pytest.fixture(scope="module")
def mongodb() -> Iterator[str]:
    """The address of a stand-in: not a MongoDB, but a real client talks to it over a real socket."""
    with running_mongodb() as server:
        yield server.uri


@asynccontextmanager
async def opened(request: pytest.FixtureRequest, folder: Path, ttl_days: int) -> AsyncIterator[ResultStore]:
    if request.param == "sql":
        chosen = sql_store(folder, ttl_days)
    else:
        chosen = mongodb_store(os.environ.get(request.param) or request.getfixturevalue("mongodb"), ttl_days)
    async with chosen as store:
        yield store


@pytest.fixture(params=DRIVERS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ResultStore]:
    async with opened(request, tmp_path, ttl_days=7) as one:
        yield one


@pytest.fixture(params=DRIVERS)
async def expiring(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ResultStore]:
    """A store in which everything is too old as soon as it is written."""
    async with opened(request, tmp_path, ttl_days=0) as one:
        yield one


async def test_what_was_put_is_read_back_as_pending(store: ResultStore) -> None:
    """Source and input to the byte."""
    await store.put_pending("r1", "print('né€')\r\n", "3\n")
    body = await store.get("r1")
    assert body is not None
    assert (body.source, body.stdin, body.verdict) == ("print('né€')\r\n", "3\n", None)


async def test_a_verdict_is_read_back_equal(store: ResultStore) -> None:
    """Every field, also of the tests."""
    await store.put_pending("r1", "x", "")
    assert await store.finish("r1", VERDICT) is True
    body = await store.get("r1")
    assert body is not None
    assert body.verdict == VERDICT


async def test_the_first_verdict_stays(store: ResultStore) -> None:
    """A second one is refused and changes nothing."""
    await store.put_pending("r1", "x", "")
    await store.finish("r1", VERDICT)
    assert await store.finish("r1", Verdict(Outcome.ACCEPTED, score=100)) is False
    body = await store.get("r1")
    assert body is not None
    assert body.verdict == VERDICT


async def test_putting_twice_keeps_the_first(store: ResultStore) -> None:
    """A repeated call is harmless, also after the verdict."""
    await store.put_pending("r1", "first", "")
    await store.finish("r1", VERDICT)
    await store.put_pending("r1", "second", "")
    body = await store.get("r1")
    assert body is not None
    assert (body.source, body.verdict) == ("first", VERDICT)


async def test_what_is_not_there_is_none(store: ResultStore) -> None:
    """Neither an error nor an invention."""
    assert await store.get("nothing") is None
    assert await store.finish("nothing", VERDICT) is False


async def test_what_has_expired_is_gone_before_it_is_purged(expiring: ResultStore) -> None:
    """And the purge says how many it deleted, once."""
    await expiring.put_pending("r1", "x", "")
    assert (await expiring.get("r1"), await expiring.present(["r1"])) == (None, set())
    assert await expiring.purge() == 1
    assert await expiring.purge() == 0


async def test_the_purge_spares_what_is_young(store: ResultStore) -> None:
    """Seven days are seven days."""
    await store.put_pending("r1", "x", "")
    assert await store.purge() == 0
    assert await store.get("r1") is not None


async def test_many_bodies_are_read_at_once(store: ResultStore) -> None:
    """By run id; what is not there is left out, and more ids than fit into one statement are no matter."""
    await store.put_pending("r1", "one", "")
    await store.put_pending("r2", "two", "")
    await store.finish("r2", VERDICT)
    found = await store.get_many(["r2", "nothing", "r1", *(f"n{n}" for n in range(1_000))])
    assert {run_id: (body.source, body.verdict) for run_id, body in found.items()} == {
        "r1": ("one", None),
        "r2": ("two", VERDICT),
    }


async def test_no_ids_give_no_bodies(store: ResultStore) -> None:
    """An empty page asks nothing."""
    assert (await store.get_many([]), await store.present([]), await store.delete_many([])) == ({}, set(), 0)


async def test_bodies_are_deleted_for_good(store: ResultStore) -> None:
    """Those that were named and no others; it says how many there were."""
    for run_id in ("r1", "r2", "r3"):
        await store.put_pending(run_id, "x", "")
    await store.keep(["r1"])
    assert await store.delete_many(["r1", "r3", "nothing"]) == 2
    assert await store.present(["r1", "r2", "r3"]) == {"r2"}


async def test_what_is_kept_does_not_expire(store: ResultStore) -> None:
    """Neither hidden nor purged, however old."""
    await store.put_pending("r1", "x", "")
    await store.expire(["r1"], datetime.now(UTC) - timedelta(seconds=1))
    assert await store.get("r1") is None
    assert await store.keep(["r1", "nothing"]) == 1
    assert await store.get("r1") is not None
    assert await store.purge() == 0


async def test_what_is_kept_no_longer_expires_when_told(store: ResultStore) -> None:
    """Not before the moment that was said."""
    await store.put_pending("r1", "x", "")
    await store.keep(["r1"])
    assert await store.expire(["r1", "nothing"], datetime.now(UTC) + timedelta(hours=1)) == 1
    assert await store.purge() == 0
    await store.expire(["r1"], datetime.now(UTC) - timedelta(seconds=1))
    assert (await store.get("r1"), await store.purge()) == (None, 1)


async def test_a_large_body_is_kept_whole(store: ResultStore) -> None:
    """The largest program and input that the settings allow, with the largest verdict that is stored."""
    source, output = "x" * (4 * 1024 * 1024), "é" * (3 * 1024 * 1024)
    await store.put_pending("r1", source, "")
    await store.finish("r1", Verdict(Outcome.OK, stdout=output))
    body = await store.get("r1")
    assert body is not None
    assert body.verdict is not None
    assert (body.source == source, body.verdict.stdout == output) == (True, True)


async def test_a_purge_of_many_goes_in_batches(tmp_path: Path) -> None:
    """All of them go, and none is counted twice. (SQL; test_mongodb.py has the other.)"""
    database = Database(databases.full_url_for(tmp_path))
    await put_many(database, in_days(-1))
    assert await SqlResultStore(database, 7).purge() == MANY
    await database.close()


async def test_a_shorter_time_counts_for_what_is_there_a_batch_a_transaction(tmp_path: Path) -> None:
    """Nobody waits behind a million rows; what is kept stays kept. (SQL; of MongoDB it is the index that changes.)"""
    database = Database(databases.full_url_for(tmp_path))
    await put_many(database, in_days(30))
    store = SqlResultStore(database, 7)
    await store.keep(["r0"])
    changed: list[int] = []
    event.listen(database.engine.sync_engine, "after_cursor_execute", lambda *said: changed.append(said[1].rowcount))
    assert await store.purge() == 0
    later = select(func.count()).select_from(StoredResult).where(col(StoredResult.expires_at) > in_days(8))
    async with database.reading() as session:
        assert (await session.exec(later)).one() == 0
    assert ([rows for rows in changed if rows > 1], await store.present(["r0"])) == ([BATCH, BATCH], {"r0"})
    await database.close()


async def put_many(database: Database, expires_at: datetime) -> None:
    async with database.writing() as session:
        session.add_all(StoredResult(run_id=f"r{n}", source="x", expires_at=expires_at) for n in range(MANY))


def in_days(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)
