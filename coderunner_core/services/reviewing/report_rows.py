"""Progress and scores, student by student and problem by problem: what the files and the summaries are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.core import Core
from coderunner_core.curriculum import AgeGroup, Level, Problem
from coderunner_core.models import (
    Assignment,
    AssignmentProblem,
    ClassTeacher,
    Enrolment,
    ProgressStatus,
    SchoolClass,
    User,
    UserProgress,
)
from coderunner_core.services.reviewing.report_views import ReportRow

Place = tuple[AgeGroup, Level, Problem]


@dataclass(frozen=True, slots=True)
class Due:
    """By when a problem was to be solved. When several assignments have it, the one that is due last counts."""

    title: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that a report about some students is made of."""

    students: Sequence[User]
    places: Sequence[Place]
    progress: dict[tuple[int, str], UserProgress]
    due: dict[str, Due]


async def of_class(core: Core, row: SchoolClass) -> Work:
    """The students of a class by name, with the problems that it sees and those that are set to it."""
    async with core.database.reading() as session:
        enrolled = (
            select(User)
            .join(Enrolment, col(Enrolment.user_id) == col(User.id))
            .where(Enrolment.class_id == row.id)
            .order_by(func.lower(User.display_name), col(User.name))
        )
        students = (await session.exec(enrolled)).all()
        mine = select(Enrolment.user_id).where(Enrolment.class_id == row.id)
        found = (await session.exec(select(UserProgress).where(col(UserProgress.user_id).in_(mine)))).all()
        due = await _due(session, [row.id or 0])
    places = [
        place
        for place in all_places(core)
        if row.level_ids is None or place[1].id in row.level_ids or place[2].id in due
    ]
    return Work(students, places, _by_place(found), due)


async def of_student(core: Core, student: User, teacher_id: int | None) -> Work:
    """One student, with every problem there is and what their classes set them: those of one teacher, or, with None,
    all. What a colleague sets in a class of their own is the colleague's.
    """
    async with core.database.reading() as session:
        found = (await session.exec(select(UserProgress).where(UserProgress.user_id == student.id))).all()
        attended = select(Enrolment.class_id).where(Enrolment.user_id == student.id)
        if teacher_id is not None:
            taught = select(ClassTeacher.class_id).where(ClassTeacher.user_id == teacher_id)
            attended = attended.where(col(Enrolment.class_id).in_(taught))
        classes = (await session.exec(attended)).all()
        due = await _due(session, classes)
    return Work([student], all_places(core), _by_place(found), due)


def all_places(core: Core) -> list[Place]:
    """Every problem with where it stands, in the order of the pages."""
    return [
        (group, level, problem)
        for group in core.curriculum.age_groups
        for level in group.levels
        for problem in level.problems
    ]


def rows(work: Work) -> Iterator[ReportRow]:
    """Every student with every problem, also those that nobody has begun."""
    for student in work.students:
        for group, level, problem in work.places:
            done, due = work.progress.get((student.id or 0, problem.id)), work.due.get(problem.id)
            yield ReportRow(
                student=student.name,
                shown_name=student.display_name,
                level=level_name(group, level),
                problem_id=problem.id,
                problem=problem.title,
                status=ProgressStatus(done.status if done else ProgressStatus.NOT_STARTED).value,
                attempts=done.attempts if done else 0,
                best_score=done.best_score if done else None,
                solved_at=_iso(done.solved_at if done else None),
                assignment=due.title if due else "",
                due_at=_iso(due.due_at if due else None),
                on_time=_on_time(done.solved_at if done else None, due),
            )


def level_name(group: AgeGroup, level: Level) -> str:
    """A level as a report names it."""
    return f"{group.title} · {level.number} {level.title}"


def _on_time(solved_at: datetime | None, due: Due | None) -> str:
    if due is None or due.due_at is None:
        return ""
    if solved_at is None:
        return "open"
    return "yes" if solved_at <= due.due_at else "late"


async def _due(session: AsyncSession, class_ids: Sequence[int]) -> dict[str, Due]:
    statement = (
        select(AssignmentProblem.problem_id, Assignment.title, Assignment.due_at)
        .join(Assignment, col(Assignment.id) == col(AssignmentProblem.assignment_id))
        .where(col(Assignment.class_id).in_(class_ids))
        .order_by(col(Assignment.id))
    )
    found: defaultdict[str, list[Due]] = defaultdict(list)
    for problem_id, title, due_at in (await session.exec(statement)).all():
        found[problem_id].append(Due(title, due_at))
    return {problem_id: max(dues, key=_lateness) for problem_id, dues in found.items()}


def _lateness(due: Due) -> tuple[bool, float]:
    # Without a date there is nothing to be late for; where another assignment has one, that one counts.
    return (due.due_at is not None, due.due_at.timestamp() if due.due_at else 0)


def _by_place(found: Sequence[UserProgress]) -> dict[tuple[int, str], UserProgress]:
    return {(one.user_id, one.problem_id): one for one in found}


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
