"""Problems that a class is to solve in a span of time, as its teachers set them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotFound
from coderunner_core.models import TITLE_LENGTH, Assignment, AssignmentProblem, SchoolClass, utc_now
from coderunner_core.services import audit
from coderunner_core.services.checks import one_line
from coderunner_core.services.permissions import taught_class
from coderunner_core.services.teaching.classes import target
from coderunner_core.services.teaching.memberships import tell

MOST_PROBLEMS = 100
MOST_ASSIGNMENTS = 200  # of a class


@dataclass(frozen=True, slots=True)
class AssignmentDraft:
    """What a teacher sets. Moments are aware; None opens at once, or is due whenever."""

    title: str
    problem_ids: list[str]
    opens_at: datetime | None = None
    due_at: datetime | None = None


async def create(actor: Actor | None, core: Core, class_id: int, draft: AssignmentDraft) -> int:
    """Set an assignment; its number. Raises NotSignedIn, NotAllowed, NotFound (class) and BadInput."""
    row = await taught_class(actor, core, class_id)
    wanted = _acceptable(core, draft)
    if wanted.due_at is not None and wanted.due_at <= utc_now():
        raise BadInput("The time until which it is due is over already. Choose a later one.")
    async with core.database.writing() as session:
        if len(await _of_class(session, class_id)) >= MOST_ASSIGNMENTS:
            raise BadInput(f"A class may have at most {MOST_ASSIGNMENTS} assignments. Delete an old one first.")
        stored = Assignment(class_id=class_id, title=wanted.title, opens_at=wanted.opens_at, due_at=wanted.due_at)
        session.add(stored)
        await session.flush()
        _add_problems(session, stored, wanted)
        _note(session, actor, "assignment.create", row, stored)
        assignment_id = stored.id or 0
    await tell(core, [class_id], "assignments", {})
    return assignment_id


async def edit(actor: Actor | None, core: Core, class_id: int, assignment_id: int, draft: AssignmentDraft) -> None:
    """Set it differently. Raises NotSignedIn, NotAllowed, NotFound (class or assignment) and BadInput."""
    row = await taught_class(actor, core, class_id)
    wanted = _acceptable(core, draft)
    async with core.database.writing() as session:
        stored = await _one(session, class_id, assignment_id)
        stored.title, stored.opens_at, stored.due_at = wanted.title, wanted.opens_at, wanted.due_at
        for old in await problems_of(session, [assignment_id]):
            await session.delete(old)
        await session.flush()
        _add_problems(session, stored, wanted)
        _note(session, actor, "assignment.edit", row, stored)
    await tell(core, [class_id], "assignments", {})


async def delete(actor: Actor | None, core: Core, class_id: int, assignment_id: int) -> None:
    """Take an assignment back; what was solved stays solved. Raises NotSignedIn, NotAllowed and NotFound."""
    row = await taught_class(actor, core, class_id)
    async with core.database.writing() as session:
        stored = await _one(session, class_id, assignment_id)
        _note(session, actor, "assignment.delete", row, stored)
        await session.delete(stored)
    await tell(core, [class_id], "assignments", {})


async def problems_of(session: AsyncSession, assignment_ids: list[int]) -> list[AssignmentProblem]:
    """The problems of assignments, each in its order."""
    statement = (
        select(AssignmentProblem)
        .where(col(AssignmentProblem.assignment_id).in_(assignment_ids))
        .order_by(col(AssignmentProblem.assignment_id), col(AssignmentProblem.position))
    )
    return list((await session.exec(statement)).all())


def _acceptable(core: Core, draft: AssignmentDraft) -> AssignmentDraft:
    title = one_line(draft.title, "title", TITLE_LENGTH)
    problem_ids = list(dict.fromkeys(draft.problem_ids))
    if not problem_ids:
        raise BadInput("Choose at least one problem.")
    if len(problem_ids) > MOST_PROBLEMS:
        raise BadInput(f"An assignment may have at most {MOST_PROBLEMS} problems.")
    for problem_id in problem_ids:
        try:
            core.curriculum.problem(problem_id)
        except NotFound:
            raise BadInput("One of these problems does not exist any more. Load the page again.") from None
    for moment in (draft.opens_at, draft.due_at):
        if moment is not None and moment.tzinfo is None:
            raise BadInput("The time has no zone. Choose it again.")
    if draft.opens_at is not None and draft.due_at is not None and draft.due_at <= draft.opens_at:
        raise BadInput("It is due before it opens. Choose a later time for the end.")
    return AssignmentDraft(title, problem_ids, _in_utc(draft.opens_at), _in_utc(draft.due_at))


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _add_problems(session: AsyncSession, stored: Assignment, wanted: AssignmentDraft) -> None:
    for position, problem_id in enumerate(wanted.problem_ids):
        session.add(AssignmentProblem(assignment_id=stored.id or 0, problem_id=problem_id, position=position))


def _note(session: AsyncSession, actor: Actor | None, action: str, row: SchoolClass, stored: Assignment) -> None:
    audit.record(session, actor, action, target(row), f"assignment {stored.id} {stored.title}")


async def _of_class(session: AsyncSession, class_id: int) -> list[int]:
    found = await session.exec(select(Assignment.id).where(Assignment.class_id == class_id))
    return [one or 0 for one in found.all()]


async def _one(session: AsyncSession, class_id: int, assignment_id: int) -> Assignment:
    stored = await session.get(Assignment, assignment_id)
    if stored is None or stored.class_id != class_id:
        raise NotFound("There is no such assignment.")
    return stored
