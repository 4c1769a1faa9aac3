"""What is set to a class: made, changed and taken back, and who has done it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from coderunner_app import routes
from coderunner_app.gathering import Gathered
from coderunner_app.push import Answers, hub
from coderunner_app.state.base import answers
from coderunner_app.state.class_address import OfOneClass, field, number
from coderunner_core.actors import Actor
from coderunner_core.errors import BadInput, NotAllowed, NotFound
from coderunner_core.events import class_topic
from coderunner_core.services.learning import curriculum
from coderunner_core.services.teaching import assigned, assignments, class_lists
from coderunner_core.services.teaching.assignments import AssignmentDraft
from coderunner_core.services.teaching.class_views import AssignmentRow, AssignmentView
from coderunner_core.services.views import AgeGroupView, LevelView, ProblemCard

_NONE = AssignmentView(0, "", [], [], 0, 0, "open", 0, 0, 0)
_BOX = "problem:"  # how the fields of problems are named in the form


@dataclass(frozen=True)
class ChoiceLevel:
    """A level with its problems, to choose from."""

    id: str
    title: str
    problems: list[ProblemCard]
    seen: bool  # by this class


class ClassAssignmentsState(OfOneClass, rx.State):
    """The assignments of one class, one of them perhaps open in the form or in the table of who has done it."""

    address: str = ""
    name: str = ""
    said: str = ""
    items: list[AssignmentView] = []
    choices: list[ChoiceLevel] = []

    writing: bool = False  # the form is open
    form_of: AssignmentView = _NONE  # what it changes; number 0: a new one
    shown: AssignmentView = _NONE  # what the table is about; number 0: none
    rows: list[AssignmentRow] = []

    @answers
    async def load(self) -> Any:
        """Read what is set, and hear of changes from now on."""
        self.said = ""
        await self._read()

    @answers
    async def changed(self) -> Any:
        """Somebody has solved something, or another teacher has set something."""
        if self.ready and not self.missing:
            await self._read_items(await self._actor())

    @answers
    async def write_new(self) -> Any:
        """Open the form for a new one."""
        self.writing, self.form_of, self.trouble, self.said = True, _NONE, "", ""

    @answers
    async def write(self, assignment_id: int) -> Any:
        """Open the form for one that is there."""
        self.form_of = self._one(assignment_id)
        self.writing, self.trouble, self.said = True, "", ""

    @answers
    async def put_away(self) -> Any:
        """Close the form; nothing is changed."""
        self.writing, self.form_of, self.trouble = False, _NONE, ""

    @answers
    async def save(self, form: dict[str, Any]) -> Any:
        """Set what the form says, or change what it was opened for."""
        self.trouble = self.said = ""
        draft = AssignmentDraft(
            title=field(form, "title"),
            problem_ids=[name.removeprefix(_BOX) for name in form if name.startswith(_BOX) and form[name]],
            opens_at=_moment(field(form, "opens"), "time from which it is open"),
            due_at=_moment(field(form, "due"), "time until which it is due"),
        )
        actor, class_id = await self._actor(), self._class_id()
        if self.form_of.id:
            await assignments.edit(actor, self._core(), class_id, self.form_of.id, draft)
        else:
            await assignments.create(actor, self._core(), class_id, draft)
        self.writing, self.form_of = False, _NONE
        await self._read_items(actor)
        self.said = f"“{draft.title.strip()}” is set."

    @answers
    async def delete(self, assignment_id: int) -> Any:
        """Take one back."""
        wanted = number(assignment_id, "assignment")
        actor = await self._actor()
        await assignments.delete(actor, self._core(), self._class_id(), wanted)
        self.writing, self.form_of, self.trouble = False, _NONE, ""
        if self.shown.id == wanted:
            self.shown, self.rows = _NONE, []
        await self._read_items(actor)
        self.said = "It is taken back. What was solved stays solved."

    @answers
    async def show(self, assignment_id: int) -> Any:
        """Show who has done one of them; once more: put that away."""
        wanted = number(assignment_id, "assignment")
        self.trouble = self.said = ""
        if self.shown.id == wanted:
            self.shown, self.rows = _NONE, []
            return
        await self._read_report(await self._actor(), wanted)

    async def _read(self) -> None:
        self.trouble = ""
        try:
            class_id, actor = self._class_id(), await self._actor()
            hub.join(self._client_token(), [class_topic(class_id)], _ANSWERS)
            view = await class_lists.detail(actor, self._core(), class_id)
            await self._read_items(actor)
        except (NotAllowed, NotFound):
            hub.leave(self._client_token())
            self._as_missing()
            return
        self.address, self.name = routes.school_class(class_id), view.name
        seen = {level.id for level in view.levels if level.seen}
        self.choices = [
            ChoiceLevel(level.id, _full_title(group, level), level.problems, level.id in seen)
            for group in await curriculum.overview(None, self._core())
            for level in group.levels
        ]
        self.missing, self.ready = False, True

    async def _read_items(self, actor: Actor) -> None:
        self.items = await assigned.of_class(actor, self._core(), self._class_id())
        if self.shown.id:
            await self._read_report(actor, self.shown.id)

    async def _read_report(self, actor: Actor, assignment_id: int) -> None:
        try:
            report = await assigned.report(actor, self._core(), self._class_id(), assignment_id)
        except NotFound:  # another teacher took it back
            self.shown, self.rows = _NONE, []
            raise
        self.shown, self.rows = report.assignment, report.rows

    def _one(self, assignment_id: object) -> AssignmentView:
        wanted = number(assignment_id, "assignment")
        for one in self.items:
            if one.id == wanted:
                return one
        raise NotFound("There is no such assignment.")


def _full_title(group: AgeGroupView, level: LevelView) -> str:
    return f"{group.title} · Level {level.number} {level.title}"


def _moment(sent: str, what: str) -> datetime | None:
    """A moment that the browser has put into UTC. Raises BadInput."""
    if not sent:
        return None
    try:
        return datetime.fromisoformat(sent)
    except ValueError:
        raise BadInput(f"The {what} cannot be read. Choose it again.") from None


_NEWS = Gathered(lambda _: ClassAssignmentsState.changed())
_ANSWERS: Answers = {
    "cell": _NEWS,
    "members": _NEWS,
    "assignments": _NEWS,
    "missed": lambda _: ClassAssignmentsState.changed(),
}
