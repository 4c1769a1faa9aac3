"""A student who sends events by hand, from many pages and sessions and over two processes, gets no more than others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlmodel import col, select

from coderunner_app.cookies import session_name
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.models import Role, Run
from coderunner_core.services.people import accounts, sessions
from tests import databases
from tests.eventually import eventually
from tests.faults.conftest import StartPlatform
from tests.faults.school import PROBLEM, SLOW, STATE, opened
from tests.instance import Instance
from tests.socket_client import Page

PAGES = 100
MINUTE_S = 60
ALLOWED = {"WEB_WORKERS": "2", "RUNS_PER_MINUTE": "5", "RUNS_PER_DAY": "50", "STARTED_RUNS_FACTOR": "3"}

pytestmark = pytest.mark.skipif(databases.POSTGRESQL, reason="what is counted is in Redis")


@asynccontextmanager
async def _pages(core: Core, instance: Instance, actor: Actor, count: int) -> AsyncIterator[list[Page]]:
    """So many pages of one person, half of them of another session; the kernel spreads them over the processes."""
    cookies = [f"{session_name(core.settings)}={await sessions.issue(actor, core)}" for _ in range(2)]
    pages = [Page(instance.origin, f"/problem/{PROBLEM}", cookies[n % 2]) for n in range(count)]
    try:
        for page in pages:
            await page.open(60)
        yield pages
    finally:
        await asyncio.gather(*(page.close() for page in pages), return_exceptions=True)


async def _ada(core: Core) -> Actor:
    return accounts.as_actor(await accounts.create_user(core, "ada.by-hand", "Ada", "a long password", Role.STUDENT))


async def _runs(core: Core) -> list[Run]:
    async with core.database.reading() as session:
        return list((await session.exec(select(Run).order_by(col(Run.created_at)))).all())


async def test_of_a_hundred_presses_over_two_processes_exactly_as_many_pass_as_allowed(platform: StartPlatform) -> None:
    """Each from a page of its own, all at once; the others say which limit it was and when it opens."""
    with platform(**ALLOWED) as instance:
        async with opened(instance) as core:
            ada = await _ada(core)
            async with _pages(core, instance, ada, PAGES) as pages:
                press = {"source": SLOW.format(seconds=0), "stdin": ""}
                await asyncio.gather(*(page.send(f"{STATE}.run_program", **press) for page in pages))

                async def answers() -> list[str] | None:
                    told = [str(page.get(STATE, "trouble")) for page in pages if page.get(STATE, "trouble")]
                    return told if len(told) > PAGES / 2 else None  # the others showed a run

                told = await eventually(answers, 60)
            assert len(await _runs(core)) == 5
            assert {("5 runs of this minute" in one, "possible in" in one) for one in told} == {(True, True)}


async def test_pressing_and_stopping_without_end_is_bounded(platform: StartPlatform) -> None:
    """Four pages press and stop as fast as they can: in no minute are more than fifteen started."""
    with platform(**ALLOWED) as instance:
        async with opened(instance) as core:
            ada = await _ada(core)
            async with _pages(core, instance, ada, 4) as pages:
                await asyncio.gather(*(_press_and_stop(page) for page in pages))
            moments = [run.created_at for run in await _runs(core)]
            for first in moments:
                within = [one for one in moments if 0 <= (one - first).total_seconds() < MINUTE_S - 1]
                assert len(within) <= 15
            assert len(moments) >= 5


async def _press_and_stop(page: Page) -> None:
    for _ in range(40):
        await page.send(f"{STATE}.run_program", source=SLOW.format(seconds=4), stdin="")
        await page.send(f"{STATE}.stop_program")
        await asyncio.sleep(0.2)  # below what one socket may send
