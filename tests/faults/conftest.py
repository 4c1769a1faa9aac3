"""What the fault tests share: a platform of each test's own, in a folder whose log tells what happened."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.instance import Instance, running_instance

StartPlatform = Callable[..., AbstractContextManager[Instance]]

_SMALL = {"WORKER_CONCURRENCY_EXECUTION": "2", "WORKER_CONCURRENCY_SUBMISSION": "1", "SANDBOX_POOL_SIZE": "1",
          "MAX_QUEUE_WAIT_S": "600", "QUEUED_RUNS_PER_USER": "100"}  # fmt: skip


@pytest.fixture
def platform(tmp_path: Path) -> StartPlatform:
    """Starts one for the length of a block; settings may be changed."""

    @contextmanager
    def start(**settings: str) -> Iterator[Instance]:
        label = os.environ.get("SANDBOX_LABEL", "coderunner") + "-" + secrets.token_hex(3)
        with running_instance(tmp_path, **{**_SMALL, "SANDBOX_LABEL": label, **settings}) as instance:
            yield instance

    return start
