"""Students at work on a whole platform, whose pages reconnect as browsers do, and what must hold after every fault."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis
from sqlmodel import col, select

from coderunner_app.cookies import session_name
from coderunner_app.state.problem import ProblemState
from coderunner_core import passwords
from coderunner_core.contract import NOT_A_TRY, Outcome, RunKind, RunStatus
from coderunner_core.core import Core, open_core
from coderunner_core.models import Role, Run, User, UserProgress
from coderunner_core.quotas import RedisQuotas
from coderunner_core.services.people import accounts, sessions
from coderunner_core.settings import load_settings
from tests.eventually import eventually
from tests.instance import Instance
from tests.socket_client import Page

PROBLEM = "countdown"
WITHIN_S = 60
STATE = ProblemState.get_full_name()
SOLUTION = next(Path("curriculum").glob(f"*/*/{PROBLEM}/solution.py")).read_text()
SLOW = "print('begun', flush=True)\nimport time\ntime.sleep({seconds})\nprint('done')\n"


@dataclass
class Student:
    """Somebody with the workspace of one problem open."""

    user_id: int
    page: Page

    @property
    def panel(self) -> dict[str, Any]:
        return self.page.get(STATE, "run_panel") or {}

    @property
    def trouble(self) -> str:
        return self.page.get(STATE, "trouble") or ""

    async def run(self, source: str = "print('done')") -> None:
        """Press Run, and wait for the page to show the run or to say why not."""
        await self._press("run_program", source=source, stdin="")

    async def submit(self, source: str = SOLUTION) -> None:
        """Press Submit, the same way."""
        await self._press("submit_program", source=source)

    async def _press(self, handler: str, **payload: str) -> None:
        before = self.panel.get("id")
        await self.page.send(f"{STATE}.dismiss")
        await self.page.until(lambda: not self.trouble)
        await self.page.send(f"{STATE}.{handler}", **payload)
        await self.page.until(lambda: self.panel.get("id") != before or bool(self.trouble), WITHIN_S)

    async def ending(self, within_s: float = WITHIN_S) -> str:
        """What the page says when the run is over."""
        await self.page.until(lambda: bool(self.panel.get("label")) and not self.panel.get("active"), within_s)
        return str(self.panel["label"])


@asynccontextmanager
async def opened(instance: Instance) -> AsyncIterator[Core]:
    """A Core beside the instance, to make accounts and to look."""
    values = {name.lower(): value for name, value in instance.settings.items() if value}
    async with open_core(load_settings(_env_file=None, **values)) as core:
        yield core


@asynccontextmanager
async def students(core: Core, instance: Instance, count: int) -> AsyncIterator[list[Student]]:
    """So many students at their pages, for the length of a block."""
    hashed = await passwords.hash_new("a long password")
    async with core.database.writing() as session:
        users = [
            User(name=f"student{time.monotonic_ns()}-{n}"[-40:], display_name=f"Student {n}", role=Role.STUDENT,
                 password_hash=hashed)
            for n in range(count)
        ]  # fmt: skip
        session.add_all(users)
    found = []
    try:
        for user in users:
            actor = accounts.as_actor(user)
            cookie = f"{session_name(core.settings)}={await sessions.issue(actor, core)}"
            page = Page(instance.origin, f"/problem/{PROBLEM}", cookie, reconnects=True)
            found.append(Student(actor.user_id, await page.open()))
        yield found
    finally:
        for student in found:
            await student.page.close()


async def everything_is_right(core: Core, instance: Instance, within_s: float = 120) -> list[Run]:
    """Every accepted run is final with one verdict, counted once, and quotas hold what was used; the runs by age."""

    async def all_final() -> list[Run] | None:
        async with core.database.reading() as session:
            runs = list((await session.exec(select(Run).order_by(col(Run.created_at)))).all())
        return runs if all(run.status == RunStatus.FINISHED for run in runs) else None

    runs = await eventually(all_final, within_s) if await _any(core) else []
    assert [run.id for run in runs if run.outcome is None] == []
    for run in runs:
        body = await core.results.get(run.id)
        assert body is None or body.verdict is None or body.verdict.outcome == run.outcome, run.id
    await _progress_is_right(core, runs)
    await eventually(lambda: _quotas_are_right(core, instance, runs), 30)
    return runs


async def _any(core: Core) -> bool:
    async with core.database.reading() as session:
        return (await session.exec(select(Run.id).limit(1))).first() is not None


async def _progress_is_right(core: Core, runs: list[Run]) -> None:
    tries: dict[int, int] = {}
    for run in runs:
        if run.kind == RunKind.SUBMIT and Outcome(run.outcome or "") not in NOT_A_TRY:
            tries[run.user_id] = tries.get(run.user_id, 0) + 1
    async with core.database.reading() as session:
        counted = {row.user_id: row.attempts for row in (await session.exec(select(UserProgress))).all()}
    assert counted == tries


async def _quotas_are_right(core: Core, instance: Instance, runs: list[Run]) -> bool:
    assert isinstance(core.quotas, RedisQuotas)
    cost = {(run.user_id, run.kind, run.id) for run in runs if Outcome(run.outcome or "") not in NOT_A_TRY}
    with redis.Redis.from_url(instance.redis.url, decode_responses=True) as client:
        held = {
            (run.user_id, run.kind, member)
            for run in runs
            for member in client.zrange(f"quota:{{{run.user_id}}}:{RunKind(run.kind).value}:day", 0, -1)
        }
    return cost == held
