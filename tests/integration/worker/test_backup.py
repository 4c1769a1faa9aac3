"""A backup made while runs are being written, and an installation that starts from it."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis
from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind, RunStatus
from coderunner_core.core import Core, open_core
from coderunner_core.models import Run, StoredResult, UserProgress
from coderunner_core.services.people import accounts
from coderunner_core.services.running import runs
from coderunner_core.settings import Settings
from tests import databases
from tests.eventually import eventually

Start = Callable[..., "subprocess.Popen[bytes]"]
SOLUTION = next(Path("curriculum").glob("*/*/countdown/solution.py")).read_text()
pytestmark = pytest.mark.skipif(databases.POSTGRESQL, reason="the embedded set-up is SQLite")


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "DATA_DIR": str(settings.data_dir)}


async def command(environment: dict[str, str], *words: str) -> str:
    """What an operator types, while everything else goes on."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "coderunner_core", *words),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


async def press_until(done: asyncio.Event, core: Core, ada: Actor) -> None:
    """Submissions and runs without a pause."""
    n = 0
    while not done.is_set():
        n += 1
        await runs.submit(ada, core, "countdown", RunKind.RUN, f"print({n})", "")
        await runs.submit(ada, core, "countdown", RunKind.SUBMIT, SOLUTION, "")


async def finished(core: Core, at_least: int) -> set[str]:
    async def look() -> set[str]:
        async with core.database.reading() as session:
            statement = select(Run.id).where(Run.status == RunStatus.FINISHED)
            found = set((await session.exec(statement)).all())
        return found if len(found) >= at_least else set()

    found = await eventually(look)
    assert isinstance(found, set)
    return found


async def test_a_backup_in_the_middle_of_runs_is_one_moment_and_can_be_started(
    core: Core, ada: Actor, settings: Settings, environment: dict[str, str], start_worker: Start, tmp_path: Path
) -> None:
    """Row for row what there was; counted is what was graded; and the next program runs."""
    start_worker("start")
    done = asyncio.Event()
    pressing = asyncio.create_task(press_until(done, core, ada))
    before = await finished(core, 20)
    said = await command(environment, "backup", str(tmp_path / "school.tar.gz"))
    done.set()
    await pressing
    assert "Saved 1 files" in said
    await command(environment, "restore", str(tmp_path / "school.tar.gz"), "--into", str(tmp_path / "restored"))

    restored = settings.model_copy(update={"data_dir": tmp_path / "restored"})
    assert _rows(restored) <= _rows(settings)
    async with open_core(restored) as again:
        async with again.database.reading() as session:
            graded = select(Run).where(Run.kind == RunKind.SUBMIT, Run.status == RunStatus.FINISHED)
            counted = (await session.exec(select(UserProgress))).one().attempts
            kept = set((await session.exec(select(Run.id).where(Run.status == RunStatus.FINISHED))).all())
            bodies = set(
                (
                    await session.exec(select(StoredResult.run_id).where(col(StoredResult.verdict_json).is_not(None)))
                ).all()
            )
            assert counted == len((await session.exec(graded)).all())
        assert before <= kept <= bodies
        who = await accounts.sign_in(again, "ada", "correct horse", ip="10.0.0.1")
        assert (await runs.view(who, again, next(iter(before)))).status == "finished"


def _rows(settings: Settings) -> set[tuple[object, ...]]:
    """What does not change any more: accounts, finished runs and their bodies."""
    with sqlite3.connect(settings.data_dir / "coderunner.db") as opened:
        return {
            *opened.execute("SELECT 'user', * FROM user_account"),
            *opened.execute("SELECT 'run', * FROM run WHERE status = 'finished'"),
            *opened.execute("SELECT 'body', * FROM execution_result WHERE verdict_json IS NOT NULL"),
        }


async def test_workers_take_up_what_was_waiting_when_the_backup_was_made(
    core: Core, ada: Actor, settings: Settings, environment: dict[str, str], start_worker: Start, tmp_path: Path
) -> None:
    """The machine burned; a new one, with an empty Redis, is started from the file."""
    run = await runs.submit(ada, core, "countdown", RunKind.RUN, "print('after the fire')", "")
    await command(environment, "backup", str(tmp_path / "school.tar.gz"))
    await command(environment, "restore", str(tmp_path / "school.tar.gz"), "--into", str(tmp_path / "restored"))
    await core.database.close()
    for path in settings.data_dir.glob("coderunner.db*"):
        path.unlink()
    (tmp_path / "restored" / "coderunner.db").rename(settings.data_dir / "coderunner.db")
    with Redis.from_url(settings.redis_url) as client:
        client.flushall()
    async with open_core(settings) as again:
        start_worker("start")

        async def look() -> str:
            seen = await runs.view(ada, again, run.id)
            return seen.stdout if seen.status == "finished" else ""

        assert await eventually(look) == "after the fire\n"
