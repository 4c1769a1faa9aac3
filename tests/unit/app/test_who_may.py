"""Every event handler of every page, called by nobody, by the wrong person, and with nonsense."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
import reflex as rx

from coderunner_app.state.base import Visitor
from coderunner_app.state.curriculum import CurriculumState
from coderunner_app.state.landing import LandingState
from coderunner_app.state.problem import ProblemState
from coderunner_app.state.register import RegisterState
from coderunner_app.state.session import SessionState
from coderunner_app.state.sign_in import SignInState
from coderunner_core.contract import Outcome, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import NotFound, NotSignedIn
from coderunner_core.services import drafts, verdicts
from tests.fakes import FakeQueue
from tests.unit.app.rig import Rig

PATH = "/problem/countdown"
STATES: list[type[rx.State]] = [
    CurriculumState, LandingState, ProblemState, RegisterState, SessionState, SignInState
]  # fmt: skip

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
# Handlers that change nothing but what the page itself shows, or that read what anyone may read.
OPEN = {
    "ProblemState": {
        "load", "progress_changed", "show_hint", "show_tab", "show_pane", "toggle_input", "dismiss",
    },
    "CurriculumState": {"load", "refresh", "show_group"},
    "LandingState": {"load"},
    "RegisterState": {"load"},
    "SessionState": {"load"},
    "SignInState": {"load"},
}  # fmt: skip
_OF_REFLEX = {"setvar"}


def _handlers(state: type[rx.State]) -> set[str]:
    own = set(state.event_handlers) - set(rx.State.event_handlers) - _OF_REFLEX
    return {name for name in own if not name.startswith("_")}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_handler_is_in_a_table(state: type[rx.State]) -> None:
    """A new handler has to say whether it is personal; nobody forgets."""
    personal = set(PERSONAL) if state is ProblemState else set()
    assert _handlers(state) == OPEN[state.__name__] | personal


def test_helpers_cannot_be_called_by_a_browser() -> None:
    """Everything that the handlers share begins with an underscore."""
    shared = {name for name, _ in inspect.getmembers(Visitor, inspect.isfunction)} - set(dir(rx.State))
    assert {name for name in shared if not name.startswith("_")} == set()


@pytest.mark.parametrize("name", PERSONAL)
async def test_nobody_is_refused(name: str, rig: Rig, core: Core) -> None:
    """Without a session nothing happens, and the page asks to sign in."""
    await rig.fire(ProblemState.load(), path=PATH)
    await rig.fire(getattr(ProblemState, name)(*PERSONAL[name]), path=PATH)
    state = await rig.state(ProblemState)
    assert isinstance(core.queue, FakeQueue)
    assert core.queue.jobs == []
    told = state.asks_to_sign_in or state.trouble == NotSignedIn().message
    assert told or name in ("stop_program", "look_again")  # nothing runs that could be stopped or looked at


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


@pytest.mark.parametrize("name", ["run_changed", "replay"])
async def test_the_run_of_another_student_is_not_found(
    name: str, rig: Rig, core: Core, as_ada: str, as_alan: str
) -> None:
    """Whoever knows its id still sees nothing of it."""
    await rig.fire(ProblemState.load(), page="ada", path=PATH, cookie=as_ada)
    await rig.fire(ProblemState.run_program("print(1)", ""), page="ada", path=PATH, cookie=as_ada)
    run_id = (await rig.state(ProblemState, "ada")).run_panel.id
    await verdicts.finish(core, run_id, Verdict(Outcome.OK, stdout="only for Ada"))
    await rig.fire(ProblemState.load(), page="alan", path=PATH, cookie=as_alan)
    await rig.fire(getattr(ProblemState, name)(run_id), page="alan", path=PATH, cookie=as_alan)
    state = await rig.state(ProblemState, "alan")
    assert state.trouble == NotFound("There is no such run.").message
    assert "only for Ada" not in str(state.dict())


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


@pytest.mark.parametrize("nonsense", [None, 7, ["x"], {"a": 1}, "no-such-id"], ids=str)
@pytest.mark.parametrize("name", [name for name, payload in PERSONAL.items() if payload])
async def test_nonsense_is_refused_in_words(name: str, nonsense: Any, rig: Rig, core: Core, as_ada: str) -> None:
    """Whatever a browser sends, the page stays alive and says something."""
    await rig.fire(ProblemState.load(), path=PATH, cookie=as_ada)
    payload = [nonsense] * len(PERSONAL[name])
    await rig.fire(getattr(ProblemState, name)(*payload), path=PATH, cookie=as_ada)
    state = await rig.state(ProblemState)
    accepted = nonsense == "no-such-id" and name in ("run_program", "submit_program")
    assert accepted or state.trouble or state.saved.get("trouble")
