"""What the table of authorisation cannot say: sessions that end in the middle, and handlers that take no id."""

from __future__ import annotations

from typing import Any

import pytest

from coderunner_app.state.problem import ProblemState
from coderunner_core.core import Core
from coderunner_core.services.learning import drafts
from tests.unit.app.rig import Rig

PATH = "/problem/countdown"

# Handlers that read or change what belongs to one person, with a payload that would do it.
PERSONAL: dict[str, tuple[Any, ...]] = {
    "run_program": ("print(1)", ""),
    "submit_program": ("print(1)",),
    "stop_program": (),
    "run_changed": ("RUN",),
    "look_again": (),
    "replay": ("RUN",),
    "save_draft": ("countdown", "# theirs", "", 1),
}


@pytest.mark.parametrize("name", PERSONAL)
async def test_a_forged_session_leads_to_the_sign_in_page(name: str, rig: Rig, core: Core, as_ada: str) -> None:
    """Also in the middle of a visit, when a session ends while the page is open."""
    await rig.fire(ProblemState.load(), path=PATH, cookie=as_ada)
    await rig.fire(ProblemState.run_program("print(1)", ""), path=PATH, cookie=as_ada)
    if name in ("run_program", "submit_program"):
        await rig.fire(ProblemState.stop_program(), path=PATH, cookie=as_ada)
    forged = as_ada[:-4] + "AAAA"
    await rig.fire(getattr(ProblemState, name)(*PERSONAL[name]), path=PATH, cookie=forged)
    assert rig.redirects == ["/sign-in?next=%2Fproblem%2Fcountdown"]
    assert "not valid" in (await rig.state(ProblemState)).trouble


async def test_stop_reaches_no_run_but_the_one_on_the_page(rig: Rig, core: Core, as_ada: str, as_alan: str) -> None:
    """It takes no id, so there is none to forge."""
    await rig.fire(ProblemState.load(), page="ada", path=PATH, cookie=as_ada)
    await rig.fire(ProblemState.run_program("print(1)", ""), page="ada", path=PATH, cookie=as_ada)
    await rig.fire(ProblemState.load(), page="alan", path=PATH, cookie=as_alan)
    await rig.fire(ProblemState.stop_program(), page="alan", path=PATH, cookie=as_alan)
    await rig.fire(ProblemState.look_again(), page="ada", path=PATH, cookie=as_ada)
    assert (await rig.state(ProblemState, "ada")).run_panel.active


async def test_a_draft_is_saved_for_who_asks_and_nobody_else(
    rig: Rig, core: Core, ada: Any, as_ada: str, as_alan: str
) -> None:
    """The payload names a problem, never a person."""
    await rig.fire(ProblemState.save_draft("countdown", "# of Ada", "", 1), page="ada", path=PATH, cookie=as_ada)
    await rig.fire(ProblemState.save_draft("countdown", "# of Alan", "", 1), page="alan", path=PATH, cookie=as_alan)
    draft = await drafts.load(ada, core, "countdown")
    assert draft is not None
    assert draft.source == "# of Ada"
