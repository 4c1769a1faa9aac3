"""The embedded default of the result store: a table beside the others."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from coderunner_core.contract import Verdict
from coderunner_core.database import Database
from coderunner_core.models import StoredResult, utc_now
from coderunner_core.results.codec import decode, encode
from coderunner_core.results.protocol import ExecutionResult


class SqlResultStore:
    """Keeps bodies in SQL for ``ttl_days``; ``purge`` deletes what is older."""

    def __init__(self, database: Database, ttl_days: int) -> None:
        self._database = database
        self._ttl = timedelta(days=ttl_days)

    async def put_pending(self, run_id: str, source: str, stdin: str) -> None:
        """Keep what is to be run. A second call with the same id changes nothing."""
        now = utc_now()
        row = StoredResult(run_id=run_id, source=source, stdin=stdin, created_at=now, expires_at=now + self._ttl)
        try:
            async with self._database.writing() as session:
                session.add(row)
        except IntegrityError:
            return  # it is there already

    async def finish(self, run_id: str, verdict: Verdict) -> bool:
        """Add the verdict. Only the first one counts: False when there was one already or there is no such run."""
        async with self._database.writing() as session:
            done = await session.exec(
                update(StoredResult)
                .where(col(StoredResult.run_id) == run_id, col(StoredResult.verdict_json).is_(None))
                .values(verdict_json=encode(verdict))
                .execution_options(synchronize_session=False)
            )
            return bool(done.rowcount)

    async def get(self, run_id: str) -> ExecutionResult | None:
        """The body, or None when it never was or has expired."""
        async with self._database.reading() as session:
            row = await session.get(StoredResult, run_id)
        if row is None or (row.expires_at is not None and row.expires_at <= utc_now()):
            return None
        verdict = decode(row.verdict_json) if row.verdict_json is not None else None
        return ExecutionResult(row.run_id, row.source, row.stdin, verdict, row.created_at)

    async def purge(self) -> int:
        """Delete what has expired; how many."""
        async with self._database.writing() as session:
            done = await session.exec(delete(StoredResult).where(col(StoredResult.expires_at) <= utc_now()))
            return done.rowcount
