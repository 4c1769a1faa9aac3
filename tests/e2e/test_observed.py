"""A press followed through every process by its ids, what no log line holds, and counts that are right for all."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import redis
from prometheus_client.parser import text_string_to_metric_families
from rq import Queue
from rq.serializers import JSONSerializer

from coderunner_app.cookies import session_name
from coderunner_app.state.problem import ProblemState
from coderunner_core.settings import load_settings
from tests import databases
from tests.instance import Instance, running_instance
from tests.servers import free_port
from tests.socket_client import Page

STATE = ProblemState.get_full_name()
WITHIN_S = 60
PASSWORD, SOURCE, STDIN = "planted-password-1", "planted_source = 1", "planted-input"
TOKEN, KEY = "planted-metrics-token", "planted-sentry-key"


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """As in production, talkative, with two web processes and two workers for Run."""
    port, folder = str(free_port()), tmp_path_factory.mktemp("observed")
    with running_instance(
        folder,
        demo=False,
        DATABASE_URL=databases.full_url_for(folder),
        CODERUNNER_ENV="production",
        RESULT_STORE="sql",
        LOG_LEVEL="DEBUG",
        JWT_SECRET="planted-jwt-secret-" + "x" * 32,
        WEB_PORT=port,
        PUBLIC_ORIGIN=f"http://localhost:{port}",
        WEB_WORKERS="2",
        WORKER_CONCURRENCY_EXECUTION="2",
        SANDBOX_POOL_SIZE="1",
        METRICS_PORT=str(free_port()),
        METRICS_TOKEN=TOKEN,
        SENTRY_DSN=f"http://{KEY}@127.0.0.1:{free_port()}/1",
    ) as running:
        running.command("coderunner_core", "users", "create", "ada", "--password-stdin", stdin=f"{PASSWORD}\n")
        yield running


def sign_in(platform: Instance, password: str = PASSWORD) -> str:
    """The session's cookie, as a browser would send it; empty when it was refused."""
    answer = httpx.post(
        f"{platform.origin}/auth/sign-in",
        data={"name": "ada", "password": password},
        headers={"Origin": platform.origin},
    )
    name = session_name(load_settings(_env_file=None, jwt_secret="x" * 48))
    return f"{name}={answer.cookies[name]}" if name in answer.cookies else ""


def get(address: str, authorization: str = "") -> httpx.Response:
    return httpx.get(address, headers={"Authorization": authorization}, timeout=30)


async def open_page(platform: Instance, cookie: str) -> Page:
    return await Page(platform.origin, "/problem/countdown", cookie).open()


async def press(page: Page, source: str, stdin: str = "") -> str:
    """Press Run and see it through to its verdict; the run's id."""
    before = (page.get(STATE, "run_panel") or {}).get("id", "")
    await page.send(f"{STATE}.run_program", source=source, stdin=stdin)
    await page.until(lambda: finished(page, before), WITHIN_S)
    return str(page.get(STATE, "run_panel")["id"])


def finished(page: Page, before: str) -> bool:
    panel = page.get(STATE, "run_panel") or {}
    return panel.get("id", "") != before and bool(panel.get("label")) and not panel.get("active")


def lines(platform: Instance, name: str) -> list[dict[str, Any]]:
    """What a process logged: every line has to be one JSON object."""
    return [json.loads(line) for line in platform.log_of(name).splitlines() if line]


async def eventually(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.1)


def counted(address: str, name: str, **labels: str) -> float:
    text = get(address, f"Bearer {TOKEN}").raise_for_status().text
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples if one.name == name]
    return sum(one.value for one in samples if labels.items() <= one.labels.items())


def workers_port(platform: Instance, path: str) -> str:
    return f"http://127.0.0.1:{platform.settings['METRICS_PORT']}{path}"


async def test_one_press_is_followed_through_all_processes_by_its_ids(platform: Instance) -> None:
    """Web, queue, worker and sandbox: the request's id, the run's and the person's, in each of them."""
    page = await open_page(platform, sign_in(platform))
    platform.stop("workers")
    await page.send(f"{STATE}.run_program", source="print('hello')", stdin="")
    with redis.Redis.from_url(platform.redis.url) as client:
        await eventually(lambda: client.llen("rq:queue:code-execution") == 1)
        (job,) = client.lrange("rq:queue:code-execution", 0, -1)
        queued = json.loads(client.hget(b"rq:job:" + job, "meta"))
    platform.start("workers", "worker", "start")
    await page.until(lambda: finished(page, ""), WITHIN_S)
    run_id = page.get(STATE, "run_panel")["id"]
    await page.close()
    await eventually(lambda: any(one["message"] == "run finished" for one in lines(platform, "workers")))
    told = {
        (one["service"], one["message"]): one
        for one in lines(platform, "web") + lines(platform, "workers")
        if one.get("requestId") == queued["request_id"]
    }
    assert set(told) >= {("web", "run accepted"), ("sandbox", "program ended"), ("worker", "run finished")}
    assert {(one["jobId"], one["userId"]) for one in told.values() if "jobId" in one} == {(run_id, 1)}
    assert {"timestamp", "level", "service", "requestId", "jobId", "userId"} <= set(told["worker", "run finished"])


