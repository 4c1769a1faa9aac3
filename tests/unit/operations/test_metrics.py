"""What is counted, when, and what Prometheus is told of it."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from coderunner_core import metrics
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import CodeRunnerError, TooMany
from coderunner_core.models import Run, utc_now
from coderunner_core.operations.exposition import exposition, may_read
from coderunner_core.services.running import runs, verdicts
from coderunner_core.settings import load_settings
from tests.fake_control import FakeControl


def value(name: str, **labels: str) -> float:
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


async def test_a_run_is_counted_once_with_its_verdict(core: Core, ada: Actor) -> None:
    """A second verdict, which is refused, is not counted either."""
    watched = metrics.watched(core)
    run = await runs.submit(ada, watched, "countdown", RunKind.RUN, "print(1)")
    await verdicts.claim(watched, run.id, "w")
    counted = value("coderunner_runs_total", kind="run", outcome="ok")
    durations = value("coderunner_job_duration_seconds_count", kind="run")
    waits = value("coderunner_queue_wait_seconds_count", kind="run")
    cpu_s = value("coderunner_runner_cpu_seconds_total", kind="run")
    for _ in range(2):
        await verdicts.finish(watched, run.id, Verdict(Outcome.OK, cpu_ms=500))
    assert value("coderunner_runs_total", kind="run", outcome="ok") == counted + 1
    assert value("coderunner_job_duration_seconds_count", kind="run") == durations + 1
    assert value("coderunner_queue_wait_seconds_count", kind="run") == waits + 1
    assert value("coderunner_runner_cpu_seconds_total", kind="run") == pytest.approx(cpu_s + 0.5)


async def test_statements_and_the_result_store_are_timed(core: Core, ada: Actor) -> None:
    """Without either knowing."""
    watched = metrics.watched(core)
    statements = value("coderunner_database_query_duration_seconds_count")
    gets = value("coderunner_result_store_duration_seconds_count", operation="get")
    assert await watched.results.get("nothing") is None
    assert value("coderunner_result_store_duration_seconds_count", operation="get") == gets + 1
    assert value("coderunner_database_query_duration_seconds_count") > statements


async def test_a_refusal_is_counted_by_its_limit(core: Core, ada: Actor) -> None:
    """Any limit; other errors are none."""
    before = value("coderunner_refusals_total", limit="quota_minute")
    metrics.refused(TooMany("Too many.", 5, limit="quota_minute"))
    metrics.refused(CodeRunnerError("Something else."))
    assert value("coderunner_refusals_total", limit="quota_minute") == before + 1


def test_errors_are_counted_where_they_are_logged() -> None:
    """Warnings are not."""
    handler = metrics.CountErrors("test")
    logger = logging.getLogger("coderunner_core.test_metrics")
    logger.addHandler(handler)
    try:
        logger.warning("odd")
        logger.error("broken")
    finally:
        logger.removeHandler(handler)
    assert value("coderunner_errors_total", service="test") == 1


def test_a_pools_snapshots_become_counters() -> None:
    """Each retirement is counted once, however often the pool is looked at."""
    see = metrics.pool_watcher()
    before = value("coderunner_pool_retired_total", reason="dirty")
    see(3, 0, 3, {})
    see(2, 1, 4, {"dirty": 1})
    see(2, 1, 4, {"dirty": 1})
    assert value("coderunner_pool_retired_total", reason="dirty") == before + 1
    assert value("coderunner_pool_containers", state="ready") == 2


async def test_prometheus_is_told_of_queues_stores_and_redis(core: Core, control: FakeControl) -> None:
    """In its own format, as one document."""
    control.oldest_s = {RunKind.SUBMIT: 4.5}
    families = {one.name: one for one in text_string_to_metric_families((await exposition(core)).decode())}
    oldest = {one.labels["queue"]: one.value for one in families["coderunner_queue_oldest_wait_seconds"].samples}
    assert oldest == {"code-execution": 0.0, "code-submission": 4.5}
    up = {one.labels["part"]: one.value for one in families["coderunner_health_up"].samples}
    assert {name: up[name] for name in ("database", "redis", "results")} == {"database": 1, "redis": 1, "results": 1}
    assert families["coderunner_redis_memory_bytes"].samples[0].value == 10


async def test_a_host_tells_how_busy_its_processors_are(core: Core) -> None:
    """Seconds of work that only grow, and of how many processors."""
    told = []
    for _ in range(2):
        families = text_string_to_metric_families((await exposition(core)).decode())
        told.append({one.name: one.samples[0].value for one in families if one.name.startswith("coderunner_host_")})
    first, second = told
    assert 0 < first["coderunner_host_cpu_seconds"] <= second["coderunner_host_cpu_seconds"]
    assert first["coderunner_host_processors"] >= 1


async def test_without_redis_the_rest_is_still_told(core: Core, control: FakeControl) -> None:
    """And that Redis is away is what is told of it."""
    control.broken = True
    families = {one.name: one for one in text_string_to_metric_families((await exposition(core)).decode())}
    up = {one.labels["part"]: one.value for one in families["coderunner_health_up"].samples}
    assert (up["redis"], up["database"], families["coderunner_redis_memory_bytes"].samples) == (0, 1, [])


def test_no_label_can_hold_a_person_or_a_run() -> None:
    """Cardinality stays what our own code makes it."""
    labels = {label for one in metrics.REGISTRY.collect() for sample in one.samples for label in sample.labels}
    assert labels <= {"kind", "outcome", "service", "state", "reason", "limit", "handler", "operation", "le"}


def test_a_token_guards_the_metrics_where_one_is_set() -> None:
    """Exactly that token, as a bearer."""
    open_to_all, guarded = (
        load_settings(_env_file=None, jwt_secret="s" * 48, metrics_token=token) for token in ("", "let-me-in")
    )
    assert may_read(open_to_all, "")
    assert [may_read(guarded, one) for one in ("", "Bearer wrong", "let-me-in", "Bearer let-me-in")] == [
        False,
        False,
        False,
        True,
    ]


def test_how_long_a_worker_had_a_run_is_counted() -> None:
    """In seconds, from when it began."""
    now = utc_now()
    run = Run(id="r", user_id=1, problem_id="p", problem_version="v", kind=RunKind.RUN, outcome=Outcome.OK)
    run.created_at, run.started_at = now, now
    run.finished_at = now + timedelta(seconds=1)
    before = value("coderunner_job_duration_seconds_sum", kind="run")
    metrics.CountRuns().run_finished(run)
    assert value("coderunner_job_duration_seconds_sum", kind="run") == pytest.approx(before + 1)
