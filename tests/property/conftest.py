"""A real sandbox for the properties: two containers, so that a replacement is ready when one is retired."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from sandbox import Sandbox, SandboxConfig


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for the whole session."""
    with Sandbox(SandboxConfig(pool_size=2, owner=f"property-{os.getpid()}", label="coderunner-tests")) as sandbox:
        yield sandbox
