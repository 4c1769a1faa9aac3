"""Web processes that are killed or told to stop while people work: their pages go on with what is left."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import time
from pathlib import Path

import psutil
from sqlmodel import select

from coderunner_core.models import Draft
from tests.eventually import eventually
from tests.faults.conftest import StartPlatform
from tests.faults.school import PROBLEM, SLOW, STATE, WITHIN_S, Student, everything_is_right, opened, students
from tests.instance import Instance

STOPPED_WITHIN_S = 20


def _web_processes(instance: Instance) -> list[psutil.Process]:
    return psutil.Process(instance.processes["web"].pid).children()


def _pages_of(process: psutil.Process) -> int:
    """How many websockets a web process holds."""
    try:
        return sum(one.status == psutil.CONN_ESTABLISHED for one in process.net_connections("tcp") if one.laddr)
    except psutil.NoSuchProcess:
        return 0


async def test_when_a_web_process_is_killed_its_pages_get_their_results_from_the_other(platform: StartPlatform) -> None:
    """Three times in a row, with programs running: nobody reloads, everybody reads the end of their program."""
    with platform(WEB_WORKERS="2", WORKER_CONCURRENCY_EXECUTION="3") as instance:
        async with opened(instance) as core, students(core, instance, 6) as school:
            for _ in range(3):
                await asyncio.gather(*(one.run(SLOW.format(seconds=1)) for one in school))
                assert [one.trouble for one in school] == [""] * 6
                busiest = max(_web_processes(instance), key=_pages_of)
                os.kill(busiest.pid, signal.SIGKILL)
                assert await asyncio.gather(*(one.ending() for one in school)) == ["Finished"] * 6

                async def both_are_there() -> bool:
                    return len(_web_processes(instance)) == 2

                await eventually(both_are_there, WITHIN_S)
            runs = await everything_is_right(core, instance)
            assert [run.outcome for run in runs] == ["ok"] * 18


async def test_a_web_that_is_told_to_stop_ends_in_time_and_pages_go_on_with_the_next(platform: StartPlatform) -> None:
    """Exit code 0, with pages open and a program running; its end is read from the process that comes after."""
    with platform() as instance:
        async with opened(instance) as core, students(core, instance, 3) as school:
            for _ in range(3):
                await asyncio.gather(*(one.run(SLOW.format(seconds=2)) for one in school))
                began = time.monotonic()
                code = await asyncio.to_thread(instance.stop, "web")
                assert (code, time.monotonic() - began < STOPPED_WITHIN_S) == (0, True)
                instance.start("web", "coderunner_app")
                assert await asyncio.gather(*(one.ending() for one in school)) == ["Finished"] * 3
            assert len(await everything_is_right(core, instance)) == 9


async def test_a_web_that_is_told_to_stop_finishes_the_event_in_hand(platform: StartPlatform) -> None:
    """A draft waits for the database when the signal comes: it is saved before the process ends."""
    with platform() as instance:
        database = Path(instance.settings["DATA_DIR"]) / "coderunner.db"
        if not database.exists():
            return  # the test holds SQLite's lock
        async with opened(instance) as core, students(core, instance, 1) as school:
            ada = school[0]
            holder = sqlite3.connect(database, isolation_level=None)
            holder.execute("BEGIN IMMEDIATE")
            await ada.page.send(
                f"{STATE}.save_draft", problem_id=PROBLEM, source="# in the last second", stdin="", serial=1
            )
            await asyncio.sleep(0.5)  # until the handler waits for the lock, which nothing outside can see
            stopping = asyncio.create_task(asyncio.to_thread(instance.stop, "web"))
            await asyncio.sleep(0.5)
            holder.execute("ROLLBACK")
            holder.close()
            assert await stopping == 0
            assert await _draft_of(ada, core) == "# in the last second"


async def _draft_of(student: Student, core) -> str:  # type: ignore[no-untyped-def]
    async with core.database.reading() as session:
        row = (await session.exec(select(Draft).where(Draft.user_id == student.user_id))).first()
    return row.source if row else ""
