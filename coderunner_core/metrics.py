"""What every process counts, by hooks that those who work know nothing of: see docs/adr/0009-metrics-by-host.md.

No label holds a person, a run or anything else that a browser can make up: each has a handful of values.
"""

from __future__ import annotations

import functools
import inspect
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from coderunner_core.contract import RunKind
from coderunner_core.core import Core
from coderunner_core.errors import Refused
from coderunner_core.models import Run
from coderunner_core.results import ResultStore

REGISTRY = CollectorRegistry()

_QUICK_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_SLOW_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0)

RUNS = Counter("coderunner_runs", "Runs that got their verdict.", ["kind", "outcome"], registry=REGISTRY)
JOB_DURATION = Histogram(
    "coderunner_job_duration_seconds",
    "From when a worker took a run until its verdict was stored.",
    ["kind"],
    buckets=_SLOW_S,
    registry=REGISTRY,
)
QUEUE_WAIT = Histogram(
    "coderunner_queue_wait_seconds",
    "From a press until a worker took it.",
    ["kind"],
    buckets=_SLOW_S,
    registry=REGISTRY,
)
RUNNER_CPU = Counter("coderunner_runner_cpu_seconds", "Processor time that programs used.", ["kind"], registry=REGISTRY)
ERRORS = Counter("coderunner_errors", "Lines logged as ERROR or worse.", ["service"], registry=REGISTRY)
POOL = Gauge(
    "coderunner_pool_containers",
    "Warm containers of this host's workers.",
    ["state"],
    multiprocess_mode="livesum",
    registry=REGISTRY,
)
POOL_STARTED = Counter("coderunner_pool_started", "Containers started.", registry=REGISTRY)
POOL_RETIRED = Counter("coderunner_pool_retired", "Containers retired, and why.", ["reason"], registry=REGISTRY)
REFUSALS = Counter("coderunner_refusals", "Presses and tries refused, by the limit.", ["limit"], registry=REGISTRY)
SESSIONS = Gauge("coderunner_open_sessions", "Open pages.", multiprocess_mode="livesum", registry=REGISTRY)
EVENT_DURATION = Histogram(
    "coderunner_event_duration_seconds",
    "How long the handler of a page's event took.",
    ["handler"],
    buckets=_QUICK_S,
    registry=REGISTRY,
)
DATABASE_DURATION = Histogram(
    "coderunner_database_query_duration_seconds",
    "How long a statement took in the database.",
    buckets=_QUICK_S,
    registry=REGISTRY,
)
RESULTS_DURATION = Histogram(
    "coderunner_result_store_duration_seconds",
    "How long the result store took.",
    ["operation"],
    buckets=_QUICK_S,
    registry=REGISTRY,
)


def watched(core: Core) -> Core:
    """The same core, with everything that it does counted."""
    watch_database(core.database.engine)
    return replace(core, observer=CountRuns(), results=cast(ResultStore, Timed(core.results)))


class CountRuns:
    """Counts each verdict once, when it is committed."""

    def run_finished(self, run: Run) -> None:
        """See observing.Observer."""
        kind = RunKind(run.kind).value
        RUNS.labels(kind, str(run.outcome)).inc()
        RUNNER_CPU.labels(kind).inc(run.cpu_ms / 1000)
        if run.started_at is not None and run.finished_at is not None:  # else it was stopped while it waited
            JOB_DURATION.labels(kind).observe(_between_s(run.started_at, run.finished_at))
            QUEUE_WAIT.labels(kind).observe(_between_s(run.created_at, run.started_at))


class Timed:
    """Stands before a store and times each of its calls, whichever it has."""

    def __init__(self, store: object) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        """What the store has of that name."""
        found = getattr(self._store, name)
        if not inspect.iscoroutinefunction(found):
            return found

        @functools.wraps(found)
        async def timed(*arguments: Any, **named: Any) -> Any:
            with RESULTS_DURATION.labels(name).time():
                return await found(*arguments, **named)

        setattr(self, name, timed)  # found without this method the next time
        return timed


def watch_database(engine: AsyncEngine) -> None:
    """Time each statement."""

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def before(connection: Any, *_: Any) -> None:
        connection.info["coderunner_began"] = time.perf_counter()

    @event.listens_for(engine.sync_engine, "after_cursor_execute")
    def after(connection: Any, *_: Any) -> None:
        DATABASE_DURATION.observe(time.perf_counter() - connection.info["coderunner_began"])


def refused(error: Exception) -> None:
    """Count an error, if it is a limit that was reached."""
    if isinstance(error, Refused):
        REFUSALS.labels(error.limit).inc()


@contextmanager
def handling(handler: str) -> Iterator[None]:
    """Time the handler of an event; ``handler`` is a name in our own code."""
    with EVENT_DURATION.labels(handler).time():
        yield


def pool_watcher() -> Callable[[int, int, int, dict[str, int]], None]:
    """Turns snapshots of a pool (ready, in use, started, retired by reason) into gauges and counters."""
    before: dict[str, int] = {}

    def see(ready: int, in_use: int, started: int, retired: dict[str, int]) -> None:
        POOL.labels("ready").set(ready)
        POOL.labels("in_use").set(in_use)
        POOL_STARTED.inc(started - before.get("", 0))
        for reason, count in retired.items():
            POOL_RETIRED.labels(reason).inc(count - before.get(reason, 0))
        before.update(retired)
        before[""] = started

    return see


class CountErrors(logging.Handler):
    """Counts what is logged as an error, whoever logs it."""

    def __init__(self, service: str) -> None:
        super().__init__(logging.ERROR)
        self._count = ERRORS.labels(service)

    def emit(self, record: logging.LogRecord) -> None:
        """One more."""
        self._count.inc()


def count_errors(service: str) -> None:
    """From now on; after logs.configure, which sets the handlers anew."""
    logging.getLogger().addHandler(CountErrors(service))


def _between_s(earlier: datetime, later: datetime) -> float:
    return max(0.0, (later - earlier).total_seconds())
