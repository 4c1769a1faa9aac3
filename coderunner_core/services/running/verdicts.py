"""The worker's half of a run: claim it, finish it exactly once, and bring back what a dead worker left behind."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from redis.exceptions import RedisError
from sqlalchemy import bindparam, case, update
from sqlmodel import col, select

from coderunner_core.contract import NOT_A_TRY, Outcome, RunKind, RunStatus, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import Busy
from coderunner_core.models import Run, utc_now
from coderunner_core.services.learning import progress
from coderunner_core.services.teaching.memberships import active_class_ids, tell
from coderunner_core.services.watching import activity

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3  # a run whose worker died three times is more likely to be the cause than the victim
LEASE_S = 90  # twice the hard cap of the longest Submit: a worker that lives has finished by then
ORPHANED_PENDING_S = 10  # a committed run whose job should have been in the queue long ago
SWEEP_LIMIT = 200

# These updates are the first thing in their session: there are no loaded rows that would have to be brought in line.
_NOTHING_LOADED = {"synchronize_session": False}

# Part of every run, so they are put together once.
_MINE = (col(Run.status) == RunStatus.RUNNING) & (col(Run.worker) == bindparam("by"))
_CLAIM = (
    update(Run)
    .where(col(Run.id) == bindparam("run_id"), (col(Run.status) == RunStatus.PENDING) | _MINE)
    .values(
        status=RunStatus.RUNNING,
        worker=bindparam("by"),
        attempt=case((_MINE, Run.attempt), else_=Run.attempt + 1),
        started_at=bindparam("now"),
        lease_until=bindparam("until"),
    )
    .returning(Run)
    .execution_options(**_NOTHING_LOADED)
)
_FINISH = (
    update(Run)
    .where(col(Run.id) == bindparam("run_id"), col(Run.status) != RunStatus.FINISHED)
    .values(
        status=RunStatus.FINISHED,
        outcome=bindparam("with_outcome"),
        score=bindparam("with_score"),
        finished_at=bindparam("now"),
        lease_until=None,
        cpu_ms=bindparam("cpu"),
        wall_ms=bindparam("wall"),
        memory_kib=bindparam("memory"),
        tests=bindparam("tests_run"),
    )
    .returning(Run)
    .execution_options(**_NOTHING_LOADED)
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that this worker, and no other, may execute now."""

    run_id: str
    user_id: int
    problem_id: str
    kind: RunKind
    attempt: int
    source: str
    stdin: str
    queue_wait_ms: int


async def claim(core: Core, run_id: str, worker: str) -> Claim | None:
    """Take a waiting run. None when it is not waiting: taken by another, stopped, finished, or never there.

    A run that this worker has taken already, and not ended, is its to take again: the database went away after the
    commit and before the answer, or while the body was read.
    """
    now = utc_now()
    async with core.database.writing() as session:
        taken = await session.exec(
            _CLAIM,
            params={"run_id": run_id, "by": worker, "now": now, "until": now + timedelta(seconds=LEASE_S)},
        )
        run = taken.scalar_one_or_none()
    if run is None:
        return None
    if run.cancel_requested:  # and whoever asked could not end it, or it comes back from a worker that died
        await finish(core, run_id, Verdict(Outcome.CANCELLED))
        return None
    body = await core.results.get(run_id)
    if body is None:
        await finish(core, run_id, Verdict(Outcome.INTERNAL_ERROR, explanation="The program could not be found again."))
        return None
    waited_ms = int((now - run.created_at).total_seconds() * 1000)
    kind = RunKind(run.kind)
    return Claim(run.id, run.user_id, run.problem_id, kind, run.attempt, body.source, body.stdin, waited_ms)


async def finish(core: Core, run_id: str, verdict: Verdict) -> bool:
    """Give a run its one final state: stored, progress counted, committed, then announced.

    False when it had one already: the second verdict is refused. The body is written first; a worker that dies
    between the two leaves a run that is tried again and then ends with the body that is there.
    """
    if not await core.results.finish(run_id, verdict):
        stored = await core.results.get(run_id)
        if stored is not None and stored.verdict is not None:
            verdict = stored.verdict
    async with core.database.writing() as session:
        done = await session.exec(
            _FINISH,
            params={
                "run_id": run_id,
                "with_outcome": verdict.outcome,
                "with_score": verdict.score,
                "now": utc_now(),
                "cpu": verdict.cpu_ms,
                "wall": verdict.wall_ms,
                "memory": verdict.memory_kib,
                "tests_run": len(verdict.tests),
            },
        )
        run = done.scalar_one_or_none()
        if run is None:
            return False
        counted = run.kind == RunKind.SUBMIT and await progress.record(
            session, run.user_id, run.problem_id, verdict.outcome, verdict.score or 0
        )
        await activity.record(session, run, verdict)
        class_ids = await active_class_ids(session, run.user_id)
    core.observer.run_finished(run)
    if verdict.outcome in NOT_A_TRY:
        await give_quota_back(core, run)
    await _announce_finished(core, run, counted)
    await tell(core, class_ids, "cell", {"user": run.user_id, "problem": run.problem_id})
    return True


