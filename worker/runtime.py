"""Executes one claimed run: the sentence that the whole platform exists for."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import select
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from redis.exceptions import RedisError

from coderunner_core import logs
from coderunner_core.contract import Limits, Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import APOLOGY, NotFound
from coderunner_core.events import ChunkWriter
from coderunner_core.services.running import verdicts
from sandbox import Cancellation, NoContainer, SandboxBroken
from worker.cancel import CancelListener
from worker.grading import Runner, execute, grade
from worker.relay import OutputRelay

log = logging.getLogger(__name__)
T = TypeVar("T")

# Together longer than a database needs to restart, and shorter than the lease after which another worker takes over.
_STORE_PAUSES_S = (0.2, 0.5, 1, 2, 4, 8, 16)
_ANNOUNCE_AFTER_S = 0.15
# As long as an engine takes to restart; with the longest Submit and _STORE_PAUSES_S still shorter than the lease.
_ENGINE_PATIENCE_S = 25.0
_ENGINE_PAUSE_S = 1.0
_TRIES = 2  # a container or an engine that fails once may just have been restarted


@dataclass
class Runtime:
    """What one worker process keeps warm between jobs. RQ is synchronous, the services are not: ``loop`` is the one
    event loop of this process, and each job crosses into it a few times.
    """

    name: str
    core: Core
    sandbox: Runner
    chunks: ChunkWriter
    cancels: CancelListener
    loop: asyncio.Runner
    on_done: Callable[[], None] = lambda: None  # a run went through to its verdict

    def execute(self, run_id: str) -> None:
        """Take a run through to its verdict. Whatever goes wrong is logged and ends as internal_error."""
        cancel = Cancellation()
        with self.cancels.watching(run_id, cancel):
            claim = self._await(self._patiently(run_id, lambda: verdicts.claim(self.core, run_id, self.name)))
            if claim is None:
                return
            logs.know(claim.user_id)
            begun = time.monotonic()
            with self._announced(claim):
                verdict = self._verdict(claim, cancel)
        self._await(self._finish(claim, verdict, busy_ms=(time.monotonic() - begun) * 1000))
        if verdict.outcome is not Outcome.INTERNAL_ERROR:
            self.on_done()
        log.info(
            "run finished",
            extra={
                "job_id": run_id,
                "user_id": claim.user_id,
                "outcome": verdict.outcome.value,
                "queue_wait_ms": claim.queue_wait_ms,
                "wall_ms": verdict.wall_ms,
                "attempt": claim.attempt,
            },
        )

    @contextmanager
    def _announced(self, claim: verdicts.Claim) -> Iterator[None]:
        """Tell the student's pages that the program runs, unless it is over before anybody could have read that."""
        timer = threading.Timer(_ANNOUNCE_AFTER_S, self._say_running, (claim,))
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()  # "running" must not arrive after "finished"

    def _say_running(self, claim: verdicts.Claim) -> None:
        try:
            self.chunks.running(claim.user_id, claim.run_id, claim.problem_id)
        except RedisError:
            log.warning("running run not announced", extra={"job_id": claim.run_id}, exc_info=True)

    async def _finish(self, claim: verdicts.Claim, verdict: Verdict, busy_ms: float) -> None:
        await self._store(claim.run_id, verdict)
        try:
            await self.core.load.note(claim.kind, busy_ms)
        except RedisError:
            log.info("duration not noted", extra={"job_id": claim.run_id})

    async def _store(self, run_id: str, verdict: Verdict) -> None:
        """Finish the run even when the database is away for a while: the program need not run a second time."""
        tries = 0

        def finish() -> Coroutine[Any, Any, bool]:
            nonlocal tries
            tries += 1
            return verdicts.finish(self.core, run_id, verdict)

        if not await self._patiently(run_id, finish) and tries > 1:
            await verdicts.announce_again(self.core, run_id)  # an earlier try went through, and was not answered

    async def _patiently(self, run_id: str, ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Ask the database again while it fails; what is asked can be asked twice."""
        for pause_s in _STORE_PAUSES_S:
            try:
                return await ask()
            except Exception:
                log.warning("the database failed, trying again", extra={"job_id": run_id}, exc_info=True)
                await asyncio.sleep(pause_s)
        return await ask()

    def _verdict(self, claim: verdicts.Claim, cancel: Cancellation) -> Verdict:
        tries, patience_until = 0, time.monotonic() + _ENGINE_PATIENCE_S
        while tries < _TRIES:
            try:
                return self._try(claim, cancel)
            except NoContainer as error:  # nothing was run: an engine that restarts is waited for
                log.warning("no container: %s", error, extra={"job_id": claim.run_id})
                if time.monotonic() > patience_until:
                    break
                if select.select([cancel], [], [], _ENGINE_PAUSE_S)[0]:
                    return Verdict(Outcome.CANCELLED)
            except SandboxBroken as error:
                tries += 1
                log.error("sandbox broken: %s", error, extra={"job_id": claim.run_id, "try": tries})
            except NotFound as error:  # the problem was withdrawn while the run waited
                return Verdict(Outcome.INTERNAL_ERROR, explanation=error.message)
            except Exception:
                log.exception("run failed on our side", extra={"job_id": claim.run_id, "user_id": claim.user_id})
                break
        return Verdict(Outcome.INTERNAL_ERROR, explanation=APOLOGY)

    def _try(self, claim: verdicts.Claim, cancel: Cancellation) -> Verdict:
        problem = self.core.curriculum.problem(claim.problem_id)
        settings = self.core.settings
        if claim.kind is RunKind.SUBMIT:
            return grade(problem, claim.source, self.sandbox, submit_wall_ms=settings.submit_wall_ms, cancel=cancel)
        limits = Limits(
            cpu_ms=min(settings.run_cpu_ms, problem.limits.cpu_ms),
            wall_ms=min(settings.run_wall_ms, problem.limits.wall_ms),
            memory_kib=problem.limits.memory_kib,
            output_bytes=settings.output_limit_bytes,
        )
        with OutputRelay(self.chunks, claim.user_id, claim.run_id, claim.attempt) as relay:
            return execute(problem, claim.source, claim.stdin, self.sandbox, limits, relay.push, cancel)

    def _await(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run(work, context=contextvars.copy_context())  # so that its log lines carry the ids
