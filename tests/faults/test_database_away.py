"""The database away for twenty seconds while people work: pages open, Run says why not, nothing accepted is lost."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from coderunner_app.state.curriculum import CurriculumState
from coderunner_app.state.session import SessionState
from coderunner_core import migrations
from coderunner_core.database import Database
from tests import databases
from tests.eventually import eventually
from tests.faults.conftest import StartPlatform
from tests.faults.school import PROBLEM, SLOW, STATE, WITHIN_S, Student, everything_is_right, opened, students
from tests.instance import Instance
from tests.postgres import running_postgres
from tests.socket_client import Page

AWAY_S = 20
ROUNDS = 2
PAGE_WITHIN_S = 10
AT_ONCE_S = 2  # on a busy machine; a time-out of the database takes longer
CURRICULUM = CurriculumState.get_full_name()
SESSION = SessionState.get_full_name()

pytestmark = pytest.mark.skipif(databases.POSTGRESQL, reason="these tests choose their databases themselves")


@dataclass
class Fault:
    """How a database goes away and comes back; ``readable``: it can be read meanwhile."""

    settings: dict[str, str]
    readable: bool
    begin: Callable[[Instance], None]
    end: Callable[[], None]


@contextmanager
def _locked_sqlite() -> Iterator[Fault]:
    """Another process holds the lock."""
    holders: list[sqlite3.Connection] = []

    def lock(instance: Instance) -> None:
        holder = sqlite3.connect(Path(instance.settings["DATA_DIR"]) / "coderunner.db", isolation_level=None, timeout=5)
        holder.execute("BEGIN EXCLUSIVE")
        holders.append(holder)

    def unlock() -> None:
        for holder in holders:
            holder.close()
        holders.clear()

    yield Fault({}, True, lock, unlock)
    unlock()


@contextmanager
def _stopped_postgresql() -> Iterator[Fault]:
    """The server is shut down, and started again."""
    with running_postgres(durable=True) as server:
        yield Fault({"DATABASE_URL": f"{server.url}/postgres"}, False, lambda _: server.stop(), lambda: server.start())


@pytest.mark.parametrize("kind", [_locked_sqlite, _stopped_postgresql], ids=["sqlite-locked", "postgresql-stopped"])
async def test_twenty_seconds_without_the_database(platform: StartPlatform, kind: Callable[[], object]) -> None:
    """Twice: accepted runs get their verdict, refused ones cost nothing, and pages go on without being loaded again."""
    with kind() as fault, platform(**fault.settings) as instance:  # type: ignore[attr-defined]
        async with opened(instance) as core, students(core, instance, 3) as school:
            for _ in range(ROUNDS):
                await _without_it(instance, school, fault)
            runs = await everything_is_right(core, instance)
            assert [run.outcome for run in runs] == ["ok"] * 3 * ROUNDS


async def _without_it(instance: Instance, school: list[Student], fault: Fault) -> None:
    ada, alan, grace = school
    await asyncio.gather(*(one.run(SLOW.format(seconds=4)) for one in (ada, alan)))
    assert [one.trouble for one in school] == [""] * 3
    away_until = time.monotonic() + AWAY_S
    fault.begin(instance)
    try:
        await grace.run()
        assert grace.trouble.startswith("Programs cannot be run just now.")
        began = time.monotonic()
        await grace.submit()
        assert grace.trouble.startswith("Programs cannot be run just now.")
        assert time.monotonic() - began < AT_ONCE_S
        await _pages_open(instance, grace, readable=fault.readable)
        await _draft_waits(grace)
        assert not await _is_ready(instance)
        await asyncio.sleep(max(0.0, away_until - time.monotonic()))
    finally:
        fault.end()
    assert [await one.ending() for one in (ada, alan)] == ["Finished"] * 2
    await eventually(lambda: _is_ready(instance), WITHIN_S)
    await _until_it_runs(grace)
    assert await grace.ending() == "Finished"


async def _pages_open(instance: Instance, who: Student, *, readable: bool) -> None:
    page = await Page(instance.origin, "/curriculum", who.page.cookie).open(PAGE_WITHIN_S)
    try:
        await page.until(lambda: bool(page.get(CURRICULUM, "ready")), PAGE_WITHIN_S)
        assert sum(group["total"] for group in page.get(CURRICULUM, "groups")) > 0
        assert (page.get(SESSION, "away") == "") == readable
    finally:
        await page.close()
    workspace = await Page(instance.origin, f"/problem/{PROBLEM}", who.page.cookie).open(PAGE_WITHIN_S)
    try:
        await workspace.until(lambda: bool(workspace.get(STATE, "ready")), PAGE_WITHIN_S)
        assert workspace.get(STATE, "problem")["id"] == PROBLEM
    finally:
        await workspace.close()


async def _draft_waits(who: Student) -> None:
    await who.page.send(f"{STATE}.save_draft", problem_id=PROBLEM, source="# typed", stdin="", serial=7)
    await who.page.until(lambda: (who.page.get(STATE, "saved") or {}).get("serial") == 7, PAGE_WITHIN_S)
    assert who.page.get(STATE, "saved")["again"] is True


async def _is_ready(instance: Instance) -> bool:
    answer = await asyncio.to_thread(httpx.get, f"{instance.origin}/health/ready", timeout=10)
    return answer.status_code == 200


async def _until_it_runs(who: Student) -> None:
    async def accepted() -> bool:
        await who.run()
        return not who.trouble

    await eventually(accepted, WITHIN_S)


async def test_a_web_that_starts_without_its_database_serves_pages_and_becomes_ready(platform: StartPlatform) -> None:
    """The open page hears by itself that the database is back."""
    with platform() as instance:
        async with opened(instance) as core, students(core, instance, 1) as school:
            cookie = school[0].page.cookie
            file = Path(instance.settings["DATA_DIR"]) / "coderunner.db"
            assert [instance.stop(name) for name in ("web", "workers")] == [0, 0]
            await core.database.close()
            file.rename(file.with_name("elsewhere"))
            file.mkdir()  # cannot be opened as a database, as when a disk is not mounted
            instance.start("web", "coderunner_app")
            await eventually(lambda: _alive(instance), WITHIN_S)
            assert not await _is_ready(instance)
            page = await Page(instance.origin, "/curriculum", cookie, reconnects=True).open()
            try:
                await page.until(lambda: bool(page.get(CURRICULUM, "ready")))
                assert (page.get(SESSION, "away") == "", page.get(CURRICULUM, "trouble")) == (False, "")
                file.rmdir()
                file.with_name("elsewhere").rename(file)
                await eventually(lambda: _is_ready(instance), WITHIN_S)
                await page.until(lambda: page.get(SESSION, "away") == "" and bool(page.get(SESSION, "signed_in")))
            finally:
                await page.close()


async def _alive(instance: Instance) -> bool:
    try:
        answer = await asyncio.to_thread(httpx.get, f"{instance.origin}/health", timeout=5)
    except httpx.HTTPError:
        return False
    return answer.status_code == 200


async def test_a_web_whose_schema_is_old_does_not_start(platform: StartPlatform, tmp_path: Path) -> None:
    """It says what to do, and ends with 1."""
    old = Database(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await migrations.upgrade(old, "0001")
    await old.close()
    with platform() as instance:
        instance.stop("web")
        instance.settings["DATABASE_URL"] = f"sqlite+aiosqlite:///{tmp_path}/old.db"
        instance.start("web", "coderunner_app")
        process = instance.processes.pop("web")
        assert await asyncio.to_thread(process.wait, 30) == 1
        assert "python -m coderunner_core db upgrade" in instance.log_of("web")
