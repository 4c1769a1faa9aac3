"""The squares of the class page: one row of the activity table each, however many runs there were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, or_
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.core import Core
from coderunner_core.models import Activity, Enrolment, ProgressStatus, UserProgress, utc_now
from coderunner_core.moments import at, ms
from coderunner_core.presence import Here
from coderunner_core.services.columns import read_columns
from coderunner_core.services.teaching.class_views import CellView
from coderunner_core.services.watching import stuck
from coderunner_core.services.watching.stuck import Signs, StuckRules

_MOST_CELLS = 50_000
_MINUTE = timedelta(minutes=1)


def of_class(class_id: int, *, minutes: bool = True) -> sa.Select[Any]:
    """What a square needs of every student of a class, joined with how far they are. Without ``minutes`` it is not said
    how long each took: of thousands, reading two moments more costs a third of everything.
    """
    return (
        _with_progress(minutes=minutes)
        .join(Enrolment, col(Enrolment.user_id) == col(Activity.user_id))
        .where(col(Enrolment.class_id) == class_id)
    )


def of_student(student_id: int) -> sa.Select[Any]:
    """The same of one student, whatever their classes."""
    return _with_progress().where(col(Activity.user_id) == student_id)


async def read(
    session: AsyncSession, statement: sa.Select[Any], here: Mapping[int, Here], rules: StuckRules
) -> list[CellView]:
    """The squares of a statement that ``of_class`` began; those that nobody has begun are left out."""
    now = utc_now()
    rows = await read_columns(session, statement.limit(_MOST_CELLS))
    cells = [_cell(row, here.get(row[0]), now, rules) for row in rows]
    return [cell for cell in cells if cell.state != "not_started" or cell.stuck_from_ms]


async def stuck_now(core: Core, here: Mapping[int, Here]) -> set[int]:
    """Those who are here and stuck at the problem that they are at."""
    rules, now = StuckRules.of(core.settings), utc_now()
    open_problems = {(user_id, one.problem_id) for user_id, one in here.items() if one.problem_id}
    if not open_problems:
        return set()
    idle_before = now - rules.idle
    statement = _with_progress().where(
        col(Activity.user_id).in_({user_id for user_id, _ in open_problems}),
        col(Activity.problem_id).in_({problem_id for _, problem_id in open_problems}),
        or_(
            col(Activity.failures_in_row) >= rules.failures,
            col(Activity.same_error_in_row) >= rules.same_error,
            col(Activity.last_at) <= idle_before,
        ),
    )
    async with core.database.reading() as session:
        rows = await read_columns(session, statement)
    return {
        row.user_id
        for row in rows
        if (row.user_id, row.problem_id) in open_problems and stuck.reason(_signs(row, here[row.user_id]), now, rules)
    }


def untouched(pairs: Iterable[tuple[int, str]]) -> list[CellView]:
    """Squares that were asked for by name and that nobody has begun."""
    return [CellView(user_id, problem_id, "not_started", 0) for user_id, problem_id in pairs]


def _with_progress(*, minutes: bool = True) -> sa.Select[Any]:
    columns: list[Any] = [
        Activity.user_id,
        Activity.problem_id,
        (col(Activity.runs) + col(Activity.submissions)).label("presses"),
        Activity.failures_in_row,
        Activity.same_error_in_row,
        Activity.last_error,
        Activity.last_outcome,
        Activity.opened_at if minutes else sa.null(),
        Activity.last_at,
        UserProgress.status,
        UserProgress.solved_at if minutes else sa.null(),
    ]
    return sa.select(*columns).outerjoin(
        UserProgress,
        (col(UserProgress.user_id) == col(Activity.user_id))
        & (col(UserProgress.problem_id) == col(Activity.problem_id)),
    )


def _signs(row: Any, here: Here | None) -> Signs:
    at_it = here is not None and here.problem_id == row.problem_id
    return Signs(
        solved=row.status == ProgressStatus.SOLVED,
        failures_in_row=row.failures_in_row,
        same_error_in_row=row.same_error_in_row,
        last_error=row.last_error,
        last_at=row.last_at,
        here_since=at(here.since_ms) if here is not None and at_it else None,
    )


def _cell(row: Any, here: Here | None, now: datetime, rules: StuckRules) -> CellView:
    """One of the thousands of a page: the rules are asked only where there is a sign of any of them."""
    user_id, problem_id, presses, failures, _same, error, outcome, opened_at, last_at, status, solved_at = row
    solved = status == ProgressStatus.SOLVED
    state, why, stuck_from = "solved" if solved else "tried" if presses else "not_started", None, None
    if not solved and (failures > 1 or (here is not None and here.problem_id == problem_id)):
        signs = _signs(row, here)
        why, stuck_from = stuck.reason(signs, now, rules), stuck.idle_from(signs, rules)
        state = "stuck" if why is not None else state
    return CellView(
        student_id=user_id,
        problem_id=problem_id,
        state=state,
        attempts=presses,
        minutes=max(0, ((solved_at or last_at) - opened_at) // _MINUTE) if opened_at else 0,
        why=why.words if why else "",
        last_ms=ms(last_at) if presses else 0,
        last_outcome=outcome or "",
        last_error=error,
        stuck_from_ms=ms(stuck_from),
    )
