"""The smaller pages: curriculum, sign-in, register, first page, header."""

from __future__ import annotations

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_app.state.base import Visitor
from coderunner_app.state.curriculum import CurriculumState
from coderunner_app.state.landing import LandingState
from coderunner_app.state.register import RegisterState
from coderunner_app.state.session import SessionState
from coderunner_app.state.sign_in import SignInState
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome
from coderunner_core.core import Core
from coderunner_core.services.learning import progress
from coderunner_core.services.people import sessions
from tests.unit.app.rig import Rig


async def _solve(core: Core, actor: Actor, problem_id: str) -> None:
    session: AsyncSession
    async with core.database.writing() as session:
        await progress.record(session, actor.user_id, problem_id, Outcome.ACCEPTED, 100)


async def test_the_curriculum_shows_progress_and_follows_it(rig: Rig, core: Core, ada: Actor, as_ada: str) -> None:
    """Read when the page opens, and again when there is news."""
    await rig.fire(CurriculumState.load(), path="/curriculum", cookie=as_ada)
    assert (await rig.state(CurriculumState)).groups[0].solved == 0
    await _solve(core, ada, "countdown")
    await rig.fire(CurriculumState.refresh(), path="/curriculum", cookie=as_ada)
    state = await rig.state(CurriculumState)
    assert (state.groups[0].solved, state.groups[0].levels[0].problems[0].status) == (1, "solved")


async def test_the_curriculum_is_open_to_everybody(rig: Rig) -> None:
    """Without progress, but with every problem."""
    await rig.fire(CurriculumState.load(), path="/curriculum?age=11-13")
    state = await rig.state(CurriculumState)
    assert (state.group_id, state.groups[0].total, state.ready) == ("11-13", 2, True)


async def test_an_age_group_that_does_not_exist_is_not_shown(rig: Rig) -> None:
    """Neither from the address nor from an event."""
    await rig.fire(CurriculumState.load(), path="/curriculum?age=99")
    await rig.fire(CurriculumState.show_group("99"), path="/curriculum")
    assert (await rig.state(CurriculumState)).group_id == "11-13"


async def test_the_header_knows_who_is_there(rig: Rig, as_ada: str) -> None:
    """Name and role, nothing else of the account."""
    await rig.fire(SessionState.load(), cookie=as_ada)
    state = await rig.state(SessionState)
    assert (state.signed_in, state.display_name, state.role) == (True, "Ada", "student")


async def test_the_header_forgets_an_ended_session(rig: Rig, core: Core, as_ada: str) -> None:
    """A state that outlives the session shows nothing of it."""
    await rig.fire(SessionState.load(), cookie=as_ada)
    await sessions.revoke(core, as_ada.split("=", 1)[1])
    await rig.fire(SessionState.load(), cookie=as_ada)
    state = await rig.state(SessionState)
    assert (state.signed_in, state.display_name, state.role) == (False, "", "")


@pytest.mark.parametrize(
    ("asked", "onwards"),
    [("/problem/countdown", "/problem/countdown"), ("https://evil.example", "/curriculum"), ("", "/curriculum")],
)
async def test_the_sign_in_page_goes_on_to_our_own_pages_only(rig: Rig, asked: str, onwards: str) -> None:
    """Whatever the address asks for."""
    await rig.fire(SignInState.load(), path=f"/sign-in?next={asked}")
    assert (await rig.state(SignInState)).onwards == onwards


async def test_the_sign_in_page_says_what_the_form_was_answered(rig: Rig) -> None:
    """The message came with the redirect, in a cookie."""
    await rig.fire(SignInState.load(), path="/sign-in", cookie="coderunner_message=Too%20many%20tries.")
    assert (await rig.state(SignInState)).trouble == "Too many tries."


async def test_the_sign_in_page_says_that_a_session_ended(rig: Rig, as_ada: str) -> None:
    """So that nobody wonders why they are here."""
    await rig.fire(SignInState.load(), path="/sign-in", cookie=as_ada[:-4] + "AAAA")
    assert "not valid" in (await rig.state(SignInState)).trouble
    assert rig.redirects == []


@pytest.mark.parametrize("state", [SignInState, RegisterState, LandingState])
async def test_who_is_signed_in_goes_on_to_the_curriculum(rig: Rig, as_ada: str, state: type[Visitor]) -> None:
    """From the first page and from both forms."""
    await rig.fire(state.load(), cookie=as_ada)  # type: ignore[attr-defined]
    assert set(rig.redirects) == {"/curriculum"}
