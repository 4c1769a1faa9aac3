"""A platform without its web: real Redis, real database, real worker processes, real containers."""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from coderunner_core import migrations
from coderunner_core.actors import Actor
from coderunner_core.core import Core, open_core
from coderunner_core.models import Role
from coderunner_core.services.people import accounts
from coderunner_core.settings import Settings, load_settings
from tests import databases
from tests.eventually import WITHIN_S
from tests.servers import RedisServer, running_redis


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of this test's own, which it may stop."""
    with running_redis(tmp_path) as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, redis: RedisServer) -> Settings:
    return load_settings(
        _env_file=None,
        data_dir=tmp_path / "data",
        database_url=databases.url_for(tmp_path),
        redis_url=redis.url,
        runs_per_minute=10_000,
        runs_per_day=10_000,
        submissions_per_minute=10_000,
        submissions_per_day=10_000,
        queued_runs_per_user=1_000,
        max_queue_wait_s=600,
        worker_concurrency_execution=1,
        worker_concurrency_submission=1,
        sandbox_pool_size=1,
        sandbox_label=os.environ.get("SANDBOX_LABEL", "coderunner") + "-" + secrets.token_hex(3),
    )


@pytest.fixture
async def core(settings: Settings) -> AsyncIterator[Core]:
    async with open_core(settings) as opened:
        await migrations.upgrade(opened.database)
        yield opened


@pytest.fixture
async def ada(core: Core) -> Actor:
    return accounts.as_actor(await accounts.create_user(core, "ada", "Ada", "correct horse", Role.STUDENT))


@pytest.fixture
def start_worker(settings: Settings, core: Core) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts ``python -m worker …`` with these settings; whatever was started is ended after the test."""
    started: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        **{
            name.upper(): value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            for name, value in settings.model_dump(exclude={"jwt_secret", "sentry_dsn", "alert_webhook_url"}).items()
            if name in settings.model_fields_set
        },
    }

    def start(*words: str) -> subprocess.Popen[bytes]:
        with (settings.data_dir / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "worker", *words],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        process.wait(WITHIN_S)
