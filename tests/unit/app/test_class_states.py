"""The states of the pages about classes: what they make of the services' answers, and what travels to the browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from reflex.event import Event

from coderunner_app.gathering import Gathered
from coderunner_app.state.class_assignments import ClassAssignmentsState
from coderunner_app.state.class_manage import ClassManageState
from coderunner_app.state.class_students import ClassStudentsState
from coderunner_app.state.classes import ClassesState
from coderunner_app.state.curriculum import _ANSWERS, CurriculumState
from coderunner_app.state.join import JoinState
from coderunner_app.state.live_class import LiveClassState
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome
from coderunner_core.core import Core
from coderunner_core.events import class_topic, user_topic
from coderunner_core.services.people import accounts
from coderunner_core.services.teaching import class_members, classes, join_codes
from coderunner_core.services.watching import presence
from tests.fakes import FakeEvents
from tests.unit.app.classroom import heard_by, open_page, press
from tests.unit.app.rig import Rig
from tests.unit.conftest import PASSWORD


async def test_the_board_has_a_row_for_each_student(
    rig: Rig, core: Core, class_id: int, ada: Actor, alan: Actor, as_hopper: str
) -> None:
    """With a short text for each problem, and nothing for what nobody has begun."""
    await press(core, ada, Outcome.ACCEPTED)
    await press(core, alan, Outcome.WRONG_ANSWER)
    state = await open_page(rig, class_id, as_hopper)
    assert [(row[1], row[5]) for row in state.board["rows"]] == [("Ada", ["s1", ""]), ("Alan", ["t1", ""])]
    assert (state.total, state.solved_lately, [event.student for event in state.events]) == (2, 1, ["Alan", "Ada"])


async def test_a_change_sends_the_changed_square_only(
    rig: Rig, core: Core, class_id: int, ada: Actor, as_hopper: str
) -> None:
    """The board itself is not sent again."""
    board = (await open_page(rig, class_id, as_hopper)).board
    await press(core, ada, Outcome.WRONG_ANSWER)
    pairs = [[ada.user_id, "countdown"]]
    await rig.fire(LiveClassState.changed(pairs), path=f"/class/{class_id}", cookie=as_hopper)
    state = await rig.state(LiveClassState)
    assert state.board == board
    assert state.patch["cells"] == [[ada.user_id, 0, "t1"]]
    assert len(json.dumps(state.patch)) < 200


async def test_who_is_stuck_is_listed_with_the_reason_until_it_is_solved(
    rig: Rig, core: Core, class_id: int, ada: Actor, as_hopper: str
) -> None:
    """In the words of the rule."""
    path = f"/class/{class_id}"
    await presence.seen(ada, core, "countdown", "page")
    await open_page(rig, class_id, as_hopper)
    for _ in range(core.settings.stuck_failures):
        await press(core, ada, Outcome.WRONG_ANSWER)
    await rig.fire(LiveClassState.changed([[ada.user_id, "countdown"]]), path=path, cookie=as_hopper)
    row = (await rig.state(LiveClassState)).stuck[0]
    assert (row.student, row.problem, "in a row" in row.why or "same error" in row.why) == ("Ada", "Countdown", True)
    await press(core, ada, Outcome.ACCEPTED)
    await rig.fire(LiveClassState.changed([[ada.user_id, "countdown"]]), path=path, cookie=as_hopper)
    assert (await rig.state(LiveClassState)).stuck == []


async def test_somebody_who_joins_appears(rig: Rig, core: Core, class_id: int, hopper: Actor, as_hopper: str) -> None:
    """News of somebody whom the board does not know make it read everything again."""
    await open_page(rig, class_id, as_hopper)
    grace = await accounts.register(core, "grace", "Grace", PASSWORD, ip="10.0.0.1")
    await join_codes.join(grace, core, await join_codes.make(hopper, core, class_id))
    await rig.fire(LiveClassState.changed([[grace.user_id, ""]]), path=f"/class/{class_id}", cookie=as_hopper)
    assert (await rig.state(LiveClassState)).total == 3


async def test_what_was_opened_follows_what_happens(
    rig: Rig, core: Core, class_id: int, ada: Actor, as_hopper: str
) -> None:
    """One student's way with one problem, then all of the student's, then everybody's."""
    path = f"/class/{class_id}"
    await open_page(rig, class_id, as_hopper)
    await rig.fire(LiveClassState.look_at(str(ada.user_id), "countdown"), path=path, cookie=as_hopper)
    assert (await rig.state(LiveClassState)).details.rows == []
    await press(core, ada, Outcome.WRONG_ANSWER)
    await rig.fire(LiveClassState.changed([[ada.user_id, "countdown"]]), path=path, cookie=as_hopper)
    assert [row.attempts for row in (await rig.state(LiveClassState)).details.rows] == ["1 attempt"]
    await rig.fire(LiveClassState.look_at("", "countdown"), path=path, cookie=as_hopper)
    assert (await rig.state(LiveClassState)).details.line == "1 tried · 1 not started"


