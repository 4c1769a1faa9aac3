"""The installation at a glance, for admins: stores, queues, workers and what they run, the pool, what is stuck."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from redis.exceptions import RedisError
from sqlmodel import col, select

from coderunner_core import health
from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind, RunStatus
from coderunner_core.control import Vitals
from coderunner_core.core import Core
from coderunner_core.errors import Busy
from coderunner_core.models import Run, utc_now
from coderunner_core.operations.views import (
    CountView,
    Overview,
    PartView,
    PoolView,
    QueueView,
    StuckView,
    WorkerView,
)
from coderunner_core.queue import QUEUE_NAMES
from coderunner_core.services.permissions import admin

STUCK_AFTER_S = 30  # twice the clock of the longest Submit: whatever is still there deserves a look
_MOST_SHOWN = 200


async def overview(actor: Actor | None, core: Core) -> Overview:
    """All of it, now; asking also says that somebody looks, so that ticks come.

    Raises NotSignedIn, NotAllowed and, when Redis does not answer, Busy.
    """
    admin(actor)
    try:
        await core.control.look()
        living, drained, memory = await asyncio.gather(
            core.control.workers(), core.control.drained(), core.control.memory()
        )
        queues = [await _queue(core, kind) for kind in RunKind]
    except RedisError as error:
        raise Busy("Redis does not answer: queues and workers cannot be seen just now.") from error
    open_runs = await _open_runs(core)
    return Overview(
        at=utc_now().isoformat(),
        parts=[PartView(one.name, one.ok, one.latency_ms) for one in await health.check(core)],
        queues=queues,
        workers=_workers(living, drained, open_runs),
        empty_slots=sorted(drained - {one.slot for one in living}),
        pool=_pool(living),
        stuck=_stuck(open_runs),
        redis_used_bytes=memory.used_bytes,
        redis_limit_bytes=memory.limit_bytes,
    )


async def _queue(core: Core, kind: RunKind) -> QueueView:
    load = await core.load.of(kind)
    return QueueView(
        kind=kind.value,
        name=QUEUE_NAMES[kind],
        waiting=load.waiting,
        oldest_wait_s=round(await core.control.oldest_wait_s(kind), 1),
        expected_wait_s=load.wait_s(),
        workers=load.workers,
    )


async def _open_runs(core: Core) -> list[Run]:
    """What is in workers' hands, and what has waited for long; the oldest first."""
    late = utc_now() - timedelta(seconds=STUCK_AFTER_S)
    statement = (
        select(Run)
        .where(
            (col(Run.status) == RunStatus.RUNNING)
            | ((col(Run.status) == RunStatus.PENDING) & (col(Run.created_at) < late))
        )
        .order_by(col(Run.created_at))
        .limit(_MOST_SHOWN)
    )
    async with core.database.reading() as session:
        return list((await session.exec(statement)).all())


def _workers(living: list[Vitals], drained: set[str], open_runs: list[Run]) -> list[WorkerView]:
    in_hand = {run.worker: run for run in open_runs if run.status == RunStatus.RUNNING}
    return [_worker(vitals, in_hand.get(vitals.name), vitals.slot in drained) for vitals in living]


def _worker(vitals: Vitals, run: Run | None, draining: bool) -> WorkerView:
    return WorkerView(
        slot=vitals.slot,
        name=vitals.name,
        host=vitals.host,
        pid=vitals.pid,
        kind=vitals.kind.value,
        run_id=run.id if run else "",
        running_since=_iso(run.started_at) if run else "",
        started_at=datetime.fromtimestamp(vitals.started_at, UTC).isoformat(),
        runs_done=vitals.runs_done,
        draining=draining,
        held=vitals.held,
        proven_s_ago=round(max(0.0, vitals.at - vitals.proven_at), 1) if vitals.proven_at else None,
    )


def _pool(living: list[Vitals]) -> PoolView:
    retired: Counter[str] = Counter()
    for vitals in living:
        retired.update(vitals.pool_retired)
    return PoolView(
        ready=sum(one.pool_ready for one in living),
        in_use=sum(one.pool_in_use for one in living),
        started=sum(one.pool_started for one in living),
        retired=[CountView(reason, count) for reason, count in retired.most_common()],
    )


def _stuck(open_runs: list[Run]) -> list[StuckView]:
    late = utc_now() - timedelta(seconds=STUCK_AFTER_S)
    return [
        StuckView(
            run_id=run.id,
            kind=RunKind(run.kind).value,
            status=RunStatus(run.status).value,
            problem_id=run.problem_id,
            worker=run.worker,
            attempt=run.attempt,
            since=_iso(_since(run)),
        )
        for run in open_runs
        if _since(run) < late
    ]


def _since(run: Run) -> datetime:
    return run.started_at or run.created_at if run.status == RunStatus.RUNNING else run.created_at


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
