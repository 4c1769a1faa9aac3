"""Reads from the run table what this installation measured, within bounds and without guessing from too little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.cost.usage import Press, Usage, summarise
from coderunner_core.database import Database
from coderunner_core.errors import BadInput
from coderunner_core.models import Run, utc_now

DEFAULT_DAYS, MAX_DAYS = 30, 90
MIN_PRESSES = 50  # with fewer, one slow program is the mean
MAX_PRESSES = 200_000  # about 50 MB; with more, fewer days are read


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """There is nothing to reckon with yet; ``message`` says what is missing."""

    message: str


async def measure(
    database: Database,
    *,
    days: int = DEFAULT_DAYS,
    now: datetime | None = None,
    max_presses: int = MAX_PRESSES,
) -> Usage | NotMeasured:
    """What happened in the last ``days`` times 24 hours.

    Days before the first press are not counted, and older days are left out when there are more than ``max_presses``.
    Counted is what a worker executed; failures of the platform itself and what was stopped while it waited are not.
    Raises BadInput for a number of days that is not 1 to 90.
    """
    if not 1 <= days <= MAX_DAYS:
        raise BadInput(f"days: from 1 to {MAX_DAYS}, not {days}")
    until = now or utc_now()
    async with database.reading() as session:
        whole_days = await _whole_days(session, until)
        presses: list[Press] = []
        counted = 0
        for day in range(min(days, whole_days)):
            of_day = await _presses(session, until, day, limit=max_presses - len(presses) + 1)
            if len(presses) + len(of_day) > max_presses:
                break
            presses += of_day
            counted += 1
    if whole_days and not counted:
        return NotMeasured(f"Not measured: more than {max_presses:,} programs in the last 24 hours, too many to read.")
    return _too_little(presses, counted) or summarise(presses, counted, until)


def _too_little(presses: Sequence[Press], days: int) -> NotMeasured | None:
    if not days:
        return NotMeasured("Not measured yet: no program was run here, or the first one less than 24 hours ago.")
    if len(presses) < MIN_PRESSES or not any(one.wall_ms for one in presses):
        return NotMeasured(f"Not measured yet: {len(presses)} programs in {days} day(s); {MIN_PRESSES} are needed.")
    return None


async def _whole_days(session: AsyncSession, until: datetime) -> int:
    """How many times 24 hours ago the first program was run."""
    earliest = select(Run.created_at).where(Run.status == RunStatus.FINISHED).order_by(col(Run.created_at)).limit(1)
    first = (await session.exec(earliest)).first()
    return max(0, (until - first) // timedelta(days=1)) if first is not None else 0


async def _presses(session: AsyncSession, until: datetime, day: int, limit: int) -> list[Press]:
    """What was pressed in one of the 24-hour days before ``until``; 0 is the last one."""
    rows = await session.exec(
        select(  # type: ignore[call-overload]
            Run.user_id,
            Run.kind,
            Run.created_at,
            Run.started_at,
            Run.finished_at,
            Run.cpu_ms,
            Run.wall_ms,
            Run.attempt,
            Run.tests,
        )
        .where(
            Run.status == RunStatus.FINISHED,
            Run.outcome != Outcome.INTERNAL_ERROR,
            col(Run.started_at).is_not(None),
            col(Run.created_at) >= until - timedelta(days=day + 1),
            col(Run.created_at) < until - timedelta(days=day),
        )
        .limit(limit)
    )
    return [
        Press(user_id, RunKind(kind), created, started, finished, cpu_ms, wall_ms, attempt, tests)
        for user_id, kind, created, started, finished, cpu_ms, wall_ms, attempt, tests in rows
    ]
