"""Starts the worker processes, starts a dead one again, brings back what it left, and stops them all in order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable

import psutil

from coderunner_core import metrics, migrations
from coderunner_core.contract import RunKind
from coderunner_core.core import Core, open_core
from coderunner_core.operations.webhook import LOOK_EVERY_S, Notifier
from coderunner_core.services.running import verdicts
from coderunner_core.services.upkeep import housekeeping
from coderunner_core.settings import Settings
from worker.metrics_port import serving

log = logging.getLogger(__name__)

SWEEP_EVERY_S = 5
TIDY_CHECK_EVERY_S = 300  # whether the hourly round is due; any of several supervisors does it
RESPAWN_PAUSE_S = 1.0  # a process that dies at once, again and again, must not take the machine with it
LIVED_S = 5.0  # one that lived longer is replaced at once
STOP_WITHIN_S = 60  # above the hard cap of the longest Submit


class Supervisor:
    """WORKER_CONCURRENCY_EXECUTION processes for Run and WORKER_CONCURRENCY_SUBMISSION for Submit: each queue has
    workers of its own, so that a flood of the one does not starve the other.
    """

    def __init__(self, settings: Settings, core: Core) -> None:
        self._settings, self._core = settings, core
        self._stop = asyncio.Event()
        self.prefix = f"{socket.gethostname()[:30]}.{os.getpid()}"
        self._started = 0

    async def run(self) -> None:
        """Until SIGTERM or SIGINT."""
        loop = asyncio.get_running_loop()
        for signum in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(signum, self._stop.set)
        await self._release_predecessors()
        places = {
            RunKind.RUN: self._settings.worker_concurrency_execution,
            RunKind.SUBMIT: self._settings.worker_concurrency_submission,
        }
        async with asyncio.TaskGroup() as group:
            for kind, count in places.items():
                for place in range(1, count + 1):
                    group.create_task(self._keep_alive(kind, place))
            if self._settings.alert_webhook_url.get_secret_value():
                group.create_task(self._every(LOOK_EVERY_S, Notifier(self._core, self.prefix).step))
            group.create_task(self._every(SWEEP_EVERY_S, self._sweep))
            group.create_task(self._every(TIDY_CHECK_EVERY_S, self._tidy))

    async def _keep_alive(self, kind: RunKind, place: int) -> None:
        while not self._stop.is_set():
            self._started += 1
            name = f"{self.prefix}.{kind.value}.{place}.{self._started}"
            begun = time.monotonic()
            process = await self._spawn(kind, name)
            await self._watch(process, name)
            if self._stop.is_set():
                return
            log.error("worker process died, starting another", extra={"worker": name, "code": process.returncode})
            await self._release(name)
            if time.monotonic() - begun < LIVED_S:
                await self._pause(RESPAWN_PAUSE_S)

    async def _spawn(self, kind: RunKind, name: str) -> Process:
        # A session of its own: Ctrl-C reaches the supervisor only, which then stops them in order.
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "worker",
            "process",
            kind.value,
            name,
            start_new_session=True,
            env={**os.environ, "CODERUNNER_SUPERVISED": "1"},
        )

    async def _watch(self, process: Process, name: str) -> None:
        stopping = asyncio.create_task(self._stop.wait())
        ended = asyncio.create_task(process.wait())
        await asyncio.wait({stopping, ended}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ended.done():
            process.terminate()
            try:
                await asyncio.wait_for(ended, STOP_WITHIN_S)
            except TimeoutError:
                log.error("worker did not stop in time, killing it", extra={"worker": name})
                process.kill()
                await process.wait()
                await self._release(name)

    async def _release_predecessors(self) -> None:
        """After a power cut, what this host's workers had need not wait until their lease runs out."""
        host = self.prefix.rpartition(".")[0]
        for name in await verdicts.workers_at_work(self._core):
            start, _, rest = name.partition(f"{host}.")
            if rest and not start and not psutil.pid_exists(int(rest.partition(".")[0])):
                await self._release(name)

    async def _release(self, name: str) -> None:
        try:
            if left := await verdicts.release(self._core, name):
                log.warning("runs of a dead worker brought back", extra={"worker": name, "runs": left})
        except Exception:
            log.exception("runs of a dead worker wait for the sweeper", extra={"worker": name})

    async def _sweep(self) -> None:
        if found := await verdicts.sweep(self._core):
            log.warning("lost runs brought back", extra={"runs": found})

    async def _tidy(self) -> None:
        await housekeeping.tidy_when_due(self._core)

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while not self._stop.is_set():
            try:
                await work()
            except Exception:
                log.exception("maintenance failed, trying again in %s s", seconds)
            await self._pause(seconds)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)


def supervise(settings: Settings) -> None:
    """Run the supervisor until it is told to stop."""

    async def run() -> None:
        await migrations.require_at_start(settings)
        async with open_core(settings) as opened:
            core = metrics.watched(opened)
            supervisor = Supervisor(settings, core)
            with serving(core, asyncio.get_running_loop(), f"{supervisor.prefix}."):
                await supervisor.run()

    started = time.monotonic()
    asyncio.run(run())
    log.info("all workers stopped", extra={"up_s": round(time.monotonic() - started)})
