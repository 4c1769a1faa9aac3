"""A student as their teacher sees them: who they are, how far they are, and when they worked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from redis.exceptions import RedisError
from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind
from coderunner_core.core import Core
from coderunner_core.curriculum import Level
from coderunner_core.models import (
    Activity,
    ClassTeacher,
    Draft,
    Enrolment,
    ProgressStatus,
    Role,
    Run,
    SchoolClass,
    UserProgress,
    utc_now,
)
from coderunner_core.moments import ms
from coderunner_core.presence import Here
from coderunner_core.services import permissions
from coderunner_core.services.checks import signed_in
from coderunner_core.services.columns import read_columns
from coderunner_core.services.reviewing.work_views import ClassName, LevelStep, Press, ProblemStep, StudentPage
from coderunner_core.services.teaching.class_views import CellView
from coderunner_core.services.watching import draft_watch, live_cells
from coderunner_core.services.watching.stuck import StuckRules

DAYS = 28
_MOST_PRESSES = 2_000
_MOST_DRAFTS = 200


async def view(actor: Actor | None, core: Core, student_id: int) -> StudentPage:
    """Everything above the history on a student's page. Raises NotSignedIn, NotAllowed and NotFound."""
    student = await permissions.taught_student(actor, core, student_id)
    actor = signed_in(actor)
    here = await _here(core, student_id)
    async with core.database.reading() as session:
        cells = await live_cells.read(
            session, live_cells.of_student(student_id), {student_id: here} if here else {}, StuckRules.of(core.settings)
        )
        progress = (await session.exec(select(UserProgress).where(UserProgress.user_id == student_id))).all()
        classes = await read_columns(session, _shared_classes(actor, student_id))
        presses = await read_columns(session, _presses(student_id))
        drafts = (
            await session.exec(
                select(Draft.problem_id)
                .where(Draft.user_id == student_id)
                .order_by(col(Draft.updated_at).desc())
                .limit(_MOST_DRAFTS)
            )
        ).all()
        last = (await session.exec(select(sa.func.max(Activity.last_at)).where(Activity.user_id == student_id))).first()
    begun = {cell.problem_id: cell for cell in cells}
    solved = {row.problem_id for row in progress if row.status == ProgressStatus.SOLVED}
    tried = {row.problem_id: row.attempts for row in progress}
    watched = await draft_watch.may_watch(actor, core, student_id)
    return StudentPage(
        id=student_id,
        name=student.name,
        display_name=student.display_name,
        classes=[ClassName(row.id, row.name) for row in classes],
        online=here is not None,
        on_problem_id=here.problem_id if here else "",
        last_seen_ms=ms(last),
        levels=_levels(core, begun, solved, tried),
        presses=[
            Press(ms(row.created_at), RunKind(row.kind).value, row.outcome == Outcome.ACCEPTED)
            for row in reversed(presses[:_MOST_PRESSES])
        ],
        presses_cut=len(presses) > _MOST_PRESSES,
        days=DAYS,
        now_ms=ms(utc_now()),
        watched_problems=_watchable(drafts, here) if watched else [],
    )


async def _here(core: Core, student_id: int) -> Here | None:
    try:
        return (await core.presence.of([student_id])).get(student_id)
    except RedisError:  # a detail that is better left out than in the way of the rest
        return None


def _shared_classes(actor: Actor, student_id: int) -> sa.Select[Any]:
    """The student's classes as far as the reader teaches them, too; all of them for an admin."""
    columns: list[Any] = [SchoolClass.id, SchoolClass.name]
    statement = (
        sa.select(*columns)
        .join(Enrolment, col(Enrolment.class_id) == col(SchoolClass.id))
        .where(col(Enrolment.user_id) == student_id, col(SchoolClass.archived_at).is_(None))
        .order_by(col(SchoolClass.name))
    )
    if actor.role is not Role.ADMIN:
        mine = select(ClassTeacher.class_id).where(ClassTeacher.user_id == actor.user_id)
        statement = statement.where(col(SchoolClass.id).in_(mine))
    return statement


def _presses(student_id: int) -> sa.Select[Any]:
    since = utc_now() - timedelta(days=DAYS)
    columns: list[Any] = [Run.created_at, Run.kind, Run.outcome]
    return (
        sa.select(*columns)
        .where(col(Run.user_id) == student_id, col(Run.created_at) >= since)
        .order_by(col(Run.created_at).desc())
        .limit(_MOST_PRESSES + 1)
    )


def _watchable(drafts: Sequence[str], here: Here | None) -> list[str]:
    """The problems with a draft, that which the student has open first."""
    at_it = [here.problem_id] if here and here.problem_id else []
    return list(dict.fromkeys([*at_it, *drafts]))


def _levels(core: Core, begun: dict[str, CellView], solved: set[str], tried: dict[str, int]) -> list[LevelStep]:
    steps = []
    for group in core.curriculum.age_groups:
        for level in group.levels:
            problems = _problems(level, begun, solved, tried)
            states = [one.state for one in problems]
            if any(state != "not_started" for state in states):
                steps.append(
                    LevelStep(
                        id=level.id,
                        title=f"{group.title} · Level {level.number} {level.title}",
                        problems=problems,
                        solved=states.count("solved"),
                        tried=states.count("tried"),
                        stuck=states.count("stuck"),
                        total=len(problems),
                    )
                )
    return steps


def _problems(level: Level, begun: dict[str, CellView], solved: set[str], tried: dict[str, int]) -> list[ProblemStep]:
    steps = []
    for problem in level.problems:
        cell = begun.get(problem.id)
        state = cell.state if cell else "tried" if problem.id in tried else "not_started"
        attempts = cell.attempts if cell else tried.get(problem.id, 0)
        if problem.id in solved:
            state = "solved"
        steps.append(ProblemStep(problem.id, problem.title, state, attempts, cell.why if cell else ""))
    return steps
