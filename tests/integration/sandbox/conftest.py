"""A real sandbox for all tests of this folder, under a label of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from sandbox import Sandbox, SandboxConfig
from sandbox.build import build
from sandbox.engine import Engine


@pytest.fixture(scope="session")
def config() -> SandboxConfig:
    """Two containers; the image is made if it is not there."""
    given = replace(
        SandboxConfig.from_env(os.environ), label=f"coderunner-test-sandbox-{os.getpid()}", pool_size=2, owner="tests"
    )
    build(given, say=lambda _: None)
    return given


@pytest.fixture(scope="session")
def sandbox(config: SandboxConfig) -> Iterator[Sandbox]:
    """Shared: each test leaves it as it found it, which is what the sandbox promises."""
    with Sandbox(config) as shared:
        yield shared


@pytest.fixture
def engine(config: SandboxConfig) -> Iterator[Engine]:
    """To look at containers, and to do to them what should not happen."""
    found = Engine(config.docker_host)
    yield found
    found.close()


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Waits for a condition, at most twenty seconds."""

    def wait(condition: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < end, "it did not happen"
            time.sleep(0.02)

    return wait
