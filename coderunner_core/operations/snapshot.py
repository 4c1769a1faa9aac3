"""One look at what no process can count alone: stores, queues, Redis and the share of runs that we failed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, func, select

from coderunner_core import health
from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.control import RedisMemory
from coderunner_core.core import Core
from coderunner_core.models import Run, utc_now
from coderunner_core.queue import QUEUE_NAMES

RECENT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class QueueNow:
    """One queue."""

    name: str
    waiting: int
    oldest_wait_s: float
    workers: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What could be seen: without Redis there are no queues and no memory, without a database no runs."""

    parts: tuple[health.Part, ...]
    queues: tuple[QueueNow, ...] = ()
    memory: RedisMemory | None = None
    recent_runs: int = 0  # finished within RECENT
    recent_errors: int = 0  # of these, internal_error
    silent: tuple[str, ...] = ()  # web processes that do not answer; asked for alerts only

    @property
    def error_ratio(self) -> float:
        """0…1; 0 when nothing ran."""
        return self.recent_errors / self.recent_runs if self.recent_runs else 0.0


async def look(core: Core) -> Snapshot:
    """Everything at once; a store that is away costs its answer only."""
    parts, (queues, memory), (runs, errors) = await asyncio.gather(health.check(core), _redis(core), _recent(core))
    return Snapshot(tuple(parts), queues, memory, runs, errors)


async def _redis(core: Core) -> tuple[tuple[QueueNow, ...], RedisMemory | None]:
    try:
        queues = [
            QueueNow(QUEUE_NAMES[kind], load.waiting, await core.control.oldest_wait_s(kind), load.workers)
            for kind in RunKind
            for load in [await core.load.of(kind)]
        ]
        return tuple(queues), await core.control.memory()
    except (RedisError, OSError):
        return (), None


async def _recent(core: Core) -> tuple[int, int]:
    statement = (
        select(col(Run.outcome), func.count())
        .where(Run.status == RunStatus.FINISHED, col(Run.created_at) >= utc_now() - RECENT)
        .group_by(col(Run.outcome))
    )
    try:
        async with core.database.reading() as session:
            counts = {str(outcome): count for outcome, count in await session.exec(statement)}
    except (SQLAlchemyError, OSError):
        return 0, 0
    return sum(counts.values()), counts.get(Outcome.INTERNAL_ERROR.value, 0)