@pytest.mark.parametrize("state", [LiveClassState, ClassManageState, ClassStudentsState, ClassAssignmentsState])
@pytest.mark.parametrize("address", ["/class/999", "/class/x", "/class/", "/class/1x"])
async def test_an_address_without_a_class_is_missing(rig: Rig, as_hopper: str, state: Any, address: str) -> None:
    """Whatever stands in it."""
    await rig.fire(state.load(), path=address, cookie=as_hopper)
    assert (await rig.state(state)).missing


async def test_a_teacher_makes_a_class(rig: Rig, core: Core, as_hopper: str) -> None:
    """It is in the list at once, with the way on."""
    await rig.fire(ClassesState.load(), path="/classes", cookie=as_hopper)
    await rig.fire(ClassesState.create({"name": "8a"}), path="/classes", cookie=as_hopper)
    state = await rig.state(ClassesState)
    assert ([card.name for card in state.going_on], state.made and state.made.name) == (["8a"], "8a")


async def test_a_student_makes_none(rig: Rig, as_ada: str) -> None:
    """And is told why."""
    await rig.fire(ClassesState.load(), path="/classes", cookie=as_ada)
    await rig.fire(ClassesState.create({"name": "mine"}), path="/classes", cookie=as_ada)
    state = await rig.state(ClassesState)
    assert (state.going_on, state.trouble) == ([], "This page is for teachers.")


async def test_a_join_link_asks_to_sign_in_and_comes_back(rig: Rig) -> None:
    """Nobody sees the class without an account."""
    await rig.fire(JoinState.load(), path="/join/CDFG-HJKM")
    state = await rig.state(JoinState)
    assert (state.signed_in, state.found) == (False, None)
    assert state.register_address == "/register?next=%2Fjoin%2FCDFG-HJKM"


async def test_passwords_are_shown_once(rig: Rig, class_id: int, as_hopper: str) -> None:
    """After a look at the list; opening the page again shows none."""
    path = f"/class/{class_id}/students"
    await open_page(rig, class_id, as_hopper, ClassStudentsState, "/students")
    await rig.fire(ClassStudentsState.look_at_list({"list": "Grace Hopper\nada\n"}), path=path, cookie=as_hopper)
    state = await rig.state(ClassStudentsState)
    assert (state.good, state.bad, state.created) == (1, 1, [])
    await rig.fire(ClassStudentsState.add(state.pasted), path=path, cookie=as_hopper)
    state = await rig.state(ClassStudentsState)
    assert ([one.name for one in state.created], len(state.students)) == (["grace.hopper"], 3)
    assert (await open_page(rig, class_id, as_hopper, ClassStudentsState, "/students")).created == []


async def test_the_quotas_of_a_class_are_numbers_or_nothing(rig: Rig, class_id: int, as_hopper: str) -> None:
    """Empty fields are as the installation has it; words are refused."""
    path = f"/class/{class_id}/manage"
    await open_page(rig, class_id, as_hopper, ClassManageState, "/manage")
    form = {"all_levels": "on", "runs_per_minute": "9", "runs_per_day": ""}
    await rig.fire(ClassManageState.save_settings(form), path=path, cookie=as_hopper)
    state = await rig.state(ClassManageState)
    assert (state.quotas["runs_per_minute"], state.quotas["runs_per_day"], state.trouble) == ("9", "", "")
    await rig.fire(ClassManageState.save_settings({**form, "runs_per_day": "many"}), path=path, cookie=as_hopper)
    assert (await rig.state(ClassManageState)).trouble == "The quota is not a number."


