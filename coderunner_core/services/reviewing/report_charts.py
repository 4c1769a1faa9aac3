"""What a teacher would rather look at than read: counted by the database, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, extract
from sqlmodel import case, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.contract import RunStatus
from coderunner_core.core import Core
from coderunner_core.errors import NotFound
from coderunner_core.models import Activity, Enrolment, ProgressStatus, Run, UserProgress, utc_now
from coderunner_core.services import permissions
from coderunner_core.services.reviewing.report_views import ClassCharts, CountView, ProblemStatView

DAYS = 28  # of the charts over time
MOST = 10  # bars of a chart
_DAY_S = 86_400


async def class_charts(actor: Actor | None, core: Core, class_id: int) -> ClassCharts:
    """The charts of a class. Raises NotSignedIn, NotAllowed and NotFound."""
    row = await permissions.taught_class(actor, core, class_id)
    today = int(utc_now().timestamp()) // _DAY_S
    first = today - DAYS + 1
    since = datetime.fromtimestamp(first * _DAY_S, UTC)
    of_class = select(Enrolment.user_id).where(Enrolment.class_id == class_id)
    async with core.database.reading() as session:
        students = (
            await session.exec(select(func.count()).select_from(Enrolment).where(Enrolment.class_id == class_id))
        ).one()
        totals = select(
            func.coalesce(func.sum(_one_if(UserProgress.status == ProgressStatus.SOLVED)), 0),
            func.coalesce(func.sum(_one_if(UserProgress.status == ProgressStatus.TRIED)), 0),
        ).where(col(UserProgress.user_id).in_(of_class))
        solved, tried = (await session.exec(totals)).one()
        return ClassCharts(
            class_id=class_id,
            name=row.name,
            students=students,
            solved=solved,
            tried=tried,
            by_day=await _by_day(session, of_class, first, today, since),
            hardest=await _hardest(session, core, of_class),
            errors=await _errors(session, of_class),
            outcomes=await _outcomes(session, of_class, since),
        )


def _one_if(condition: ColumnElement[bool] | bool) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


async def _by_day(session: AsyncSession, of_class: Any, first: int, today: int, since: datetime) -> list[CountView]:
    """Days are counted from 1970 in UTC: the one form that both databases reckon in alike."""
    day = (cast(extract("epoch", col(UserProgress.solved_at)), BigInteger) // _DAY_S).label("day")
    statement = (
        select(day, func.count())
        .where(col(UserProgress.user_id).in_(of_class), col(UserProgress.solved_at) >= since)
        .group_by(day)
    )
    counts = {int(number): count for number, count in (await session.exec(statement)).all()}
    days = [(number, counts.get(number, 0)) for number in range(first, today + 1)]
    return _bars([(_date(number), count) for number, count in days])


async def _hardest(session: AsyncSession, core: Core, of_class: Any) -> list[ProblemStatView]:
    """Of those that somebody has submitted: the smallest share of solvers first, then the most attempts."""
    tried, attempts = func.count(), func.sum(UserProgress.attempts)
    solved = func.sum(_one_if(UserProgress.status == ProgressStatus.SOLVED))
    statement = (
        select(UserProgress.problem_id, tried, solved, attempts)
        .where(col(UserProgress.user_id).in_(of_class), UserProgress.attempts > 0)
        .group_by(UserProgress.problem_id)
        .order_by((solved * 1000 / tried), (attempts * 1000 / tried).desc(), UserProgress.problem_id)
        .limit(MOST)
    )
    return [
        ProblemStatView(
            problem_id=problem_id,
            title=_title(core, problem_id),
            tried=many,
            solved=int(few),
            solve_percent=round(100 * int(few) / many),
            attempts=int(presses),
            attempts_each=round(int(presses) / many, 1),
        )
        for problem_id, many, few, presses in (await session.exec(statement)).all()
    ]


async def _errors(session: AsyncSession, of_class: Any) -> list[CountView]:
    """The last error of each student at each problem, the commonest first."""
    many = func.count()
    statement = (
        select(Activity.last_error, many)
        .where(col(Activity.user_id).in_(of_class), Activity.last_error != "")
        .group_by(Activity.last_error)
        .order_by(many.desc(), Activity.last_error)
        .limit(MOST)
    )
    return _bars(list((await session.exec(statement)).all()))


async def _outcomes(session: AsyncSession, of_class: Any, since: datetime) -> list[CountView]:
    """How the runs of the last days ended."""
    many = func.count()
    statement = (
        select(Run.outcome, many)
        .where(col(Run.user_id).in_(of_class), col(Run.created_at) >= since, Run.status == RunStatus.FINISHED)
        .group_by(Run.outcome)
        .order_by(many.desc())
    )
    return _bars([(str(outcome or ""), count) for outcome, count in (await session.exec(statement)).all()])


def _bars(counts: Sequence[tuple[str, int]]) -> list[CountView]:
    largest = max((count for _label, count in counts), default=0) or 1
    return [CountView(label, count, round(100 * count / largest)) for label, count in counts]


def _date(day: int) -> str:
    return f"{datetime.fromtimestamp(0, UTC) + timedelta(days=day):%Y-%m-%d}"


def _title(core: Core, problem_id: str) -> str:
    try:
        return core.curriculum.problem(problem_id).title
    except NotFound:  # it was taken out of the curriculum
        return problem_id
