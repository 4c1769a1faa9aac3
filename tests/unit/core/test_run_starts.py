"""What quotas are counted from when Redis has lost its counts."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.models import Run, utc_now
from coderunner_core.run_starts import RunStarts
from coderunner_core.services.running import runs, verdicts


async def test_the_runs_of_the_last_day_count_as_they_ended(core: Core, ada: Actor, alan: Actor) -> None:
    """Each person's own, each kind apart; what was stopped counts as a start only, what is older not at all."""
    stopped, ended, old = [(await _finished(core, ada, one)).id for one in (Outcome.CANCELLED, Outcome.OK, Outcome.OK)]
    waits = await runs.submit(ada, core, "countdown", RunKind.RUN, "print(1)")
    await runs.submit(ada, core, "countdown", RunKind.SUBMIT, "print(1)")
    await runs.submit(alan, core, "countdown", RunKind.RUN, "print(1)")
    async with core.database.writing() as session:
        day_ago = utc_now() - timedelta(days=1, seconds=1)
        await session.exec(update(Run).where(col(Run.id) == old).values(created_at=day_ago))
    found = {one.run_id: one.counts for one in await RunStarts(core.database)(ada.user_id, RunKind.RUN)}
    assert found == {stopped: False, ended: True, waits.id: True}


async def _finished(core: Core, actor: Actor, outcome: Outcome) -> runs.RunView:
    run = await runs.submit(actor, core, "countdown", RunKind.RUN, "print(1)")
    await verdicts.finish(core, run.id, Verdict(outcome))
    return run
