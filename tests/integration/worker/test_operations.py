"""Draining, proving and putting back, through real worker processes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.control import Vitals
from coderunner_core.core import Core
from coderunner_core.models import Role, Run, utc_now
from coderunner_core.operations import actions
from coderunner_core.operations.overview import overview
from coderunner_core.services.people import accounts
from coderunner_core.services.running import runs
from tests.eventually import eventually
from tests.receiver import Receiver, receiving

Start = Callable[..., "subprocess.Popen[bytes]"]
SLOW = "print('begun', flush=True)\nimport time\ntime.sleep(1.5)\nprint('done')"


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """What ALERT_WEBHOOK_URL names for the processes that the test starts."""
    with receiving() as opened:
        monkeypatch.setenv("ALERT_WEBHOOK_URL", opened.url)
        yield opened


async def admin(core: Core) -> Actor:
    return accounts.as_actor(await accounts.create_user(core, "lovelace", "Lovelace", "correct horse", Role.ADMIN))


async def status(core: Core, ada: Actor, run_id: str) -> str:
    return (await runs.view(ada, core, run_id)).status


async def living(core: Core, kind: RunKind = RunKind.RUN) -> list[Vitals]:
    return [one for one in await core.control.workers() if one.kind is kind]


async def finished(core: Core, ada: Actor, run_id: str) -> bool:
    return await status(core, ada, run_id) == "finished"


async def test_a_drained_worker_finishes_what_it_has_and_takes_nothing_new(
    core: Core, ada: Actor, start_worker: Start
) -> None:
    """Nor does the process that takes its place; resumed, it does what waited."""
    lovelace = await admin(core)
    start_worker("start")
    await eventually(lambda: living(core))
    first = await runs.submit(ada, core, "countdown", RunKind.RUN, SLOW)

    async def in_hand() -> bool:
        return any(one.run_id == first.id for one in (await overview(lovelace, core)).workers)

    await eventually(in_hand)
    (worker,) = await living(core)
    await actions.drain(lovelace, core, worker.slot)
    await eventually(lambda: finished(core, ada, first.id))
    assert (await runs.view(ada, core, first.id)).stdout == "begun\ndone\n"

    async def held() -> bool:
        return any(one.held for one in await living(core))

    await eventually(held)
    second = await runs.submit(ada, core, "countdown", RunKind.RUN, "print('second')")
    os.kill(worker.pid, signal.SIGKILL)

    async def replaced() -> bool:
        return any(one.held and one.pid != worker.pid for one in await living(core))

    await eventually(replaced)
    assert await status(core, ada, second.id) == "pending"
    await actions.resume(lovelace, core, worker.slot)
    await eventually(lambda: finished(core, ada, second.id))
    assert (await runs.view(ada, core, second.id)).stdout == "second\n"


async def test_an_idle_worker_has_lately_run_a_program(core: Core, start_worker: Start) -> None:
    """Before it says that it is ready, so ``worker ready`` means what it says."""
    start_worker("start")
    assert start_worker("ready", "--wait", "60").wait(90) == 0
    proofs = [one.proven_at for one in await core.control.workers()]
    assert len(proofs) == 2
    assert all(0 <= time.time() - proven_at < 60 for proven_at in proofs)


async def test_without_workers_nothing_is_ready(core: Core, start_worker: Start) -> None:
    """The probe says so with its exit code."""
    assert start_worker("ready").wait(30) == 1


async def test_a_run_that_is_put_back_while_it_runs_gets_one_verdict(
    core: Core, ada: Actor, start_worker: Start
) -> None:
    """The worker that has it ends it; the second attempt finds nothing to claim or is refused."""
    lovelace = await admin(core)
    start_worker("start")
    run = await runs.submit(ada, core, "countdown", RunKind.RUN, SLOW)

    async def begun() -> bool:
        return any("begun" in chunk.text for chunk in (await runs.view(ada, core, run.id)).chunks)

    await eventually(begun)
    await actions.put_back(lovelace, core, run.id)
    await eventually(lambda: finished(core, ada, run.id))

    async def row() -> Run:
        async with core.database.reading() as session:
            found = await session.get(Run, run.id)
        assert found is not None
        return found

    verdict_at = (await row()).finished_at

    async def idle() -> bool:
        return await core.load.of(RunKind.RUN) is not None and (await core.load.of(RunKind.RUN)).waiting == 0

    await eventually(idle)
    await asyncio.sleep(2.5)  # a second attempt would be over by then: what is proven is that nothing happens
    assert ((await row()).finished_at, (await row()).outcome) == (verdict_at, "ok")


async def test_a_supervisor_tells_the_webhook_once_and_calls_it_off_once(
    webhook: Receiver, core: Core, ada: Actor, start_worker: Start
) -> None:
    """Runs fail on our side, and later they do not; a receiver that is out of order at first gets it all the same."""
    webhook.answers += [503]
    failed = Run(
        id="r1",
        user_id=ada.user_id,
        problem_id="countdown",
        problem_version="v1",
        kind=RunKind.RUN,
        status=RunStatus.FINISHED,
        outcome=Outcome.INTERNAL_ERROR,
        finished_at=utc_now(),
    )
    async with core.database.writing() as session:
        session.add(failed)
    start_worker("start")

    async def heard(count: int) -> bool:
        return len(webhook.alerts) == count

    await eventually(lambda: heard(2))
    failed.outcome = Outcome.OK
    async with core.database.writing() as session:
        session.add(failed)
    await eventually(lambda: heard(3))
    await asyncio.sleep(6)  # another look is taken in this time: what is proven is that nothing is said
    assert webhook.alerts == [("RunnerErrors", "firing")] * 2 + [("RunnerErrors", "resolved")]
