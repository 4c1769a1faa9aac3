"""What somebody started in the last day, out of SQL: for quotas whose counts went with Redis' data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, select

from coderunner_core.contract import NOT_A_TRY, RunKind
from coderunner_core.database import Database
from coderunner_core.models import Run, utc_now
from coderunner_core.quotas import DAY_S, Start

_MOST = 5_000  # far above any allowance of a person


class RunStarts:
    """The rows are the truth; Redis only counts them faster."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(self, user_id: int, kind: RunKind) -> Sequence[Start]:
        """The runs of one kind that somebody started within the last day. Raises StoreAway."""
        statement = (
            select(Run.id, Run.created_at, Run.outcome)
            .where(Run.user_id == user_id, Run.kind == kind, Run.created_at > utc_now() - timedelta(seconds=DAY_S))
            .order_by(col(Run.created_at).desc())
            .limit(_MOST)
        )
        async with self._database.reading() as session:
            rows = (await session.exec(statement)).all()
        return [Start(run_id, round(at.timestamp() * 1000), outcome not in NOT_A_TRY) for run_id, at, outcome in rows]
