"""What the tests of classes share: ms hopper's class, with ada and alan in it."""

from __future__ import annotations

import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.models import Role
from coderunner_core.services.people import accounts
from coderunner_core.services.running import runs, verdicts
from coderunner_core.services.teaching import classes, join_codes
from tests.fakes import FakePresence
from tests.unit.conftest import PASSWORD


@pytest.fixture
async def knuth(core: Core) -> Actor:
    """Another teacher, of another class."""
    return accounts.as_actor(await accounts.create_user(core, "knuth", "Mr Knuth", PASSWORD, Role.TEACHER))


@pytest.fixture
async def class_id(core: Core, hopper: Actor, ada: Actor, alan: Actor) -> int:
    made = await classes.create(hopper, core, "7b Computing")
    code = await join_codes.make(hopper, core, made)
    for student in (ada, alan):
        await join_codes.join(student, core, code)
    return made


@pytest.fixture
def presence(core: Core) -> FakePresence:
    assert isinstance(core.presence, FakePresence)
    return core.presence


async def press(
    actor: Actor,
    core: Core,
    outcome: Outcome,
    kind: RunKind = RunKind.RUN,
    *,
    problem_id: str = "countdown",
    verdict: Verdict | None = None,
) -> str:
    """One press that ends as it is told; the run's id."""
    run = await runs.submit(actor, core, problem_id, kind, "print(1)")
    core.quotas.taken.clear()  # type: ignore[attr-defined]  # these tests press more often than people may
    score = 100 if outcome is Outcome.ACCEPTED else 0
    await verdicts.finish(core, run.id, verdict or Verdict(outcome, score if kind is RunKind.SUBMIT else None))
    return run.id
