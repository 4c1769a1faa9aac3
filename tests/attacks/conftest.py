"""A real sandbox with one container, so that what runs next runs where the attack ran, and a view from outside."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from sandbox import Sandbox, SandboxConfig
from tests.attacks.containers import Containers
from tests.attacks.next_run import Facts, look_around

_LABEL = "coderunner-tests"


@pytest.fixture(scope="session")
def containers() -> Iterator[Containers]:
    """This process's containers, seen from the engine."""
    view = Containers(_LABEL, owner=f"attacks-{os.getpid()}")
    yield view
    view.close()


@pytest.fixture(scope="session")
def sandbox(containers: Containers) -> Iterator[Sandbox]:
    """One sandbox for the whole session; when it closes, nothing of it may be left."""
    threads = threading.active_count()
    given = SandboxConfig.from_env(os.environ)  # image and runtime: the same attacks hold for gVisor
    config = replace(given, pool_size=1, runs_per_container=100_000, owner=containers.owner, label=_LABEL)
    with Sandbox(config) as sandbox:
        yield sandbox
    assert containers.wait_for(0) == []
    assert threads == threading.active_count()


@pytest.fixture(scope="session")
def untouched(sandbox: Sandbox) -> Facts:
    """What a start finds in a container that no attack has been in."""
    return look_around(sandbox)
