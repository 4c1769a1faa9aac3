"""What stands beside the squares of the class page: the newest events, the commonest errors, the last lesson."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.core import Core
from coderunner_core.errors import NotFound
from coderunner_core.models import Activity, Enrolment, ProgressStatus, Run, User, UserProgress, utc_now
from coderunner_core.moments import ms
from coderunner_core.services.columns import read_columns
from coderunner_core.services.teaching.class_views import ErrorCount, EventView

EVENTS = 30
ERRORS = 5
_LONGEST_RUN = timedelta(minutes=5)  # from the press to its end, however busy the queue


@dataclass(frozen=True, slots=True)
class News:
    """What happened in a class lately."""

    events: list[EventView]
    errors: list[ErrorCount]
    solved_lately: int
    median_minutes: int | None


async def read(session: AsyncSession, core: Core, class_id: int) -> News:
    """The news of a class that the caller may see."""
    solved, median = await _solved_lately(session, class_id, utc_now() - timedelta(minutes=core.settings.lesson_min))
    return News(await _events(session, core, class_id), await _errors(session, class_id), solved, median)


async def _events(session: AsyncSession, core: Core, class_id: int) -> list[EventView]:
    """The newest presses that ended.

    The activity table says since when there were enough of them, so that only those few runs are read of a million.
    """
    members = select(Enrolment.user_id).where(Enrolment.class_id == class_id)
    recent = (
        select(Activity.user_id, Activity.last_at)
        .where(col(Activity.user_id).in_(members), col(Activity.last_outcome).is_not(None))
        .order_by(col(Activity.last_at).desc())
        .limit(EVENTS)
    )
    rows = (await session.exec(recent)).all()
    if not rows:
        return []
    since = rows[-1][1] - _LONGEST_RUN if len(rows) == EVENTS else datetime.min.replace(tzinfo=rows[-1][1].tzinfo)
    runs = (
        sa.select(
            col(Run.id),
            col(Run.user_id),
            col(User.display_name),
            col(Run.problem_id),
            col(Run.kind),
            col(Run.outcome),
            col(Run.finished_at),
        )
        .join(User, col(User.id) == col(Run.user_id))
        .where(
            col(Run.user_id).in_({user_id for user_id, _ in rows}),
            col(Run.created_at) >= since,
            col(Run.status) == RunStatus.FINISHED,
        )
        .order_by(col(Run.created_at).desc())
        .limit(EVENTS)
    )
    return [
        EventView(
            run_id=run_id,
            student_id=user_id,
            student=name,
            problem_id=problem_id,
            problem=title(core, problem_id),
            kind=RunKind(kind).value,
            outcome=Outcome(outcome).value if outcome else "",
            at_ms=ms(finished_at),
        )
        for run_id, user_id, name, problem_id, kind, outcome, finished_at in await read_columns(session, runs)
    ]


async def _errors(session: AsyncSession, class_id: int) -> list[ErrorCount]:
    count = func.count().label("how_many")
    statement = (
        select(Activity.last_error, count)
        .join(Enrolment, col(Enrolment.user_id) == col(Activity.user_id))
        .where(Enrolment.class_id == class_id, Activity.last_error != "")
        .group_by(Activity.last_error)
        .order_by(count.desc(), Activity.last_error)
        .limit(ERRORS)
    )
    return [ErrorCount(error, how_many) for error, how_many in (await session.exec(statement)).all()]


async def _solved_lately(session: AsyncSession, class_id: int, since: datetime) -> tuple[int, int | None]:
    statement = (
        sa.select(col(UserProgress.solved_at), col(Activity.opened_at))
        .join(Enrolment, col(Enrolment.user_id) == col(UserProgress.user_id))
        .outerjoin(
            Activity,
            (col(Activity.user_id) == col(UserProgress.user_id))
            & (col(Activity.problem_id) == col(UserProgress.problem_id)),
        )
        .where(
            col(Enrolment.class_id) == class_id,
            col(UserProgress.status) == ProgressStatus.SOLVED,
            col(UserProgress.solved_at) >= since,
        )
    )
    rows = await read_columns(session, statement)
    minutes = [(solved - opened).total_seconds() / 60 for solved, opened in rows if solved and opened is not None]
    return len(rows), round(statistics.median(minutes)) if minutes else None


def title(core: Core, problem_id: str) -> str:
    """What a problem is called; its id when the curriculum has it no longer."""
    try:
        return core.curriculum.problem(problem_id).title
    except NotFound:
        return problem_id
