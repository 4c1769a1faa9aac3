"""A disk that is full: database, results and long outputs lie on a small one, which is filled to the end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.eventually import eventually
from tests.faults.conftest import StartPlatform
from tests.faults.school import SLOW, STATE, WITHIN_S, Student, everything_is_right, opened, students

SIZE_MB = 24
FULL_S = 12
LONG = "print('begun', flush=True)\nimport time\ntime.sleep(4)\nprint('x' * 100_000)\n"

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root"),
    pytest.mark.skipif(databases.POSTGRESQL, reason="the disk is SQLite's"),
]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of SIZE_MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount a disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(disk: Path) -> Path:
    """Write until nothing more goes in."""
    ballast = disk / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        for size in (64 * 1024, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"\0" * size)
    return ballast


async def test_a_disk_that_is_full_for_a_while_loses_no_run(platform: StartPlatform, small_disk: Path) -> None:
    """Three times: what was accepted gets its verdict when there is room, presses meanwhile are refused in words."""
    with platform(DATA_DIR=str(small_disk)) as instance:
        async with opened(instance) as core, students(core, instance, 3) as school:
            ada, alan, grace = school
            for _ in range(3):
                await asyncio.gather(ada.run(SLOW.format(seconds=4)), alan.run(LONG))
                assert [ada.trouble, alan.trouble] == ["", ""]
                await eventually(lambda: _has_begun(ada, alan), WITHIN_S)
                ballast = _fill(small_disk)
                try:
                    await _is_refused(grace)
                    await asyncio.sleep(FULL_S)
                finally:
                    ballast.unlink()
                assert [await one.ending() for one in (ada, alan)] == ["Finished"] * 2
                await eventually(lambda: _runs_again(grace), WITHIN_S)
                assert await grace.ending() == "Finished"
            runs = await everything_is_right(core, instance)
            finished = [run.outcome for run in runs if run.user_id in (ada.user_id, alan.user_id)]
            assert finished == ["ok"] * 6


async def _has_begun(*who: Student) -> bool:
    return all(one.panel.get("status") == "running" for one in who)


async def _is_refused(who: Student) -> None:
    """SQLite may have room left in its log for a press or two: those are accepted, and end as all others."""

    async def refused() -> bool:
        await who.run(SLOW.format(seconds=0))
        if not who.trouble:
            await who.ending(120)
        return bool(who.trouble)

    await eventually(refused, 120)
    assert "cannot be" in who.trouble or "still running" in who.trouble, who.trouble


async def _runs_again(who: Student) -> bool:
    await who.page.send(f"{STATE}.look_again")
    await who.run()
    return not who.trouble
