"""How far a student is: kept on the server, so that it follows them to any device."""

from __future__ import annotations

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.contract import NOT_A_TRY, Outcome
from coderunner_core.core import Core
from coderunner_core.errors import StoreAway
from coderunner_core.models import ProgressStatus, UserProgress, utc_now
from coderunner_core.services import turns
from coderunner_core.services.checks import signed_in
from coderunner_core.services.views import ProgressView


async def for_user(actor: Actor | None, core: Core) -> dict[str, ProgressView]:
    """The actor's progress by problem id; problems never submitted are absent. Raises NotSignedIn."""
    actor = signed_in(actor)
    async with core.database.reading() as session:
        rows = (await session.exec(select(UserProgress).where(UserProgress.user_id == actor.user_id))).all()
    known = {row.problem_id: as_view(row) for row in rows}
    core.last_known.keep(_remembered_as(actor), known)
    return known


async def to_show(actor: Actor | None, core: Core) -> dict[str, ProgressView]:
    """The actor's progress for a page that opens in any case: while the database is away, as this process last read it.

    Empty for a visitor, and where nothing was read yet.
    """
    if actor is None:
        return {}
    try:
        return await for_user(actor, core)
    except StoreAway:
        last: dict[str, ProgressView] = core.last_known.get(_remembered_as(actor)) or {}
        return last


def _remembered_as(actor: Actor) -> tuple[str, int]:
    return ("progress", actor.user_id)


async def record(session: AsyncSession, user_id: int, problem_id: str, outcome: Outcome, score: int) -> bool:
    """Count one graded submission, within the transaction that finishes its run; whether it counted."""
    if outcome in NOT_A_TRY:
        return False
    await turns.take(session, user_id)
    now = utc_now()
    row = await session.get(UserProgress, (user_id, problem_id))
    if row is None:
        row = UserProgress(user_id=user_id, problem_id=problem_id, first_tried_at=now)
    row.attempts += 1
    row.best_score = max(row.best_score, score)
    row.updated_at = now
    if outcome is Outcome.ACCEPTED and row.status != ProgressStatus.SOLVED:
        row.status, row.solved_at = ProgressStatus.SOLVED, now
    session.add(row)
    return True


def as_view(row: UserProgress) -> ProgressView:
    """A row as pages are given it."""
    return ProgressView(
        problem_id=row.problem_id,
        status=ProgressStatus(row.status).value,
        best_score=row.best_score,
        attempts=row.attempts,
        solved_at=row.solved_at.isoformat() if row.solved_at else "",
    )
