"""What an admin sees, what others do not, and what an admin may do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.control import slot_of
from coderunner_core.core import Core
from coderunner_core.errors import Busy, NotAllowed, NotFound, NotSignedIn, Refused
from coderunner_core.models import AuditEntry, Run, utc_now
from coderunner_core.operations import actions
from coderunner_core.operations.charts import charts
from coderunner_core.operations.overview import overview
from coderunner_core.operations.ticker import Ticker
from coderunner_core.services.running import verdicts
from tests.fake_control import FakeControl, vitals
from tests.fakes import FakeQueue


async def stored(core: Core, owner: Actor, run_id: str, **changes: object) -> Run:
    values = {"id": run_id, "user_id": owner.user_id, "problem_id": "countdown", "problem_version": "v1"}
    run = Run(**{**values, "kind": RunKind.RUN, **changes})
    async with core.database.writing() as session:
        session.add(run)
    await core.results.put_pending(run_id, "print(1)", "")
    return run


async def audited(core: Core) -> list[tuple[str, str, str]]:
    async with core.database.reading() as session:
        entries = (await session.exec(select(AuditEntry).where(AuditEntry.actor_name == "lovelace"))).all()
    return [(entry.actor_name, entry.action, entry.target) for entry in entries]


@pytest.mark.parametrize("question", [overview, charts])
async def test_only_admins_look(core: Core, ada: Actor, question) -> None:
    """A student learns nothing of the installation, and nobody else does either."""
    with pytest.raises(NotAllowed):
        await question(ada, core)
    with pytest.raises(NotSignedIn):
        await question(None, core)


@pytest.mark.parametrize("action", [actions.drain, actions.resume, actions.put_back])
async def test_only_admins_act(core: Core, ada: Actor, action) -> None:
    """Whatever a page's event carries."""
    with pytest.raises(NotAllowed):
        await action(ada, core, "runner-1.run.1")


async def test_a_worker_is_shown_with_what_it_runs(core: Core, lovelace: Actor, control: FakeControl) -> None:
    """Which run, since when, and how long ago its sandbox was proven."""
    worker = vitals(runs_done=3, pool_ready=2, pool_retired={"dirty": 1})
    control.living = [worker]
    await stored(core, lovelace, "r1", status=RunStatus.RUNNING, worker=worker.name, started_at=utc_now())
    seen = await overview(lovelace, core)
    shown = seen.workers[0]
    assert (shown.slot, shown.run_id, shown.runs_done, shown.draining) == ("runner-1.run.1", "r1", 3, False)
    assert shown.running_since
    assert shown.proven_s_ago == 5.0
    assert (seen.pool.ready, [(one.name, one.count) for one in seen.pool.retired]) == (2, [("dirty", 1)])
    assert [(one.kind, one.workers) for one in seen.queues] == [("run", 2), ("submit", 2)]


async def test_looking_is_what_makes_the_ticks_come(core: Core, lovelace: Actor, control: FakeControl) -> None:
    """Nobody looks, nothing is announced; of two processes one announces."""
    first, second = Ticker(control, "web.1"), Ticker(control, "web.2")
    assert [await first.step(), await second.step()] == [False, False]
    await overview(lovelace, core)
    assert [await first.step(), await second.step(), await first.step()] == [True, False, True]
    assert control.ticks == [{"charts": True}, {"charts": False}]


async def test_what_has_not_moved_for_long_is_shown_as_stuck(core: Core, lovelace: Actor) -> None:
    """Running or waiting; what began just now is not."""
    long_ago = utc_now() - timedelta(minutes=5)
    await stored(core, lovelace, "old-running", status=RunStatus.RUNNING, created_at=long_ago, started_at=long_ago)
    await stored(core, lovelace, "old-pending", created_at=long_ago)
    await stored(core, lovelace, "new-running", status=RunStatus.RUNNING, started_at=utc_now())
    await stored(core, lovelace, "new-pending")
    assert {one.run_id for one in (await overview(lovelace, core)).stuck} == {"old-running", "old-pending"}


async def test_a_redis_that_is_away_is_said_in_words(core: Core, lovelace: Actor, control: FakeControl) -> None:
    """And is no crash."""
    control.broken = True
    with pytest.raises(Busy, match="Redis"):
        await overview(lovelace, core)
    with pytest.raises(Busy, match="Redis"):
        await actions.drain(lovelace, core, "runner-1.run.1")
    assert await audited(core) == []


async def test_draining_and_resuming_are_told_and_written_down(
    core: Core, lovelace: Actor, control: FakeControl
) -> None:
    """By slot, so that a successor of the process obeys, too."""
    control.living = [vitals()]
    await actions.drain(lovelace, core, "runner-1.run.1")
    assert (control.slots, (await overview(lovelace, core)).workers[0].draining) == ({"runner-1.run.1"}, True)
    await actions.resume(lovelace, core, "runner-1.run.1")
    assert control.slots == set()
    assert await audited(core) == [
        ("lovelace", "worker.drain", "runner-1.run.1"),
        ("lovelace", "worker.resume", "runner-1.run.1"),
    ]


