"""Open pages of a class's teachers and students follow what the others do: stuck, leaving, watching, talking."""

from __future__ import annotations

import pytest
from reflex.event import Event

from coderunner_app import class_words
from coderunner_app.gathering import Gathered
from coderunner_app.state.classes import ClassesState
from coderunner_app.state.history import HistoryState
from coderunner_app.state.live_class import _ANSWERS as ANSWERS
from coderunner_app.state.live_class import LiveClassState
from coderunner_app.state.problem import ProblemState
from coderunner_app.state.student import StudentState
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind
from coderunner_core.core import Core
from coderunner_core.events import class_topic
from coderunner_core.models import Role
from coderunner_core.services.people import accounts
from coderunner_core.services.running import runs
from coderunner_core.services.teaching import class_members, classes, leaving
from coderunner_core.services.teaching.class_views import CellView, QuotaOverride, StudentView
from coderunner_core.services.teaching.classes import ClassSettings
from coderunner_core.services.watching import presence
from tests.unit.app.classroom import heard_by, open_page, press
from tests.unit.app.rig import Rig
from tests.unit.conftest import PASSWORD


async def test_who_left_a_problem_unsolved_is_not_stuck_right_now(
    rig: Rig, core: Core, class_id: int, ada: Actor, as_hopper: str
) -> None:
    """They are listed apart, and are again among the others when they come back to it."""
    for _ in range(core.settings.stuck_failures):
        await press(core, ada, Outcome.WRONG_ANSWER)
    state = await open_page(rig, class_id, as_hopper)
    assert (state.stuck, [row.student for row in state.left_stuck], state.left_stuck_total) == ([], ["Ada"], 1)
    await presence.seen(ada, core, "countdown", "page")
    await rig.fire(LiveClassState.changed([[ada.user_id, ""]]), path=f"/class/{class_id}", cookie=as_hopper)
    state = await rig.state(LiveClassState)
    assert ([row.student for row in state.stuck], state.left_stuck) == (["Ada"], [])


@pytest.mark.parametrize(
    ("at", "last_ms", "now"),
    [("countdown", 0, True), ("even-numbers", 5, True), ("even-numbers", 4, False), ("", 5, True), (None, 5, False)],
)
async def test_stuck_now_is_who_is_here_and_at_it(at: str | None, last_ms: int, now: bool) -> None:
    """Or pressed on it since the lesson began, at 5; None is not here."""
    student = StudentView(7, "Ada", online=at is not None, on_problem_id=at or "")
    cell = CellView(7, "countdown", "stuck", 5, last_ms=last_ms)
    [row] = class_words.stuck_rows([cell], {7: student}, {"countdown": "Countdown"}, since_ms=5)
    assert row.now == now


async def test_forty_who_join_at_once_are_read_once(class_id: int, ada: Actor) -> None:
    """And with them the squares that changed in the same half second."""
    answer = ANSWERS["members"]
    assert isinstance(answer, Gathered)
    assert {kind: ANSWERS[kind] == answer for kind in ("cell", "presence", "class", "assignments")} == dict.fromkeys(
        ("cell", "presence", "class", "assignments"), True
    )
    news = [("cell", {"user": ada.user_id, "problem": "countdown"}), *[("members", {})] * 40]
    assert [event.name.rsplit(".", 1)[-1] for event in Event.from_event_type(answer.answer(news))] == ["changed_all"]


async def test_a_teacher_who_is_taken_out_sees_the_class_no_longer(
    rig: Rig, core: Core, class_id: int, hopper: Actor, ada: Actor, as_hopper: str
) -> None:
    """Also on the page that is open."""
    await open_page(rig, class_id, as_hopper)
    await accounts.create_user(core, "knuth", "", PASSWORD, Role.TEACHER)
    await class_members.add_teacher(hopper, core, class_id, "knuth")
    await class_members.remove_teacher(hopper, core, class_id, hopper.user_id)
    await rig.fire(LiveClassState.changed([[ada.user_id, "countdown"]]), path=f"/class/{class_id}", cookie=as_hopper)
    state = await rig.state(LiveClassState)
    assert (state.missing, state.board, state.name) == (True, {}, "")


async def test_a_student_leaves_a_class(rig: Rig, core: Core, class_id: int, ada: Actor, as_ada: str) -> None:
    """It is out of the list, and said."""
    await rig.fire(ClassesState.load(), path="/classes", cookie=as_ada)
    assert [card.name for card in (await rig.state(ClassesState)).going_on] == ["7b Computing"]
    await rig.fire(ClassesState.leave(class_id), path="/classes", cookie=as_ada)
    state = await rig.state(ClassesState)
    assert (state.going_on, state.said) == ([], "You have left 7b Computing.")


async def test_a_students_page_is_gone_once_they_have_left(
    rig: Rig, core: Core, class_id: int, ada: Actor, as_hopper: str
) -> None:
    """The open one, too."""
    path = f"/student/{ada.user_id}"
    await rig.fire(StudentState.load(), path=path, cookie=as_hopper)
    assert (await rig.state(StudentState)).display_name == "Ada"
    await leaving.leave(ada, core, class_id)
    await rig.fire(StudentState.changed(), path=path, cookie=as_hopper)
    state = await rig.state(StudentState)
    assert (state.missing, state.display_name, heard_by("page")) == (True, "", set())


async def test_an_open_workspace_says_at_once_that_drafts_are_watched(
    rig: Rig, core: Core, class_id: int, hopper: Actor, as_ada: str
) -> None:
    """And that they are not any more, without a key being pressed."""
    await rig.fire(ProblemState.load(), path="/problem/countdown", cookie=as_ada)
    assert class_topic(class_id) in heard_by("page")
    said = []
    for watched in (True, False):
        await classes.change_settings(hopper, core, class_id, ClassSettings(None, watched, QuotaOverride()))
        await rig.fire(ProblemState.classes_changed(), path="/problem/countdown", cookie=as_ada)
        said.append((await rig.state(ProblemState)).watchers)
    assert said == ["7b Computing", ""]


async def test_a_run_is_talked_about_by_both_sides(
    rig: Rig, core: Core, class_id: int, ada: Actor, as_hopper: str, as_ada: str
) -> None:
    """The teacher on the student's page, the student in their history, which the comment leads to."""
    run = await runs.submit(ada, core, "countdown", RunKind.RUN, "print(1)")
    path = f"/student/{ada.user_id}?problem=countdown"
    await rig.fire(StudentState.load(), path=path, cookie=as_hopper)
    await rig.fire(StudentState.open_run(run.id), path=path, cookie=as_hopper)
    form = {"run": run.id, "comment": "Look at line 3."}
    await rig.fire(StudentState.write_about_run(form), path=path, cookie=as_hopper)
    shown = await rig.state(StudentState)
    assert ([one.body for one in shown.said], [row.comments for row in shown.rows]) == (["Look at line 3."], [1])
    visit = {"page": "ada", "path": f"/problem/countdown/history?run={run.id}", "cookie": as_ada}
    await rig.fire(HistoryState.load(), **visit)
    mine = await rig.state(HistoryState, "ada")
    assert (mine.showing, [(one.author, one.body) for one in mine.said]) == ("run", [("Ms Hopper", "Look at line 3.")])
    await rig.fire(HistoryState.write_about_run({"run": run.id, "comment": "Thank you!"}), **visit)
    assert [one.body for one in (await rig.state(HistoryState, "ada")).said] == ["Look at line 3.", "Thank you!"]
