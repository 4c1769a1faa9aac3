"""One worker process: a warm sandbox, one queue, one event loop. Started and watched by the supervisor."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import os
import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack

import uvloop
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from coderunner_core import garbage, logs, metrics, reporting
from coderunner_core.contract import RunKind
from coderunner_core.core import open_core
from coderunner_core.events import ChunkWriter
from coderunner_core.queue import QUEUE_NAMES
from coderunner_core.settings import Settings
from sandbox import PoolStats, Sandbox, SandboxConfig
from worker import jobs
from worker.canary import Canary
from worker.cancel import CancelListener
from worker.runtime import Runtime
from worker.vital_signs import VitalSigns
from worker.warm_worker import WarmWorker

log = logging.getLogger(__name__)

_PR_SET_PDEATHSIG = 1


def sandbox_config(settings: Settings, owner: str) -> SandboxConfig:
    """The sandbox's settings, out of the platform's."""
    return SandboxConfig(
        image=settings.sandbox_image,
        runtime=settings.sandbox_runtime,
        runs_per_container=settings.sandbox_runs_per_container,
        pool_size=settings.sandbox_pool_size,
        docker_host=settings.docker_host,
        label=settings.sandbox_label,
        owner=owner,
    )


def run_process(settings: Settings, kind: RunKind, name: str) -> None:
    """Work on one queue until SIGTERM or SIGINT; the program in hand is finished first."""
    stop = threading.Event()
    # From the first moment: a process that is stopped while it starts must remove the container it is starting.
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    _end_with_parent()
    logs.configure("worker", settings)
    reporting.configure("worker", settings)
    metrics.count_errors("worker")
    with ExitStack() as stack:
        loop = stack.enter_context(asyncio.Runner(loop_factory=uvloop.new_event_loop))
        opened = open_core(settings)
        core = metrics.watched(loop.run(opened.__aenter__()))
        stack.callback(lambda: loop.run(opened.__aexit__(None, None, None)))
        redis = Redis.from_url(settings.redis_url)
        stack.callback(redis.close)
        sandbox = stack.enter_context(Sandbox(sandbox_config(settings, owner=name)))
        cancels = CancelListener(redis)
        stack.callback(cancels.close)
        signs = VitalSigns(redis, kind, name, Canary(sandbox), sandbox.stats, _pool_watcher())
        jobs.use(Runtime(name, core, sandbox, ChunkWriter(redis), cancels, loop, on_done=signs.run_done))
        stack.callback(jobs.use, None)
        stack.enter_context(signs)
        queue = Queue(QUEUE_NAMES[kind], connection=redis, serializer=JSONSerializer)
        worker = WarmWorker(
            [queue],
            name=name,
            connection=redis,
            serializer=JSONSerializer,
            worker_ttl=60,
            stop=stop,
            may_take=signs.may_take,
        )
        garbage.settle()
        log.info("worker ready", extra={"worker": name, "queue": queue.name})
        worker.work(logging_level="WARNING")
        log.info("worker stopped", extra={"worker": name})


def _end_with_parent() -> None:
    """Be told to stop when the supervisor dies, however it dies."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == 1 and os.environ.get("CODERUNNER_SUPERVISED"):
        raise SystemExit("the supervisor died before this worker had started")


def _pool_watcher() -> Callable[[PoolStats], None]:
    see = metrics.pool_watcher()
    return lambda pool: see(pool.ready, pool.in_use, pool.started, pool.retired)
