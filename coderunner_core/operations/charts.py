"""What was pressed lately, how it ended and how long it took: per minute and per hour, out of the run table.

Counts are exact and made by the database, in words that SQLite and PostgreSQL share. Percentiles are made here, of the
newest runs only where there are too many to read: a page that refreshes must not cost what it watches.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, literal
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.core import Core
from coderunner_core.models import Run, utc_now
from coderunner_core.operations.views import Charts, CountView, Period, PointView
from coderunner_core.percentiles import nearest_rank
from coderunner_core.services.permissions import admin

MOST_OF_HOUR = 3_000
MOST_OF_EACH_HOUR = 200


@dataclass(frozen=True, slots=True)
class Took:
    """How long one run took, from press to verdict, and how much of that it waited."""

    bucket: int
    total_ms: float
    wait_ms: float


@dataclass(frozen=True, slots=True)
class Counted:
    """How many runs of one bucket and kind ended in one way."""

    bucket: int
    kind: RunKind
    outcome: str
    count: int


async def charts(actor: Actor | None, core: Core, *, now: datetime | None = None) -> Charts:
    """The last hour and the last day, by when it was pressed. Raises NotSignedIn and NotAllowed."""
    admin(actor)
    now = now or utc_now()
    minutes = _starts(now.replace(second=0, microsecond=0), timedelta(minutes=1), 60)
    hours = _starts(now.replace(minute=0, second=0, microsecond=0), timedelta(hours=1), 24)
    async with core.database.reading() as session:
        of_hour = await _counts(session, minutes)
        took_hour = await _took(session, minutes, minutes[0], None, MOST_OF_HOUR)
        of_day = await _counts(session, hours)
        ends = [*hours[1:], None]
        took_each = [
            await _took(session, hours, start, end, MOST_OF_EACH_HOUR) for start, end in zip(hours, ends, strict=True)
        ]
    sampled = any(len(took) == MOST_OF_EACH_HOUR for took in took_each)
    return Charts(
        period(minutes, of_hour, took_hour, sampled=len(took_hour) == MOST_OF_HOUR),
        period(hours, of_day, [one for took in took_each for one in took], sampled=sampled),
    )


def _starts(last: datetime, step: timedelta, count: int) -> list[datetime]:
    return [last - step * back for back in reversed(range(count))]


async def _counts(session: AsyncSession, starts: Sequence[datetime]) -> list[Counted]:
    """Exact, by bucket, kind and outcome."""
    bucket = _bucket(starts, 0, len(starts) - 1)
    placed = (
        select(bucket.label("bucket"), col(Run.kind).label("kind"), col(Run.outcome).label("outcome"))
        .where(col(Run.created_at) >= starts[0], Run.status == RunStatus.FINISHED)
        .subquery()
    )
    columns = (placed.c.bucket, placed.c.kind, placed.c.outcome)
    rows = await session.exec(select(*columns, func.count()).group_by(*columns))
    return [Counted(bucket, RunKind(kind), str(outcome), count) for bucket, kind, outcome, count in rows]


def _bucket(starts: Sequence[datetime], first: int, last: int) -> ColumnElement[int]:
    """Which of the buckets a run belongs to, by halves: five comparisons a row instead of a dozen."""
    if first == last:
        return literal(first)
    middle = (first + last + 1) // 2
    earlier, later = _bucket(starts, first, middle - 1), _bucket(starts, middle, last)
    return case((col(Run.created_at) < starts[middle], earlier), else_=later)


async def _took(
    session: AsyncSession, starts: Sequence[datetime], since: datetime, until: datetime | None, most: int
) -> list[Took]:
    """The newest ``most`` that a worker executed between the two moments."""
    statement = (
        select(Run.created_at, Run.started_at, Run.finished_at)
        .where(
            col(Run.created_at) >= since,
            Run.status == RunStatus.FINISHED,
            col(Run.started_at).is_not(None),
            col(Run.finished_at).is_not(None),
        )
        .order_by(col(Run.created_at).desc())
        .limit(most)
    )
    if until is not None:
        statement = statement.where(col(Run.created_at) < until)
    step = starts[1] - starts[0]
    found = []
    for created, started, finished in await session.exec(statement):
        if started is None or finished is None:
            continue
        bucket = min(len(starts) - 1, (created - starts[0]) // step)
        found.append(Took(bucket, _ms(finished - created), _ms(started - created)))
    return found


def period(
    starts: Sequence[datetime], counts: Sequence[Counted], took: Sequence[Took], *, sampled: bool = False
) -> Period:
    """Counts and latencies put together; ``sampled`` when the latencies are of the newest runs only."""
    by_bucket: defaultdict[int, list[Counted]] = defaultdict(list)
    for one in counts:
        by_bucket[one.bucket].append(one)
    took_by_bucket: defaultdict[int, list[Took]] = defaultdict(list)
    for each in took:
        took_by_bucket[each.bucket].append(each)
    outcomes: Counter[str] = Counter()
    for one in counts:
        outcomes[one.outcome] += one.count
    points = [_point(start, by_bucket[index], took_by_bucket[index]) for index, start in enumerate(starts)]
    whole = _point(starts[0], counts, took)
    return Period(
        points=points,
        runs=whole.runs,
        submissions=whole.submissions,
        errors=whole.errors,
        error_percent=whole.error_percent,
        p50_ms=whole.p50_ms,
        p95_ms=whole.p95_ms,
        wait_p95_ms=whole.wait_p95_ms,
        outcomes=[CountView(name, count) for name, count in outcomes.most_common()],
        sampled=sampled,
    )


def _point(start: datetime, counts: Sequence[Counted], took: Sequence[Took]) -> PointView:
    all_of_it = sum(one.count for one in counts)
    errors = sum(one.count for one in counts if one.outcome == Outcome.INTERNAL_ERROR)
    totals = [one.total_ms for one in took]
    return PointView(
        at=start.isoformat(),
        runs=sum(one.count for one in counts if one.kind is RunKind.RUN),
        submissions=sum(one.count for one in counts if one.kind is RunKind.SUBMIT),
        errors=errors,
        error_percent=round(100 * errors / all_of_it, 1) if all_of_it else 0.0,
        p50_ms=_percentile(totals, 50),
        p95_ms=_percentile(totals, 95),
        wait_p95_ms=_percentile([one.wait_ms for one in took], 95),
    )


def _percentile(values: Sequence[float], percent: int) -> int | None:
    value = nearest_rank(sorted(values), percent)
    return None if value is None else round(value)


def _ms(length: timedelta) -> float:
    return max(0.0, length.total_seconds() * 1000)
