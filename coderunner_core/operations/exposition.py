"""What Prometheus reads: the counts of this host's processes, and what one look at the stores says."""

from __future__ import annotations

import asyncio
import hmac
import os
from collections.abc import Iterator
from pathlib import Path

import psutil
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from coderunner_core import metrics
from coderunner_core.core import Core
from coderunner_core.metrics_folder import VARIABLE
from coderunner_core.operations import snapshot
from coderunner_core.operations.snapshot import Snapshot
from coderunner_core.settings import Settings

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


async def exposition(core: Core) -> bytes:
    """Everything, in Prometheus' text format."""
    seen = await snapshot.look(core)
    return await asyncio.to_thread(_text, seen)


def may_read(settings: Settings, authorization: str) -> bool:
    """Whether a request with this Authorization header may see metrics; always where no METRICS_TOKEN is set."""
    token = settings.metrics_token.get_secret_value()
    return not token or hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode())


class Platform(Collector):
    """What is the same from wherever one looks; of several hosts that tell it, alerts take the largest."""

    def __init__(self, seen: Snapshot) -> None:
        self._seen = seen

    def collect(self) -> Iterator[Metric]:
        """One family after the other."""
        up = GaugeMetricFamily("coderunner_health_up", "Whether a store answers.", labels=["part"])
        latency = GaugeMetricFamily(
            "coderunner_health_latency_seconds", "How long a store took to answer.", labels=["part"]
        )
        for part in self._seen.parts:
            up.add_metric([part.name], float(part.ok))
            latency.add_metric([part.name], part.latency_ms / 1000)
        yield from (up, latency)
        waiting = GaugeMetricFamily("coderunner_queue_waiting", "Runs that wait.", labels=["queue"])
        oldest = GaugeMetricFamily(
            "coderunner_queue_oldest_wait_seconds", "How long the first in the queue has waited.", labels=["queue"]
        )
        workers = GaugeMetricFamily("coderunner_workers_ready", "Workers that can take a run.", labels=["queue"])
        for queue in self._seen.queues:
            waiting.add_metric([queue.name], queue.waiting)
            oldest.add_metric([queue.name], queue.oldest_wait_s)
            workers.add_metric([queue.name], queue.workers)
        yield from (waiting, oldest, workers)
        used = GaugeMetricFamily("coderunner_redis_memory_bytes", "What Redis holds.")
        limit = GaugeMetricFamily("coderunner_redis_memory_limit_bytes", "What Redis may hold.")
        if self._seen.memory is not None:
            used.add_metric([], self._seen.memory.used_bytes)
            limit.add_metric([], self._seen.memory.limit_bytes)
        yield from (used, limit)


class Host(Collector):
    """The processors of the host on which this process runs, for everything that they do."""

    def collect(self) -> Iterator[Metric]:
        """Busy seconds, and of how many."""
        times = psutil.cpu_times()
        others = ("idle", "iowait", "guest", "guest_nice")  # guests' time is counted as user's, too
        busy_s = sum(times) - sum(getattr(times, name, 0.0) for name in others)
        yield CounterMetricFamily("coderunner_host_cpu_seconds", "Processor time of this host.", value=busy_s)
        yield GaugeMetricFamily("coderunner_host_processors", "Processors of this host.", value=psutil.cpu_count() or 1)


def _text(seen: Snapshot) -> bytes:
    platform = CollectorRegistry()
    platform.register(Platform(seen))
    platform.register(Host())
    folder = os.environ.get(VARIABLE)
    if not folder:  # a process on its own
        return generate_latest(metrics.REGISTRY) + generate_latest(platform)
    _forget_dead(Path(folder))
    counted = CollectorRegistry()
    MultiProcessCollector(counted, folder)  # type: ignore[no-untyped-call]
    return generate_latest(counted) + generate_latest(platform)


def _forget_dead(folder: Path) -> None:
    """What a process counted stays when it dies; what it was at that moment (open pages, containers) does not."""
    for gauges in folder.glob("gauge_live*_*.db"):
        pid = gauges.stem.rpartition("_")[2]
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            gauges.unlink(missing_ok=True)
