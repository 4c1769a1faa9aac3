"""A real sandbox for the properties: two containers, so that a replacement is ready when one is retired."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from sandbox import Sandbox, SandboxConfig


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for the whole session."""
    given = SandboxConfig.from_env(os.environ)
    config = replace(given, pool_size=2, owner=f"property-{os.getpid()}", label="coderunner-tests")
    with Sandbox(config) as sandbox:
        yield sandbox
