"""The web's composition root: opens what the states work with, runs the push hub, and closes both in order."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from coderunner_app import current
from coderunner_app.background import in_background
from coderunner_app.heartbeat import heartbeat
from coderunner_app.outage import outages
from coderunner_app.push import hub
from coderunner_app.queue_watch import queue_watch
from coderunner_core import garbage, logs, metrics, reporting
from coderunner_core.core import Core, open_core
from coderunner_core.operations.ticker import Ticker
from coderunner_core.settings import Settings

log = logging.getLogger(__name__)

# Without it, Reflex cancels every running handler the moment the process is asked to stop.
FINISH_HANDLERS_S = 10.0


def wire(app: rx.App, settings: Settings) -> None:
    """Have the app open everything when the process starts and close it when it ends."""
    logs.configure("web", settings)
    reporting.configure("web", settings)
    metrics.count_errors("web")

    @contextlib.asynccontextmanager
    async def opened(app: rx.App) -> AsyncIterator[None]:
        app.event_processor.graceful_shutdown_timeout = FINISH_HANDLERS_S
        _count_pages(app)
        async with (
            _open_watched(settings) as core,
            hub.running(app, settings.redis_url),
            outages.watching(core.database, hub.tell, core.bodies_guard),
            _ticking(core),
            heartbeat.beating(core, hub.is_open),
            queue_watch.watching(core.load, hub),
        ):
            hub.on_run = queue_watch.moved
            current.use(core)
            garbage.settle()
            log.info("web ready", extra={"origin": settings.origin, "problems": len(core.curriculum.problems)})
            try:
                yield
            finally:
                current.use(None)

    app.register_lifespan_task(opened)


@contextlib.asynccontextmanager
async def _open_watched(settings: Settings) -> AsyncIterator[Core]:
    async with open_core(settings, guarded=True) as core:
        yield metrics.watched(core)


def _count_pages(app: rx.App) -> None:
    """Keep the number of open pages of this process up to date."""
    namespace = app.event_namespace
    if namespace is None:
        raise RuntimeError("the app has no websocket")
    on_connect, on_disconnect = namespace.on_connect, namespace.on_disconnect

    def count(*_: object) -> None:
        metrics.SESSIONS.set(len(namespace.sid_to_token))

    async def connected(*arguments: Any) -> Any:
        try:
            return await on_connect(*arguments)
        finally:
            count()

    def disconnected(*arguments: Any) -> Any:
        task = on_disconnect(*arguments)
        if task is None:
            count()
        else:
            task.add_done_callback(count)
        return task

    namespace.on_connect = connected  # type: ignore[method-assign, assignment]
    namespace.on_disconnect = disconnected  # type: ignore[method-assign, assignment]


@contextlib.asynccontextmanager
async def _ticking(core: Core) -> AsyncIterator[None]:
    """Wake the operations pages while somebody looks at one."""
    who = f"{socket.gethostname()}.{os.getpid()}"
    async with in_background(Ticker(core.control, who).run(), "ops-ticker"):
        yield
