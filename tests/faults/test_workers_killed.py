"""All workers killed at once, in each phase of a run, again and again: one verdict each, and nobody reloads."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal

import psutil
import pytest

from tests.eventually import eventually
from tests.faults.conftest import StartPlatform
from tests.faults.school import SLOW, WITHIN_S, Student, everything_is_right, opened, students
from tests.instance import Instance

ROUNDS = 3
SHORT_S = 0.3


@pytest.mark.parametrize("phase", ["taken", "runs", "ends"])
async def test_workers_that_are_killed_leave_one_verdict_each(phase: str, platform: StartPlatform) -> None:
    """When the run was just pressed, while its program runs, and while its verdict is stored and announced."""
    with platform() as instance:
        async with opened(instance) as core, students(core, instance, 3) as school:
            ada, alan, grace = school
            for _ in range(ROUNDS):
                source = SLOW.format(seconds=SHORT_S if phase == "ends" else 1)
                await asyncio.gather(ada.run(source), alan.run(source), grace.submit())
                assert [one.trouble for one in school] == [""] * 3
                await _until(phase, ada)
                _kill_workers(instance)
                endings = await asyncio.gather(*(one.ending(120) for one in school))
                assert endings == ["Finished", "Finished", "Solved"]
            runs = await everything_is_right(core, instance)
            assert sorted(str(run.outcome) for run in runs) == ["accepted"] * ROUNDS + ["ok"] * ROUNDS * 2


async def _until(phase: str, who: Student) -> None:
    async def runs() -> bool:
        return who.panel.get("status") == "running" or not who.panel.get("active")

    if phase != "taken":
        await eventually(runs, WITHIN_S)
    if phase == "ends":
        await asyncio.sleep(SHORT_S)  # the moment of the kill is what is tried here


def _kill_workers(instance: Instance) -> None:
    for process in psutil.Process(instance.processes["workers"].pid).children():
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
