"""How far a class, or a student, is with what was set: who solved what, and whether in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import NotFound
from coderunner_core.models import (
    Assignment,
    AssignmentProblem,
    Enrolment,
    ProgressStatus,
    SchoolClass,
    User,
    UserProgress,
    utc_now,
)
from coderunner_core.moments import ms
from coderunner_core.services.checks import signed_in
from coderunner_core.services.columns import read_columns
from coderunner_core.services.learning import progress
from coderunner_core.services.permissions import taught_class
from coderunner_core.services.teaching.assignments import problems_of
from coderunner_core.services.teaching.class_views import (
    AssignmentReport,
    AssignmentRow,
    AssignmentView,
    MyAssignment,
    SetProblem,
)
from coderunner_core.services.watching.live_news import title

_DONE_IS_SHOWN = timedelta(days=7)  # afterwards a student's page forgets what is done or over
_MOST_MINE = 50

Solved = Mapping[tuple[int, str], datetime | None]  # student and problem → when it was solved; None: only tried


async def of_class(actor: Actor | None, core: Core, class_id: int) -> list[AssignmentView]:
    """What is set to a class, the newest first. Raises NotSignedIn, NotAllowed and NotFound."""
    await taught_class(actor, core, class_id)
    return [report.assignment for report in await _reports(core, class_id)]


async def report(actor: Actor | None, core: Core, class_id: int, assignment_id: int) -> AssignmentReport:
    """One assignment with every student of the class. Raises NotSignedIn, NotAllowed and NotFound."""
    await taught_class(actor, core, class_id)
    found = await _reports(core, class_id, assignment_id)
    if not found:
        raise NotFound("There is no such assignment.")
    return found[0]


async def mine(actor: Actor | None, core: Core) -> list[MyAssignment]:
    """What the actor's classes have set them: what is due first comes first. Raises NotSignedIn.

    What is done, or was due, more than a week ago is left out. The problems of one that has not opened yet are, too.
    """
    actor, now = signed_in(actor), utc_now()
    statement = (
        select(Assignment, SchoolClass.name)
        .join(SchoolClass, col(SchoolClass.id) == col(Assignment.class_id))
        .join(Enrolment, col(Enrolment.class_id) == col(Assignment.class_id))
        .where(
            Enrolment.user_id == actor.user_id,
            col(SchoolClass.archived_at).is_(None),
            sa.or_(col(Assignment.due_at).is_(None), col(Assignment.due_at) > now - _DONE_IS_SHOWN),
        )
        .order_by(col(Assignment.due_at).is_(None), col(Assignment.due_at), col(Assignment.id))
        .limit(_MOST_MINE)
    )
    async with core.database.reading() as session:
        rows = (await session.exec(statement)).all()
        problems = await _problems(session, core, [row.id or 0 for row, _name in rows])
    known = await progress.for_user(actor, core) if rows else {}
    solved: Solved = {
        (actor.user_id, one.problem_id): datetime.fromisoformat(one.solved_at) if one.solved_at else None
        for one in known.values()
    }
    return [_mine(core, row, name, actor.user_id, problems[row.id or 0], solved, now) for row, name in rows]


async def is_open_for(session: AsyncSession, user_id: int, problem_id: str) -> bool:
    """Whether a class that goes on has set this problem to a student, and it has opened."""
    statement = (
        select(func.count())
        .select_from(AssignmentProblem)
        .join(Assignment, col(Assignment.id) == col(AssignmentProblem.assignment_id))
        .join(SchoolClass, col(SchoolClass.id) == col(Assignment.class_id))
        .join(Enrolment, col(Enrolment.class_id) == col(Assignment.class_id))
        .where(
            Enrolment.user_id == user_id,
            AssignmentProblem.problem_id == problem_id,
            col(SchoolClass.archived_at).is_(None),
            sa.or_(col(Assignment.opens_at).is_(None), col(Assignment.opens_at) <= utc_now()),
        )
    )
    return (await session.exec(statement)).one() > 0


async def _reports(core: Core, class_id: int, only: int | None = None) -> list[AssignmentReport]:
    """Three queries, however many assignments and students there are."""
    chosen = select(Assignment).where(Assignment.class_id == class_id).order_by(col(Assignment.id).desc())
    if only is not None:
        chosen = chosen.where(Assignment.id == only)
    async with core.database.reading() as session:
        rows = (await session.exec(chosen)).all()
        problems = await _problems(session, core, [row.id or 0 for row in rows])
        students = await _students(session, class_id)
        solved = await _solved(session, class_id, {one for ids in problems.values() for one in ids})
    return [_report(core, row, problems[row.id or 0], students, solved) for row in rows]


async def _problems(session: AsyncSession, core: Core, assignment_ids: list[int]) -> dict[int, list[str]]:
    """The problems of each assignment that the curriculum still has, in their order."""
    there = {problem.id for problem in core.curriculum.problems}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for one in await problems_of(session, assignment_ids):
        if one.problem_id in there:
            found[one.assignment_id].append(one.problem_id)
    return found


async def _students(session: AsyncSession, class_id: int) -> list[tuple[int, str]]:
    statement = (
        select(User.id, User.display_name)
        .join(Enrolment, col(Enrolment.user_id) == col(User.id))
        .where(Enrolment.class_id == class_id, col(User.disabled_at).is_(None))
        .order_by(func.lower(User.display_name), User.name)
    )
    return [(user_id or 0, name) for user_id, name in (await session.exec(statement)).all()]


async def _solved(session: AsyncSession, class_id: int, problem_ids: set[str]) -> Solved:
    statement = (
        sa.select(
            col(UserProgress.user_id),
            col(UserProgress.problem_id),
            col(UserProgress.status),
            col(UserProgress.solved_at),
        )
        .join(Enrolment, col(Enrolment.user_id) == col(UserProgress.user_id))
        .where(col(Enrolment.class_id) == class_id, col(UserProgress.problem_id).in_(problem_ids))
    )
    rows = await read_columns(session, statement)
    return {(row[0], row[1]): row[3] if row[2] == ProgressStatus.SOLVED else None for row in rows}


def _report(
    core: Core, row: Assignment, problems: list[str], students: list[tuple[int, str]], solved: Solved
) -> AssignmentReport:
    now = utc_now()
    over = row.due_at is not None and row.due_at <= now
    rows = [_row(row, user_id, name, problems, solved, over) for user_id, name in students]
    view = AssignmentView(
        id=row.id or 0,
        title=row.title,
        problem_ids=problems,
        titles=[title(core, one) for one in problems],
        opens_ms=ms(row.opens_at),
        due_ms=ms(row.due_at),
        state="upcoming" if row.opens_at and row.opens_at > now else "over" if over else "open",
        students=len(rows),
        done=sum(one.state in ("all", "late") for one in rows),
        done_late=sum(one.state == "late" for one in rows),
    )
    return AssignmentReport(view, rows)


def _row(row: Assignment, user_id: int, name: str, problems: list[str], solved: Solved, over: bool) -> AssignmentRow:
    states = [_state(row, (user_id, one), solved) for one in problems]
    done, late = sum(one in ("solved", "late") for one in states), states.count("late")
    if problems and done == len(problems):
        state = "late" if late else "all"
    elif over:
        state = "overdue"
    else:
        state = "some" if any(one != "not_started" for one in states) else "none"
    return AssignmentRow(user_id, name, done, late, state, states)


def _state(row: Assignment, key: tuple[int, str], solved: Solved) -> str:
    if key not in solved:
        return "not_started"
    when = solved[key]
    if when is None:
        return "tried"
    return "late" if row.due_at is not None and when > row.due_at else "solved"


def _mine(
    core: Core, row: Assignment, class_name: str, user_id: int, problems: list[str], solved: Solved, now: datetime
) -> MyAssignment:
    states = [_state(row, (user_id, one), solved) for one in problems]
    done = sum(one in ("solved", "late") for one in states)
    if row.opens_at is not None and row.opens_at > now:
        state = "upcoming"
    elif problems and done == len(problems):
        state = "done"
    else:
        state = "overdue" if row.due_at is not None and row.due_at <= now else "open"
    shown = [] if state == "upcoming" else list(zip(problems, states, strict=True))
    return MyAssignment(
        id=row.id or 0,
        class_id=row.class_id,
        class_name=class_name,
        title=row.title,
        state=state,
        opens_ms=ms(row.opens_at),
        due_ms=ms(row.due_at),
        problems=[
            SetProblem(one, title(core, one), "solved" if how == "late" else how, how == "late") for one, how in shown
        ],
        solved=done,
        total=len(problems),
    )