async def test_what_is_set_stands_above_the_curriculum(rig: Rig, class_id: int, as_hopper: str, as_ada: str) -> None:
    """For the students of the class."""
    path = f"/class/{class_id}/assignments"
    await open_page(rig, class_id, as_hopper, ClassAssignmentsState, "/assignments")
    form = {"title": "Homework", "opens": "", "due": "2039-01-01T12:00:00.000Z", "problem:countdown": "on"}
    await rig.fire(ClassAssignmentsState.save(form), path=path, cookie=as_hopper)
    assert [one.title for one in (await rig.state(ClassAssignmentsState)).items] == ["Homework"]
    await rig.fire(CurriculumState.load(), page="ada", path="/curriculum", cookie=as_ada)
    mine = (await rig.state(CurriculumState, "ada")).assignments
    assert [(one.title, one.state, [part.id for part in one.problems]) for one in mine] == [
        ("Homework", "open", ["countdown"])
    ]


async def test_an_open_curriculum_hears_of_its_classes_and_of_no_other(
    rig: Rig, core: Core, class_id: int, hopper: Actor, ada: Actor, as_ada: str
) -> None:
    """Of each class that the reader is in at the moment, and of themselves."""
    other = await classes.create(hopper, core, "8c")
    await rig.fire(CurriculumState.load(), page="ada", path="/curriculum", cookie=as_ada)
    heard = [heard_by("ada")]
    await join_codes.join(ada, core, await join_codes.make(hopper, core, other))
    await rig.fire(CurriculumState.classes_changed(), page="ada", path="/curriculum", cookie=as_ada)
    heard.append(heard_by("ada"))
    await class_members.remove_student(hopper, core, class_id, ada.user_id)
    await rig.fire(CurriculumState.classes_changed(), page="ada", path="/curriculum", cookie=as_ada)
    heard.append(heard_by("ada"))
    me = user_topic(ada.user_id)
    assert heard == [
        {me, class_topic(class_id)},
        {me, class_topic(class_id), class_topic(other)},
        {me, class_topic(other)},
    ]


async def test_who_joins_or_leaves_a_class_is_told(core: Core, class_id: int, hopper: Actor, ada: Actor) -> None:
    """Their other open pages follow."""
    events = core.events
    assert isinstance(events, FakeEvents)
    told = (user_topic(ada.user_id), "classes", {})
    before = events.announced.count(told)
    await class_members.remove_student(hopper, core, class_id, ada.user_id)
    assert (before, events.announced.count(told)) == (1, 2)


@pytest.mark.parametrize("kind", ["assignments", "class"])
async def test_what_a_teacher_sets_is_read_by_an_open_curriculum(kind: str) -> None:
    """Several changes in a row are one reading."""
    answer = _ANSWERS[kind]
    assert isinstance(answer, Gathered)
    assert [event.name.rsplit(".", 1)[-1] for event in Event.from_event_type(answer.answer([]))] == ["refresh"]


@pytest.mark.parametrize("due", ["tomorrow", "2039-13-01T12:00", "2039-01-01T12:00"])
async def test_a_due_time_without_sense_or_zone_is_refused(rig: Rig, class_id: int, as_hopper: str, due: str) -> None:
    """The browser sends UTC; anything else was not sent by our form."""
    path = f"/class/{class_id}/assignments"
    await open_page(rig, class_id, as_hopper, ClassAssignmentsState, "/assignments")
    form = {"title": "Homework", "opens": "", "due": due, "problem:countdown": "on"}
    await rig.fire(ClassAssignmentsState.save(form), path=path, cookie=as_hopper)
    state = await rig.state(ClassAssignmentsState)
    assert (state.items, bool(state.trouble)) == ([], True)
