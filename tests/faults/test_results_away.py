"""A MongoDB with the bodies of results stopped and crashed while people work: the database is there all the while."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from tests import databases
from tests.eventually import eventually
from tests.faults.conftest import StartPlatform
from tests.faults.school import PROBLEM, SLOW, STATE, WITHIN_S, Student, everything_is_right, opened, students
from tests.mongodb import MongoServer, running_mongodb
from tests.socket_client import Page

ROUNDS = 2
AT_ONCE_S = 2  # on a busy machine; a time-out of the server takes twice as long

pytestmark = pytest.mark.skipif(databases.POSTGRESQL, reason="one database is enough for what happens beside it")


@pytest.fixture
def mongodb() -> Iterator[MongoServer]:
    with running_mongodb() as server:
        yield server


@pytest.mark.parametrize("how", ["stop", "crash"])
async def test_a_result_store_that_goes_and_comes_back_loses_no_run(
    how: str, mongodb: MongoServer, platform: StartPlatform
) -> None:
    """Twice: what runs is stored when it is back, presses are refused at once, pages open and say how runs ended."""
    with platform(RESULT_STORE="mongodb", MONGODB_URI=mongodb.uri) as instance:
        async with opened(instance) as core, students(core, instance, 3) as school:
            ada, alan, grace = school
            await grace.run()
            assert await grace.ending() == "Finished"
            for _ in range(ROUNDS):
                await asyncio.gather(*(one.run(SLOW.format(seconds=2)) for one in (ada, alan)))
                assert [ada.trouble, alan.trouble] == ["", ""]
                await eventually(lambda: _begun(ada, alan), WITHIN_S)
                await asyncio.to_thread(getattr(mongodb, how))
                await _is_refused(grace)
                began = time.monotonic()
                await _is_refused(grace)
                assert time.monotonic() - began < AT_ONCE_S
                await _page_opens(instance.origin, grace)
                await asyncio.to_thread(mongodb.start)
                assert [await one.ending() for one in (ada, alan)] == ["Finished"] * 2
                await eventually(lambda: _runs(grace), WITHIN_S)
                assert await grace.ending() == "Finished"
            runs = await everything_is_right(core, instance)
            assert [run.outcome for run in runs] == ["ok"] * (1 + ROUNDS * 3)


async def _begun(*who: Student) -> bool:
    return all(one.panel.get("status") == "running" for one in who)


async def _is_refused(who: Student) -> None:
    await who.run()
    assert who.trouble.startswith("Programs cannot be run just now.")


async def _page_opens(origin: str, who: Student) -> None:
    page = await Page(origin, f"/problem/{PROBLEM}", who.page.cookie).open()
    try:
        await page.until(lambda: bool((page.get(STATE, "run_panel") or {}).get("label")))
        panel = page.get(STATE, "run_panel")
        assert (panel["label"], "cannot be read just now" in panel["explanation"]) == ("Finished", True)
    finally:
        await page.close()


async def _runs(who: Student) -> bool:
    await who.run()
    return not who.trouble
