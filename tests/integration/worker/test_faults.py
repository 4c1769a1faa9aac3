"""Whatever dies, every accepted run ends in exactly one verdict, and progress is counted once. The faults are real."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind, RunStatus
from coderunner_core.core import Core
from coderunner_core.errors import Busy
from coderunner_core.models import Run
from coderunner_core.services.learning import progress
from coderunner_core.services.running import runs
from coderunner_core.services.views import RunView
from coderunner_core.settings import Settings
from tests import databases
from tests.eventually import eventually
from tests.servers import RedisServer

Start = Callable[..., "subprocess.Popen[bytes]"]
SOLUTION = next(Path("curriculum").glob("*/*/countdown/solution.py")).read_text()
SLOW = "print('begun', flush=True)\nimport time\ntime.sleep(1.5)\nprint('done')"


async def press(core: Core, ada: Actor, source: str, kind: RunKind = RunKind.RUN) -> RunView:
    return await runs.submit(ada, core, "countdown", kind, source, "")


async def all_finished(core: Core, within_s: float = 120) -> list[Run]:
    """Every run there is, once none is open any more."""

    async def look() -> list[Run] | None:
        async with core.database.reading() as session:
            found = list((await session.exec(select(Run).order_by(col(Run.created_at)))).all())
        return found if all(run.status == RunStatus.FINISHED for run in found) else None

    found = await eventually(look, within_s)
    assert isinstance(found, list)
    return found


async def begun(core: Core, ada: Actor, run: RunView) -> None:
    async def look() -> bool:
        return any("begun" in chunk.text for chunk in (await runs.view(ada, core, run.id)).chunks)

    await eventually(look)


async def worker_processes(supervisor: subprocess.Popen[bytes]) -> list[int]:
    async def look() -> list[int]:
        return [child.pid for child in psutil.Process(supervisor.pid).children()]

    found = await eventually(look)
    assert isinstance(found, list)
    return found


async def test_workers_killed_at_every_moment_of_a_submission_leave_one_verdict_each(
    core: Core, ada: Actor, start_worker: Start
) -> None:
    """From before the claim until after the end: solved every time, and counted once for each press."""
    supervisor = start_worker("start")
    await press(core, ada, SOLUTION, RunKind.SUBMIT)
    await all_finished(core)
    for n, delay_ms in enumerate((0, 5, 10, 20, 40, 80, 120)):
        await press(core, ada, SOLUTION, RunKind.SUBMIT)
        await asyncio.sleep(delay_ms / 1000)  # the moment of the kill is what is tried here
        for pid in await worker_processes(supervisor):
            os.kill(pid, signal.SIGKILL)
        finished = await all_finished(core)
        assert [run.outcome for run in finished] == ["accepted"] * (n + 2)
    mine = (await progress.for_user(ada, core))["countdown"]
    assert (mine.attempts, mine.status) == (8, "solved")


async def test_a_redis_that_restarts_with_its_data_loses_nothing(
    core: Core, ada: Actor, redis: RedisServer, start_worker: Start
) -> None:
    """One run is in a worker's hands, two wait."""
    start_worker("start")
    first = await press(core, ada, SLOW)
    for _ in range(2):
        await press(core, ada, "print('waited')")
    await begun(core, ada, first)
    redis.stop()
    redis.start()
    assert [run.outcome for run in await all_finished(core)] == ["ok"] * 3


async def test_a_redis_that_loses_everything_loses_no_run(
    core: Core, ada: Actor, redis: RedisServer, start_worker: Start
) -> None:
    """The rows are the truth; the sweeper queues them again."""
    start_worker("start")
    first = await press(core, ada, SLOW)
    for _ in range(2):
        await press(core, ada, "print('waited')")
    await begun(core, ada, first)
    redis.kill()
    for path in redis.folder.glob("appendonlydir/*"):
        path.unlink()
    redis.start()
    assert [run.outcome for run in await all_finished(core)] == ["ok"] * 3


async def test_without_redis_a_press_is_refused_in_words_and_nothing_is_left_open(
    core: Core, ada: Actor, redis: RedisServer
) -> None:
    """And works again when it is back."""
    redis.kill()
    with pytest.raises(Busy):
        await press(core, ada, "print(1)")
    assert await runs.latest(ada, core, "countdown") is None
    redis.start()
    await press(core, ada, "print(1)")


@pytest.mark.skipif(databases.POSTGRESQL, reason="locks a SQLite file")
async def test_a_database_that_is_away_when_a_program_ends_gets_its_verdict_later(
    core: Core, ada: Actor, settings: Settings, start_worker: Start
) -> None:
    """Another process holds the write lock for longer than the busy time-out; the program is not run again."""
    start_worker("start")
    run = await press(core, ada, SLOW)
    await begun(core, ada, run)
    holder = sqlite3.connect(settings.data_dir / "coderunner.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    await asyncio.sleep(14)  # longer than the busy time-out of ten seconds
    holder.execute("ROLLBACK")
    holder.close()
    (finished,) = await all_finished(core)
    assert (finished.outcome, finished.attempt) == ("ok", 1)


async def test_after_a_power_cut_the_next_start_takes_up_what_was_left(
    core: Core, ada: Actor, start_worker: Start
) -> None:
    """Supervisor and workers are gone in the same moment; nobody waits for a lease of ninety seconds."""
    supervisor = start_worker("start")
    run = await press(core, ada, SLOW)
    await begun(core, ada, run)
    children = await worker_processes(supervisor)
    for pid in (supervisor.pid, *children):
        os.kill(pid, signal.SIGKILL)
    supervisor.wait()
    start_worker("start")
    (finished,) = await all_finished(core, within_s=45)
    assert finished.outcome == "ok"


async def test_the_supervisor_may_die_too(core: Core, ada: Actor, start_worker: Start) -> None:
    """Its workers end with it, and the next one takes up what they had."""
    supervisor = start_worker("start")
    run = await press(core, ada, SLOW)
    await begun(core, ada, run)
    children = await worker_processes(supervisor)
    supervisor.kill()
    supervisor.wait()

    async def gone() -> bool:
        return not any(psutil.pid_exists(pid) for pid in children)

    await eventually(gone)
    start_worker("start")
    (finished,) = await all_finished(core)
    assert finished.outcome == "ok"
