"""What unit tests share: a Core with fakes, those fakes by their names, and the cast."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.models import Role
from coderunner_core.services.people import accounts
from tests.fake_control import FakeControl
from tests.fakes import FakeEvents, FakeQueue, open_fake_core

PASSWORD = "correct horse"


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[Core]:
    async with open_fake_core(tmp_path) as opened:
        yield opened


@pytest.fixture
def queue(core: Core) -> FakeQueue:
    assert isinstance(core.queue, FakeQueue)
    return core.queue


@pytest.fixture
def events(core: Core) -> FakeEvents:
    assert isinstance(core.events, FakeEvents)
    return core.events


@pytest.fixture
def control(core: Core) -> FakeControl:
    assert isinstance(core.control, FakeControl)
    return core.control


@pytest.fixture
async def ada(core: Core) -> Actor:
    return await accounts.register(core, "ada", "Ada", PASSWORD, ip="10.0.0.1")


@pytest.fixture
async def alan(core: Core) -> Actor:
    return await accounts.register(core, "alan", "Alan", PASSWORD, ip="10.0.0.1")


@pytest.fixture
async def hopper(core: Core) -> Actor:
    return accounts.as_actor(await accounts.create_user(core, "hopper", "Ms Hopper", PASSWORD, Role.TEACHER))


@pytest.fixture
async def lovelace(core: Core) -> Actor:
    """An admin."""
    return accounts.as_actor(await accounts.create_user(core, "lovelace", "Lovelace", PASSWORD, Role.ADMIN))
