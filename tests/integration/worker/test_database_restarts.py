"""A database goes away in the middle of two hundred runs, twice: none is lost, none is counted twice.

SQLite and PostgreSQL each in the run of the tests that is theirs; MongoDB, which holds the bodies only, beside SQLite.
"""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import col, func, select

from coderunner_core import migrations
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.core import Core, open_core
from coderunner_core.models import Run
from coderunner_core.services.learning import progress
from coderunner_core.services.running import runs
from coderunner_core.settings import Settings
from tests import databases
from tests.eventually import eventually
from tests.mongodb import MongoServer, running_mongodb
from tests.postgres import PostgresServer, running_postgres

Start = Callable[..., "subprocess.Popen[bytes]"]
SOLUTION = next(Path("curriculum").glob("*/*/countdown/solution.py")).read_text()
RUNS = 200
SUBMIT_EVERY = 5
AWAY_S = (12.0, 3.0)  # longer than any time-out here, and shorter
WHICH = ["postgresql"] if databases.POSTGRESQL else ["sqlite", "mongodb"]
Server = PostgresServer | MongoServer


class Outage:
    """A database that a test can take away and bring back."""

    async def begin(self, crash: bool) -> None: ...

    async def end(self) -> None: ...


class ServerOutage(Outage):
    """The server is crashed, or stopped as its administrator would."""

    def __init__(self, server: Server) -> None:
        self._server = server

    async def begin(self, crash: bool) -> None:
        await asyncio.to_thread(self._server.crash if crash else self._server.stop)

    async def end(self) -> None:
        await asyncio.to_thread(self._server.start)


class LockedFile(Outage):
    """Another process has the file to itself."""

    def __init__(self, path: Path) -> None:
        self._holder = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)

    async def begin(self, crash: bool) -> None:
        await asyncio.to_thread(self._holder.execute, "BEGIN EXCLUSIVE")

    async def end(self) -> None:
        self._holder.execute("ROLLBACK")


@pytest.fixture(params=WHICH)
def server(request: pytest.FixtureRequest) -> Iterator[Server | None]:
    """A server of this test's own: it is taken away from nobody else. None for a file."""
    if request.param == "sqlite":
        yield None
        return
    with running_mongodb() if request.param == "mongodb" else running_postgres(durable=True) as running:
        yield running


@pytest.fixture
def settings(settings: Settings, server: Server | None) -> Settings:
    """With the database that goes away."""
    if isinstance(server, PostgresServer):
        return settings.model_copy(update={"database_url": f"{server.url}/postgres"})
    if isinstance(server, MongoServer):
        return settings.model_copy(update={"result_store": "mongodb", "mongodb_uri": SecretStr(server.uri)})
    return settings


@pytest.fixture
async def core(settings: Settings) -> AsyncIterator[Core]:
    async with open_core(settings) as opened:
        await migrations.upgrade(opened.database)
        yield opened


async def insist(work: Callable[[], Awaitable[object]]) -> object:
    """As a student does: pressing again until it is accepted."""
    while True:
        try:
            return await work()
        except Exception:
            await asyncio.sleep(0.1)


async def press_all(core: Core, ada: Actor) -> dict[str, str]:
    """Press two hundred times; what each accepted run has to print (nothing for submissions)."""
    expected: dict[str, str] = {}
    for n in range(RUNS):
        kind = RunKind.SUBMIT if n % SUBMIT_EVERY == 0 else RunKind.RUN
        source = SOLUTION if kind is RunKind.SUBMIT else f"print({n})"
        run = await insist(lambda: runs.submit(ada, core, "countdown", kind, source, ""))  # noqa: B023 - awaited here
        expected[run.id] = "" if kind is RunKind.SUBMIT else f"{n}\n"
    return expected


async def finished_at_least(core: Core, count: int) -> None:
    async def look() -> bool:
        statement = select(func.count()).select_from(Run).where(Run.status == RunStatus.FINISHED)
        async with core.database.reading() as session:
            return (await session.exec(statement)).one() >= count

    await eventually(look, 120)


async def all_runs(core: Core) -> list[Run]:
    """Every run there is, once none is open any more."""

    async def look() -> list[Run] | None:
        async with core.database.reading() as session:
            found = list((await session.exec(select(Run).order_by(col(Run.created_at)))).all())
        return found if all(run.status == RunStatus.FINISHED for run in found) else None

    found = await eventually(look, 180)
    assert isinstance(found, list)
    return found


async def test_a_database_that_restarts_in_the_middle_of_two_hundred_runs_loses_and_doubles_none(
    core: Core, ada: Actor, settings: Settings, server: Server | None, start_worker: Start
) -> None:
    """Accepted means: it ends once, with its own output. A press that was refused leaves nothing that counts."""
    outage = ServerOutage(server) if server else LockedFile(settings.data_dir / "coderunner.db")
    start_worker("start")
    pressing = asyncio.create_task(press_all(core, ada))
    for n, away_s in enumerate(AWAY_S):
        await finished_at_least(core, 40 * (n + 1))
        await outage.begin(crash=n == 0)
        await asyncio.sleep(away_s)  # the length of the outage is what is tried here
        await outage.end()
    expected = await pressing
    found = {run.id: run for run in await all_runs(core)}
    assert set(expected) <= set(found)
    assert Counter(found[run_id].outcome for run_id in expected) == {"ok": 160, "accepted": 40}
    said = {run_id: await core.results.get(run_id) for run_id, text in expected.items() if text}
    assert {run_id: body.verdict.stdout for run_id, body in said.items() if body and body.verdict} == {
        run_id: text for run_id, text in expected.items() if text
    }
    graded = [run for run in found.values() if run.kind == RunKind.SUBMIT and run.outcome == Outcome.ACCEPTED]
    assert (await progress.for_user(ada, core))["countdown"].attempts == len(graded)
