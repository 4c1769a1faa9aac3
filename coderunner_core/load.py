"""How long the next run would wait: from the queue's length, the workers that are ready and what runs took lately."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol

from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from coderunner_core.contract import RunKind
from coderunner_core.queue import QUEUE_NAMES, run_of

REMEMBERED_DURATIONS = 50
# Until something was measured: about what a short program takes, and twelve of them for a submission.
FIRST_GUESS_MS = {RunKind.RUN: 100.0, RunKind.SUBMIT: 1_000.0}
READY_TTL_S = 15


@dataclass(frozen=True, slots=True)
class QueueLoad:
    """A queue as it is now; ``mean_ms`` is how long a worker was busy with one run, lately."""

    waiting: int
    workers: int
    mean_ms: float

    def wait_s(self, ahead: int | None = None) -> float | None:
        """Seconds until a run with so many ahead of it starts; None when no worker is there to start it."""
        if not self.workers:
            return None
        in_front = self.waiting if ahead is None else ahead
        return in_front * self.mean_ms / self.workers / 1000


class Load(Protocol):
    """What services need of the measurements; tests bring fixed ones."""

    async def of(self, kind: RunKind) -> QueueLoad:
        """A queue as it is now."""

    async def places(self, kind: RunKind) -> tuple[QueueLoad, dict[str, int]]:
        """A queue as it is now, and how many are ahead of each run in it, by run id."""

    async def note(self, kind: RunKind, busy_ms: float) -> None:
        """Remember how long a worker was busy with one run."""


class RedisLoad:
    """Measurements in Redis, shared by all web processes and workers."""

    def __init__(self, redis: AsyncRedis) -> None:
        self._redis = redis

    async def of(self, kind: RunKind) -> QueueLoad:
        """A queue as it is now, in one round trip."""
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.llen(f"rq:queue:{QUEUE_NAMES[kind]}")
            pipe.zcount(ready_key(kind), time.time(), "+inf")
            pipe.lrange(_durations_key(kind), 0, -1)
            waiting, workers, durations = await pipe.execute()
        return QueueLoad(waiting, workers, _mean_ms(kind, durations))

    async def places(self, kind: RunKind) -> tuple[QueueLoad, dict[str, int]]:
        """A queue as it is now, and how many are ahead of each run in it, by run id; in one round trip for all."""
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.lrange(f"rq:queue:{QUEUE_NAMES[kind]}", 0, -1)
            pipe.zcount(ready_key(kind), time.time(), "+inf")
            pipe.lrange(_durations_key(kind), 0, -1)
            jobs, workers, durations = await pipe.execute()
        places = {run_of(job.decode()): place for place, job in reversed(list(enumerate(jobs)))}
        return QueueLoad(len(jobs), workers, _mean_ms(kind, durations)), places

    async def note(self, kind: RunKind, busy_ms: float) -> None:
        """Remember how long a worker was busy with one run; the last REMEMBERED_DURATIONS count."""
        key = _durations_key(kind)
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.lpush(key, round(busy_ms, 1))
            pipe.ltrim(key, 0, REMEMBERED_DURATIONS - 1)
            await pipe.execute()


def _mean_ms(kind: RunKind, durations: list[bytes]) -> float:
    return fmean(float(one) for one in durations) if durations else FIRST_GUESS_MS[kind]


def ready_key(kind: RunKind) -> str:
    """Where worker processes of a kind say that they can take work: a sorted set, the score is when it expires."""
    return f"workers:ready:{kind.value}"


def say_ready(redis: Redis, kind: RunKind, worker: str) -> None:
    """A worker's sign of life, good for READY_TTL_S; the signs of those who died are removed with it."""
    now = time.time()
    with redis.pipeline(transaction=False) as pipe:
        pipe.zadd(ready_key(kind), {worker: now + READY_TTL_S})
        pipe.zremrangebyscore(ready_key(kind), "-inf", now)
        pipe.execute()


def say_gone(redis: Redis, kind: RunKind, worker: str) -> None:
    """A worker that stops says so itself."""
    redis.zrem(ready_key(kind), worker)


def _durations_key(kind: RunKind) -> str:
    return f"load:{kind.value}:busy_ms"