async def announce_again(core: Core, run_id: str) -> None:
    """Tell the pages of a finished run; for one whose commit was not answered, so that nobody knows who heard of it."""
    async with core.database.reading() as session:
        run = await session.get(Run, run_id)
    if run is not None and run.status == RunStatus.FINISHED:
        await _announce_finished(core, run, counted=run.kind == RunKind.SUBMIT)


async def give_quota_back(core: Core, run: Run, *, was_started: bool = True) -> None:
    """Take back what a run cost; one that was stopped or that we failed to run costs nothing."""
    try:
        await core.quotas.give_back(run.user_id, RunKind(run.kind), run.id, was_started=was_started)
    except RedisError:
        log.warning("quota not given back", extra={"job_id": run.id}, exc_info=True)


async def _announce_finished(core: Core, run: Run, counted: bool) -> None:
    try:
        await core.events.run_changed(run.user_id, run.id, run.problem_id, RunStatus.FINISHED)
        if counted:
            await core.events.progress_changed(run.user_id, run.problem_id)
    except RedisError:
        # The verdict is committed; a page that missed the news reads it when it reconnects.
        log.warning("finished run not announced", extra={"job_id": run.id}, exc_info=True)


async def release(core: Core, worker: str) -> int:
    """Bring back the runs of a worker that is known to be dead; how many."""
    async with core.database.reading() as session:
        statement = select(Run).where(Run.status == RunStatus.RUNNING, Run.worker == worker).limit(SWEEP_LIMIT)
        left = list((await session.exec(statement)).all())
    for run in left:
        await _try_again(core, run)
    return len(left)


async def put_back(core: Core, run_id: str) -> bool:
    """Have a run that got stuck tried again, now. After MAX_ATTEMPTS it ends as internal_error instead.

    False when there is nothing to do: it is finished, or waits in its queue as it should. A worker that has it all the
    same and ends it later changes nothing: the first verdict counts and there is no second.
    """
    async with core.database.reading() as session:
        run = await session.get(Run, run_id)
    if run is None or run.status == RunStatus.FINISHED or await _waits(core, run):
        return False
    return await _try_again(core, run)


async def _waits(core: Core, run: Run) -> bool:
    """Whether its job is in the queue."""
    return (
        run.status == RunStatus.PENDING and await core.queue.place(RunKind(run.kind), run.id, run.attempt) is not None
    )


async def workers_at_work(core: Core) -> set[str]:
    """The names of the workers that have a run in their hands, living or dead."""
    async with core.database.reading() as session:
        statement = select(Run.worker).where(Run.status == RunStatus.RUNNING).distinct().limit(SWEEP_LIMIT)
        return set((await session.exec(statement)).all())


async def sweep(core: Core) -> int:
    """Bring back runs that nobody works on any more: a lease that ran out, or a job that vanished. How many."""
    now = utc_now()
    stale = select(Run).where(
        ((col(Run.status) == RunStatus.RUNNING) & (col(Run.lease_until) < now))
        | ((col(Run.status) == RunStatus.PENDING) & (col(Run.created_at) < now - timedelta(seconds=ORPHANED_PENDING_S)))
    )
    async with core.database.reading() as session:
        found = list((await session.exec(stale.order_by(col(Run.created_at)).limit(SWEEP_LIMIT))).all())
    brought_back = 0
    for run in found:
        if await _waits(core, run):
            continue
        brought_back += await _try_again(core, run)
    return brought_back


async def _try_again(core: Core, run: Run) -> bool:
    if run.attempt >= MAX_ATTEMPTS:
        apology = "Our side failed to run this program, several times. It does not count as a try."
        return await finish(core, run.id, Verdict(Outcome.INTERNAL_ERROR, explanation=apology))
    async with core.database.writing() as session:
        back = await session.exec(
            update(Run)
            .where(col(Run.id) == run.id, col(Run.status) == run.status, col(Run.attempt) == run.attempt)
            .values(status=RunStatus.PENDING, worker="", lease_until=None)
        )
        if not back.rowcount:
            return False  # somebody was faster
    try:
        await core.queue.enqueue(RunKind(run.kind), run.id, run.attempt)
    except Busy:
        return False  # the next sweep finds it waiting without a job
    log.warning("run brought back", extra={"job_id": run.id, "attempt": run.attempt})
    return True