async def test_no_log_line_holds_what_nobody_may_read(platform: Instance) -> None:
    """Neither password nor token nor program nor input nor key, with DEBUG and when things go wrong."""
    cookie = sign_in(platform)
    assert sign_in(platform, "planted-wrong-password") == ""
    page = await open_page(platform, cookie)
    await press(page, f"{SOURCE}\nprint('planted-output', input())", STDIN)
    await press(page, f"{SOURCE}\nraise ValueError('planted-output')")
    await page.send(f"{STATE}.run_program", source={"planted_source": 1}, stdin=STDIN)
    await page.send(f"{STATE}.no_such_event", source=SOURCE)
    await page.send(f"{STATE}.submit_program", source=SOURCE, planted_source=1)
    await page.send(f"{STATE}.save_draft", problem_id="countdown", source=SOURCE, stdin=STDIN, serial=1)
    fail_a_job(platform)
    await eventually(lambda: any(one["message"] == "job failed" for one in lines(platform, "workers")))
    await press(page, "print('the last one')")
    await page.close()
    get(f"{platform.origin}/health?planted-query=1")
    written = platform.log_of("web") + platform.log_of("workers")
    secrets = ["planted", cookie.partition("=")[2], platform.settings["JWT_SECRET"]]
    assert len(lines(platform, "web")) > 10
    assert [line for line in written.splitlines() for secret in secrets if secret in line] == []


def fail_a_job(platform: Instance) -> None:
    """One that no worker can do, with arguments that RQ would write down."""
    with redis.Redis.from_url(platform.redis.url) as client:
        queue = Queue("code-execution", connection=client, serializer=JSONSerializer)
        queue.enqueue("worker.jobs.execute_run", "0" * 32, SOURCE, description="a job that fails")


async def test_counts_are_those_of_all_processes(platform: Instance) -> None:
    """Whichever web process answers, and also after a worker died."""
    web, workers = f"{platform.origin}/metrics", workers_port(platform, "/metrics")
    cookie = sign_in(platform)
    pages = [await open_page(platform, cookie) for _ in range(6)]
    assert [counted(web, "coderunner_open_sessions") for _ in range(6)] == [6.0] * 6

    def ended() -> float:
        """An outcome that no other test has, since a worker counts a run after its page has read the verdict."""
        return counted(workers, "coderunner_runs_total", kind="run", outcome="compile_error")

    for _ in range(6):  # on one page: the others, of the same person, show its runs, and while one runs they press none
        await press(pages[0], "print(")
    await eventually(lambda: ended() == 6)
    assert counted(workers, "coderunner_queue_wait_seconds_count", kind="run") >= 6
    assert counted(web, "coderunner_event_duration_seconds_count", handler="ProblemState.run_program") >= 6
    assert counted(web, "coderunner_database_query_duration_seconds_count") > 0
    assert counted(workers, "coderunner_workers_ready", queue="code-execution") == 2
    await eventually(lambda: counted(workers, "coderunner_pool_containers", state="ready") == 3)
    kill_a_worker(platform)
    await eventually(lambda: "worker process died" in platform.log_of("workers"))
    assert ended() == 6
    for page in pages:
        await page.close()
    await eventually(lambda: counted(web, "coderunner_open_sessions") == 0)


def kill_a_worker(platform: Instance) -> None:
    """One of those for Run, without a chance to say good-bye."""
    with redis.Redis.from_url(platform.redis.url) as client:
        vitals = [json.loads(raw) for raw in client.hvals("ops:vitals")]
    os.kill(next(one["pid"] for one in vitals if one["kind"] == "run"), signal.SIGKILL)


async def test_metrics_are_for_those_who_know_the_token(platform: Instance) -> None:
    """Both ports; the probes beside them are for everyone and hold nothing."""
    for address in (f"{platform.origin}/metrics", workers_port(platform, "/metrics")):
        assert get(address).status_code == 401
        assert get(address, "Bearer wrong").status_code == 401
    await eventually(lambda: get(workers_port(platform, "/ready")).status_code == 200)
    ready = get(workers_port(platform, "/ready")).json()
    assert (ready["status"], ready["workers"]["ready"], ready["workers"]["unproven"]) == ("ok", 3, [])
    assert get(workers_port(platform, "/")).status_code == 404


async def test_readiness_names_each_store_with_its_latency(platform: Instance) -> None:
    """For the proxy that asks, and for the person who looks."""
    body = get(f"{platform.origin}/health/ready").raise_for_status().json()
    assert body.pop("status") == "ok"
    assert {"database", "redis", "results", "objects"} <= set(body)
    assert all(part["status"] == "ok" and part["ms"] > 0 for part in body.values())
