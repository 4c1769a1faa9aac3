"""Puts runs into the two queues: by name, with the run's id only, as JSON, so that the web imports no worker.

Beside it, a job remembers the id of the request that it came from, so that logs can be followed through the queue.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue as RqQueue
from rq.serializers import JSONSerializer

from coderunner_core import logs
from coderunner_core.contract import RunKind
from coderunner_core.errors import Busy

QUEUE_NAMES = {RunKind.RUN: "code-execution", RunKind.SUBMIT: "code-submission"}
JOB_FUNCTION = "worker.jobs.execute_run"
# RQ's own alarm is only the last resort: the sandbox ends every program far earlier.
JOB_TIMEOUT_S = 180
REQUEST_ID = "request_id"  # of a job's meta
REDIS_TIMEOUT_S = 3  # a press is refused with a clear message rather than left hanging


class Queue(Protocol):
    """What services need of a queue; tests bring one that keeps a list."""

    async def enqueue(self, kind: RunKind, run_id: str, attempt: int = 0) -> None:
        """Hand a committed run to the workers; raises Busy when the queue cannot be reached."""

    async def place(self, kind: RunKind, run_id: str, attempt: int = 0) -> int | None:
        """How many runs are before this one, or None when it does not wait (any more)."""


def job_id(run_id: str, attempt: int = 0) -> str:
    """The name of a run's job in Redis: one for each attempt, so that RQ's clean-up of a dead worker's job spares the
    next one.
    """
    return f"{run_id}-{attempt}"


def run_of(job: str) -> str:
    """Whose job this is: the run's id."""
    return job.rpartition("-")[0]


class RedisQueue:
    """Two RQ queues on one Redis. RQ is synchronous, so each call goes through a thread."""

    def __init__(self, redis_url: str) -> None:
        self._redis = Redis.from_url(
            redis_url,
            socket_timeout=REDIS_TIMEOUT_S,
            socket_connect_timeout=REDIS_TIMEOUT_S,
            retry=Retry(NoBackoff(), 1),
        )
        self._queues = {
            kind: RqQueue(name, connection=self._redis, serializer=JSONSerializer) for kind, name in QUEUE_NAMES.items()
        }

    async def enqueue(self, kind: RunKind, run_id: str, attempt: int = 0) -> None:
        """Hand a committed run to the workers; raises Busy when the queue cannot be reached."""
        try:
            await asyncio.to_thread(self._enqueue, kind, run_id, attempt)
        except RedisError as error:
            raise Busy("The queue cannot be reached just now. Your program is saved; try again in a moment.") from error

    def _enqueue(self, kind: RunKind, run_id: str, attempt: int) -> None:
        self._queues[kind].enqueue_call(
            JOB_FUNCTION,
            args=(run_id,),
            job_id=job_id(run_id, attempt),
            timeout=JOB_TIMEOUT_S,
            result_ttl=0,
            failure_ttl=3600,
            description=run_id,
            meta={REQUEST_ID: request_id} if (request_id := logs.request_id()) else None,
        )

    async def place(self, kind: RunKind, run_id: str, attempt: int = 0) -> int | None:
        """How many runs are before this one, or None when it does not wait (any more)."""
        return await asyncio.to_thread(self._queues[kind].get_job_position, job_id(run_id, attempt))

    async def waiting(self, kind: RunKind) -> int:
        """How many runs wait in the queue of this kind."""
        return await asyncio.to_thread(len, self._queues[kind])

    def close(self) -> None:
        """Give the connections back."""
        self._redis.close()
