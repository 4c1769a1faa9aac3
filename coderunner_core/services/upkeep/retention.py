"""Applies the rule of coderunner_core.results.retention to everybody, in batches, on any driver of the result store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.core import Core
from coderunner_core.models import Comment, Enrolment, Run, SchoolClass, User, utc_now
from coderunner_core.results.protocol import batches
from coderunner_core.results.retention import Finished, is_covered, to_keep

PEOPLE_AT_ONCE = 100
_MARGIN = timedelta(days=1)  # bodies that expire while the job is on its way are looked at once more


@dataclass(frozen=True, slots=True)
class Retained:
    """What one pass changed."""

    kept: int = 0
    released: int = 0


async def apply(core: Core) -> Retained:
    """One pass over everybody. Safe to repeat, to interrupt and to run twice at once: each step only brings what is
    stored nearer to what the rule says.
    """
    kept, released, after = 0, 0, 0
    while True:
        async with core.database.reading() as session:
            people = select(User.id).where(col(User.id) > after).order_by(col(User.id)).limit(PEOPLE_AT_ONCE)
            user_ids = [one for one in await session.exec(people) if one is not None]
            if not user_ids:
                return Retained(kept, released)
            wanted, marked = await _compare(core, session, user_ids)
        kept += await keep(core, sorted(wanted - marked))
        released += await _release(core, sorted(marked - wanted))
        after = user_ids[-1]


async def _compare(core: Core, session: AsyncSession, user_ids: Sequence[int]) -> tuple[set[str], set[str]]:
    """The runs of these people that are to be kept, and those that were until now."""
    now = utc_now()
    archived: dict[int, list[datetime | None]] = defaultdict(list)
    classes = (
        select(Enrolment.user_id, SchoolClass.archived_at)
        .join(SchoolClass, col(SchoolClass.id) == col(Enrolment.class_id))
        .where(col(Enrolment.user_id).in_(user_ids))
    )
    for user_id, archived_at in await session.exec(classes):
        archived[user_id].append(archived_at)
    covered = [one for one in user_ids if is_covered(archived[one], core.settings.keep_days, now)]
    theirs = select(Run.id, Run.user_id).where(col(Run.user_id).in_(user_ids), col(Run.body_kept))
    marked = {run_id for run_id, _ in await session.exec(theirs)}
    wanted: set[str] = set()
    for runs in (await _finished(core, session, covered, now)).values():
        wanted |= to_keep(runs)
    return wanted, marked


async def _finished(
    core: Core, session: AsyncSession, user_ids: Sequence[int], now: datetime
) -> dict[int, list[Finished]]:
    """What the rule looks at, by student: what is kept, what has not expired yet, and what was commented on."""
    spoken_of = set(
        await session.exec(
            select(Comment.run_id).where(col(Comment.student_id).in_(user_ids), col(Comment.run_id).is_not(None))
        )
    )
    young = col(Run.created_at) > now - timedelta(days=core.settings.result_ttl_days) - _MARGIN
    found: dict[int, list[Finished]] = defaultdict(list)
    statement = select(
        Run.user_id, Run.id, Run.problem_id, Run.kind, Run.outcome, Run.score, Run.created_at
    ).where(  # type: ignore[call-overload]
        col(Run.user_id).in_(user_ids), col(Run.status) == RunStatus.FINISHED, young | col(Run.body_kept)
    )  # fmt: skip
    for user_id, run_id, problem_id, kind, outcome, score, created_at in await session.exec(statement):
        commented = run_id in spoken_of
        found[user_id].append(
            Finished(run_id, problem_id, RunKind(kind), Outcome(outcome), score, created_at, commented)
        )
    return found


async def keep(core: Core, run_ids: Sequence[str]) -> int:
    """Keep these beyond their days until a pass finds that the rule does not want them; how many were named."""
    await core.results.keep(run_ids)  # first the body: a mark without it would be believed for ever
    await _mark(core, run_ids, True)
    return len(run_ids)


async def _release(core: Core, run_ids: Sequence[str]) -> int:
    await core.results.expire(run_ids, utc_now() + timedelta(days=core.settings.result_ttl_days))
    await _mark(core, run_ids, False)
    return len(run_ids)


async def _mark(core: Core, run_ids: Sequence[str], kept: bool) -> None:
    for batch in batches(run_ids):
        async with core.database.writing() as session:
            await session.exec(
                update(Run)
                .where(col(Run.id).in_(batch))
                .values(body_kept=kept)
                .execution_options(synchronize_session=False)
            )
