"""An RQ worker that keeps a warm sandbox: it does not fork for a job, and it stops in an orderly way.

RQ's SimpleWorker is almost that. Four things differ here, each found by running it:

- its signal handler talks to Redis, which strands a job that was just popped, and can dead-lock when the signal lands
  inside redis-py; here the handler sets a flag and the dequeue looks at it every IDLE_TICK_S;
- it sends no heartbeat while a job runs, so its registration would have to outlive the longest job;
- its lease on a job is the job's time-out and a minute more, so a killed worker is noticed late;
- of a job that raised, it logs a text with the arguments and the words of the error; here logs.py decides on them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from rq import SimpleWorker
from rq.exceptions import StopRequested
from rq.job import Job
from rq.queue import Queue

from coderunner_core import logs
from coderunner_core.queue import REQUEST_ID

log = logging.getLogger(__name__)

IDLE_TICK_S = 2
HELD_TICK_S = 0.5
HEARTBEAT_S = 5
LEASE_S = 30


class WarmWorker(SimpleWorker):
    """Takes jobs one at a time in this very process, until it is told to stop.

    ``stop`` is set by whoever was asked to stop before ``work()`` put this class's own signal handlers in place.
    ``may_take`` is asked before each job, and every IDLE_TICK_S while there is none.
    """

    def __init__(
        self, *args: Any, stop: threading.Event, may_take: Callable[[], bool] = lambda: True, **options: Any
    ) -> None:
        """See rq.SimpleWorker for the other arguments."""
        super().__init__(*args, **options)
        self._asked_early = stop
        self._may_take = may_take

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Finish the job in hand and take no other. Touches nothing but a flag: it runs inside a signal handler."""
        self._stop_requested = True

    def dequeue_job_and_maintain_ttl(self, timeout: int | None, max_idle_time: int | None = None) -> Any:
        """The next job, or StopRequested once somebody asked to stop."""
        while not (self._stop_requested or self._asked_early.is_set()):
            if not self._may_take():
                self.heartbeat()
                self._asked_early.wait(HELD_TICK_S)
                continue
            found = super().dequeue_job_and_maintain_ttl(IDLE_TICK_S, IDLE_TICK_S)
            if found is not None:
                return found
        raise StopRequested

    def get_heartbeat_ttl(self, job: Job, working_time: float = 0.0) -> int:
        """Seconds until a silent worker counts as dead."""
        return LEASE_S

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Perform a job in this process while a thread sends heartbeats."""
        execution = self.prepare_execution(job)
        done = threading.Event()
        beat = threading.Thread(target=self._beat, args=(job, execution, done), name="heartbeat", daemon=True)
        beat.start()
        try:
            with logs.one_request(str(job.meta.get(REQUEST_ID, "")), job_id=job.args[0]):
                self.perform_job(job, queue, execution)
        finally:
            done.set()
            beat.join()

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        """Say that a job raised; RQ goes on with what becomes of it."""
        log.error("job failed", exc_info=exc_info)

    def _beat(self, job: Job, execution: Any, done: threading.Event) -> None:
        while not done.wait(HEARTBEAT_S):
            try:
                self.maintain_heartbeats(job, execution)
            except Exception:
                log.warning("heartbeat failed", extra={"job_id": job.id}, exc_info=True)
