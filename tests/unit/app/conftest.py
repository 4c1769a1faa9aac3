"""What the tests of the pages share: a Core with fakes, the cast, and a rig that runs handlers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from coderunner_app import current
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.services.teaching import classes, join_codes
from tests.fakes import open_fake_core
from tests.unit.app.rig import Rig, cookie_of, running_rig


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[Core]:
    async with open_fake_core(tmp_path) as opened:
        current.use(opened)
        yield opened
        current.use(None)


@pytest.fixture
async def rig(core: Core) -> AsyncIterator[Rig]:
    async with running_rig() as running:
        yield running


@pytest.fixture
async def as_ada(ada: Actor, core: Core) -> str:
    """The Cookie header of Ada's browser."""
    return await cookie_of(ada, core)


@pytest.fixture
async def as_alan(alan: Actor, core: Core) -> str:
    """The Cookie header of Alan's browser."""
    return await cookie_of(alan, core)


@pytest.fixture
async def as_hopper(hopper: Actor, core: Core) -> str:
    """The Cookie header of Hopper's browser."""
    return await cookie_of(hopper, core)


@pytest.fixture
async def class_id(core: Core, hopper: Actor, ada: Actor, alan: Actor) -> int:
    """Hopper's class, with Ada and Alan in it."""
    made = await classes.create(hopper, core, "7b Computing")
    code = await join_codes.make(hopper, core, made)
    for student in (ada, alan):
        await join_codes.join(student, core, code)
    return made
