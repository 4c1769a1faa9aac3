"""Redis stopped and started under load, with and without its data: nobody reloads, nothing is lost, quotas stay."""

from __future__ import annotations

import asyncio

import pytest

from coderunner_app.state.curriculum import CurriculumState
from tests.eventually import eventually
from tests.faults.conftest import StartPlatform
from tests.faults.school import SLOW, WITHIN_S, Student, everything_is_right, opened, students
from tests.instance import Instance
from tests.socket_client import Page

CURRICULUM = CurriculumState.get_full_name()
ROUNDS = 3


@pytest.mark.parametrize("keeps", [True, False], ids=["with-its-data", "without-its-data"])
async def test_redis_that_goes_and_comes_back_loses_no_run_and_forgives_no_quota(
    keeps: bool, platform: StartPlatform
) -> None:
    """Three times in a row, with a program in each worker and one that waits; a press meanwhile is refused in words."""
    with platform() as instance:
        async with opened(instance) as core, students(core, instance, 4) as school:
            *working, grace = school
            for _ in range(ROUNDS):
                await asyncio.gather(*(one.run(SLOW.format(seconds=1)) for one in working))
                assert [one.trouble for one in working] == [""] * 3
                await asyncio.to_thread(_take_away, instance, keeps)
                await grace.run()
                assert grace.trouble.startswith("Programs cannot be run just now.")
                await _pages_open(instance, grace)
                await asyncio.to_thread(instance.redis.start)
                assert await asyncio.gather(*(one.ending() for one in working)) == ["Finished"] * 3
                await eventually(lambda: _runs(grace), WITHIN_S)
                assert await grace.ending() == "Finished"
            runs = await everything_is_right(core, instance)
            assert [run.outcome for run in runs] == ["ok"] * ROUNDS * 4


def _take_away(instance: Instance, keeps: bool) -> None:
    if keeps:
        instance.redis.stop()
        return
    instance.redis.kill()
    for path in instance.redis.folder.glob("appendonlydir/*"):
        path.unlink()


async def _pages_open(instance: Instance, who: Student) -> None:
    page = await Page(instance.origin, "/curriculum", who.page.cookie).open()
    try:
        await page.until(lambda: bool(page.get(CURRICULUM, "ready")))
        assert sum(group["total"] for group in page.get(CURRICULUM, "groups")) > 0
    finally:
        await page.close()


async def _runs(who: Student) -> bool:
    await who.run()
    return not who.trouble