async def test_a_drained_slot_without_a_worker_can_still_be_resumed(
    core: Core, lovelace: Actor, control: FakeControl
) -> None:
    """A worker that went away while drained must not stay drained for ever."""
    control.slots = {"runner-9.run.1"}
    assert (await overview(lovelace, core)).empty_slots == ["runner-9.run.1"]
    await actions.resume(lovelace, core, "runner-9.run.1")
    assert control.slots == set()


async def test_nobody_drains_what_is_not_there(core: Core, lovelace: Actor) -> None:
    """A slot that a browser made up changes nothing."""
    with pytest.raises(NotFound):
        await actions.drain(lovelace, core, "no-such-worker")
    with pytest.raises(NotFound):
        await actions.resume(lovelace, core, "no-such-worker")


async def test_a_stuck_run_is_queued_again(core: Core, lovelace: Actor, queue: FakeQueue) -> None:
    """With its attempts counted on, and written down."""
    await stored(core, lovelace, "r1", status=RunStatus.RUNNING, worker="dead", attempt=1, started_at=utc_now())
    await actions.put_back(lovelace, core, "r1")
    assert queue.jobs == [(RunKind.RUN, "r1", 1)]
    assert await audited(core) == [("lovelace", "run.put_back", "r1")]


async def test_a_run_that_was_tried_too_often_ends(core: Core, lovelace: Actor, queue: FakeQueue) -> None:
    """Putting back is no way around the bound."""
    attempts = verdicts.MAX_ATTEMPTS
    await stored(core, lovelace, "r1", status=RunStatus.RUNNING, worker="dead", attempt=attempts)
    await actions.put_back(lovelace, core, "r1")
    async with core.database.reading() as session:
        run = await session.get(Run, "r1")
    assert run is not None
    assert (run.status, run.outcome, queue.jobs) == (RunStatus.FINISHED, Outcome.INTERNAL_ERROR, [])


async def test_what_waits_or_has_ended_is_not_put_back(core: Core, lovelace: Actor, queue: FakeQueue) -> None:
    """It would be run twice."""
    await stored(core, lovelace, "r1")
    await queue.enqueue(RunKind.RUN, "r1", 0)
    await stored(core, lovelace, "r2", status=RunStatus.FINISHED, outcome=Outcome.OK)
    for run_id in ("r1", "r2"):
        with pytest.raises(Refused):
            await actions.put_back(lovelace, core, run_id)
    with pytest.raises(NotFound):
        await actions.put_back(lovelace, core, "r3")


async def test_charts_count_by_minute_and_by_hour(core: Core, lovelace: Actor) -> None:
    """Presses, outcomes, errors and latencies stand where they were pressed."""
    now = utc_now().replace(minute=30, second=30, microsecond=0)
    for number, (age, kind, outcome) in enumerate(
        [
            (timedelta(seconds=0), RunKind.RUN, Outcome.OK),
            (timedelta(minutes=5), RunKind.SUBMIT, Outcome.ACCEPTED),
            (timedelta(minutes=5), RunKind.RUN, Outcome.INTERNAL_ERROR),
            (timedelta(hours=3), RunKind.RUN, Outcome.OK),
            (timedelta(days=2), RunKind.RUN, Outcome.OK),
        ]
    ):
        pressed = now - age
        await stored(
            core,
            lovelace,
            f"r{number}",
            kind=kind,
            status=RunStatus.FINISHED,
            outcome=outcome,
            created_at=pressed,
            started_at=pressed + timedelta(milliseconds=100),
            finished_at=pressed + timedelta(milliseconds=400),
        )
    seen = await charts(lovelace, core, now=now)
    hour, day = seen.hour, seen.day
    assert (len(hour.points), hour.runs, hour.submissions, hour.errors) == (60, 2, 1, 1)
    assert (hour.points[-1].runs, hour.points[-6].submissions, hour.points[-6].error_percent) == (1, 1, 50.0)
    assert (hour.p50_ms, hour.p95_ms, hour.wait_p95_ms, hour.sampled) == (400, 400, 100, False)
    assert (len(day.points), day.points[-1].runs, day.points[-4].runs, day.runs) == (24, 2, 1, 3)
    assert {one.name: one.count for one in day.outcomes} == {"ok": 2, "accepted": 1, "internal_error": 1}
    assert hour.points[0].p50_ms is None


async def test_a_run_that_was_stopped_while_it_waited_is_counted_and_took_no_time(core: Core, lovelace: Actor) -> None:
    """So it is not said that times are those of a part of the runs."""
    await stored(core, lovelace, "r1", status=RunStatus.FINISHED, outcome=Outcome.CANCELLED)
    for seen in ((await charts(lovelace, core)).hour, (await charts(lovelace, core)).day):
        assert (seen.runs, seen.p95_ms, seen.sampled) == (1, None, False)


async def test_an_installation_without_a_run_has_empty_charts(core: Core, lovelace: Actor) -> None:
    """And no division by zero."""
    seen = await charts(lovelace, core)
    assert (seen.hour.runs, seen.hour.error_percent, seen.day.p95_ms, seen.day.outcomes) == (0, 0.0, None, [])


def test_a_slot_outlives_the_process_and_its_supervisor() -> None:
    """Host, queue and place; not the process."""
    assert slot_of("school.example.org.12.submit.1.3") == slot_of("school.example.org.99.submit.1.1")
