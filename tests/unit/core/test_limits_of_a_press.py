"""What a press may cost, what is refused before anything is stored, and what comes back."""

from __future__ import annotations

import contextlib

import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import Busy, NotSignedIn, TooMany
from coderunner_core.load import QueueLoad
from coderunner_core.services.running import allowances, runs, verdicts
from coderunner_core.services.views import QuotaView
from tests.fakes import FakeLoad, FakeQueue, FakeQuotas, open_fake_core


@pytest.fixture
def load(core: Core) -> FakeLoad:
    assert isinstance(core.load, FakeLoad)
    return core.load


async def press(core: Core, actor: Actor, kind: RunKind = RunKind.RUN, ip: str = ""):
    return await runs.submit(actor, core, "countdown", kind, "print(1)", ip=ip)


async def press_and_finish(core: Core, actor: Actor, outcome: Outcome) -> None:
    run = await press(core, actor)
    await verdicts.finish(core, run.id, Verdict(outcome))


async def test_a_student_has_five_runs_a_minute_and_sees_what_is_left(core: Core, ada: Actor) -> None:
    """The sixth is refused; submissions are counted on their own."""
    for _ in range(5):
        await press_and_finish(core, ada, Outcome.OK)
    with pytest.raises(TooMany):
        await press(core, ada)
    assert await allowances.left(ada, core) == QuotaView(0, 45, 5, 50, 60)


async def test_a_teacher_has_more(core: Core, hopper: Actor) -> None:
    """Four times as many, by setting."""
    assert await allowances.left(hopper, core) == QuotaView(20, 200, 20, 200)


@pytest.mark.parametrize("outcome", [Outcome.CANCELLED, Outcome.INTERNAL_ERROR])
async def test_what_was_stopped_or_broken_by_us_is_given_back(core: Core, ada: Actor, outcome: Outcome) -> None:
    """It costs nothing."""
    for _ in range(10):
        await press_and_finish(core, ada, outcome)
    assert (await allowances.left(ada, core)).runs_this_minute == 5


async def test_pressing_and_stopping_again_and_again_comes_to_an_end(core: Core, ada: Actor) -> None:
    """Each gives its count back, and still nobody keeps the workers busy without end: three times the quota."""
    for _ in range(15):
        run = await press(core, ada)
        await runs.cancel(ada, core, run.id)
    with pytest.raises(TooMany, match="started"):
        await press(core, ada)
    assert (await allowances.left(ada, core)).runs_this_minute == 5


async def test_pressing_while_one_is_at_work_comes_to_an_end_too(core: Core, ada: Actor) -> None:
    """From as many tabs and devices as one likes: it is the person who is counted."""
    refusals = []
    for _ in range(20):
        try:
            await press(core, ada)
        except TooMany as refusal:
            refusals.append(refusal.message)
    assert ["still running" in one for one in refusals] == [True] * 14 + [False] * 5


async def test_one_student_cannot_use_up_what_a_school_shares(core: Core, ada: Actor) -> None:
    """Presses that are refused, however many, are not counted for the address that others come from, too."""
    for _ in range(200):
        with contextlib.suppress(TooMany):
            await press(core, ada, ip="10.0.0.1")
    assert isinstance(core.quotas, FakeQuotas)
    assert core.quotas.from_address == {"10.0.0.1": 15}


async def test_a_press_that_is_refused_for_another_reason_costs_nothing(
    core: Core, queue: FakeQueue, ada: Actor
) -> None:
    """Neither when the queue is away nor when one is running already."""
    queue.broken = True
    with pytest.raises(Busy):
        await press(core, ada)
    queue.broken = False
    await press(core, ada)
    with pytest.raises(TooMany, match="still running"):
        await press(core, ada)
    assert (await allowances.left(ada, core)).runs_this_minute == 4


async def test_a_long_queue_refuses_with_the_expected_wait(core: Core, load: FakeLoad, ada: Actor) -> None:
    """Two workers, 200 runs of 100 ms each in front: ten seconds."""
    load.now = QueueLoad(waiting=200, workers=2, mean_ms=100)
    with pytest.raises(Busy, match="about 10 seconds"):
        await press(core, ada)
    assert (await allowances.left(ada, core)).runs_this_minute == 5


async def test_a_short_queue_says_place_and_wait(core: Core, load: FakeLoad, ada: Actor) -> None:
    """Below the limit the press is accepted."""
    load.now = QueueLoad(waiting=20, workers=2, mean_ms=100)
    run = await press(core, ada)
    assert (run.queue_place, run.queue_wait_s) == (20, 1.0)


async def test_without_a_worker_the_queue_buffers(core: Core, load: FakeLoad, ada: Actor) -> None:
    """The run waits, and no time is promised."""
    load.now = QueueLoad(waiting=3, workers=0, mean_ms=100)
    run = await press(core, ada)
    assert (run.status, run.queue_wait_s) == ("pending", None)


async def test_an_address_has_a_limit_too(tmp_path) -> None:
    """Whoever comes from it."""
    from coderunner_core.services.people import accounts

    async with open_fake_core(tmp_path, presses_per_ip=2) as core:
        for name in ("ada", "alan"):
            someone = await accounts.register(core, name, name, "correct horse", ip="1")
            await press(core, someone, ip="10.0.0.1")
        with pytest.raises(TooMany, match="from your network"):
            await press(core, someone, ip="10.0.0.1")


async def test_an_unreachable_redis_refuses_in_words(core: Core, load: FakeLoad, ada: Actor) -> None:
    """And stores nothing."""
    load.broken = True
    with pytest.raises(Busy, match="saved"):
        await press(core, ada)
    assert await runs.latest(ada, core, "countdown") is None


async def test_nobody_has_no_quota(core: Core) -> None:
    """They are asked to sign in."""
    with pytest.raises(NotSignedIn):
        await allowances.left(None, core)
