"""What the tests of the pages about classes share: presses, pages that are opened, and what these listen to."""

from __future__ import annotations

from typing import Any

from coderunner_app.push import hub
from coderunner_app.state.live_class import LiveClassState
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.services.running import runs, verdicts
from tests.unit.app.rig import Rig


async def press(core: Core, actor: Actor, outcome: Outcome) -> None:
    """A submission that ends as it is told."""
    run = await runs.submit(actor, core, "countdown", RunKind.SUBMIT, "print(1)")
    core.quotas.taken.clear()  # type: ignore[attr-defined]  # these tests press more often than people may
    await verdicts.finish(core, run.id, Verdict(outcome, 100 if outcome is Outcome.ACCEPTED else 0))


def heard_by(page: str) -> set[str]:
    """The topics that an open page listens to."""
    return {topic for topic, pages in hub._topics.items() if page in pages}


async def open_page(rig: Rig, class_id: int, cookie: str, state: Any = LiveClassState, end: str = "") -> Any:
    """Load a page of a class; what it shows then."""
    await rig.fire(state.load(), path=f"/class/{class_id}{end}", cookie=cookie)
    return await rig.state(state)
