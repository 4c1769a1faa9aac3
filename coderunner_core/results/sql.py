"""The embedded default of the result store: a table beside the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from coderunner_core.contract import Verdict
from coderunner_core.database import Database
from coderunner_core.models import StoredResult, utc_now
from coderunner_core.results.codec import decode, encode
from coderunner_core.results.protocol import BATCH, ExecutionResult, batches

# These statements are the first thing in their session: there are no loaded rows that would have to be brought in line.
_NOTHING_LOADED = {"synchronize_session": False}

# Part of every run, so they are put together once.
_ONE = select(StoredResult).where(
    col(StoredResult.run_id) == bindparam("run_id"),
    col(StoredResult.expires_at).is_(None) | (col(StoredResult.expires_at) > bindparam("now")),
)
_FINISH = (
    update(StoredResult)
    .where(col(StoredResult.run_id) == bindparam("of_run"), col(StoredResult.verdict_json).is_(None))
    .values(verdict_json=bindparam("verdict"))
    .execution_options(**_NOTHING_LOADED)
)


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
            done = await session.exec(_FINISH, params={"of_run": run_id, "verdict": encode(verdict)})
            return bool(done.rowcount)

    async def get(self, run_id: str) -> ExecutionResult | None:
        """The body, or None when it never was or has expired."""
        async with self._database.reading() as session:
            row = (await session.exec(_ONE, params={"run_id": run_id, "now": utc_now()})).first()
        return _result(row) if row else None

    async def get_many(self, run_ids: Sequence[str]) -> dict[str, ExecutionResult]:
        """The bodies that are there, by run id; what never was or has expired is left out."""
        found = {}
        for batch in batches(run_ids):
            async with self._database.reading() as session:
                rows = await session.exec(select(StoredResult).where(col(StoredResult.run_id).in_(batch), _young()))
                found.update({row.run_id: _result(row) for row in rows})
        return found

    async def present(self, run_ids: Sequence[str]) -> set[str]:
        """Which of these have a body that ``get`` would give, without reading the bodies."""
        found: set[str] = set()
        for batch in batches(run_ids):
            async with self._database.reading() as session:
                ids = select(StoredResult.run_id).where(col(StoredResult.run_id).in_(batch), _young())
                found.update(await session.exec(ids))
        return found

    async def delete_many(self, run_ids: Sequence[str]) -> int:
        """Delete bodies now, kept or not; how many there were."""
        deleted = 0
        for batch in batches(run_ids):
            async with self._database.writing() as session:
                done = await session.exec(
                    delete(StoredResult).where(col(StoredResult.run_id).in_(batch)).execution_options(**_NOTHING_LOADED)
                )
                deleted += done.rowcount
        return deleted

    async def keep(self, run_ids: Sequence[str]) -> int:
        """Let these never expire, until ``expire`` is called; how many of them are there."""
        return await self._set_expiry(run_ids, None)

    async def expire(self, run_ids: Sequence[str], at: datetime) -> int:
        """Let these expire at a moment (aware of its zone), kept or not; how many of them are there."""
        return await self._set_expiry(run_ids, at)

    async def _set_expiry(self, run_ids: Sequence[str], at: datetime | None) -> int:
        changed = 0
        for batch in batches(run_ids):
            async with self._database.writing() as session:
                done = await session.exec(
                    update(StoredResult)
                    .where(col(StoredResult.run_id).in_(batch))
                    .values(expires_at=at)
                    .execution_options(**_NOTHING_LOADED)
                )
                changed += done.rowcount
        return changed

    async def purge(self) -> int:
        """Delete what has expired, a batch a transaction, so that runs are stored and finished in between; how many.

        Where RESULT_TTL_DAYS was made shorter, what is older than promised then goes first: nothing that is not kept
        lives longer than the setting from now on.
        """
        now = utc_now()
        await self._shorten(now + self._ttl)
        old = select(StoredResult.run_id).where(col(StoredResult.expires_at) <= now).limit(BATCH)
        deleted = 0
        while True:
            async with self._database.writing() as session:
                done = await session.exec(
                    delete(StoredResult).where(col(StoredResult.run_id).in_(old)).execution_options(**_NOTHING_LOADED)
                )
            deleted += done.rowcount
            if done.rowcount < BATCH:
                return deleted

    async def _shorten(self, latest: datetime) -> None:
        """Let nothing that expires do so later than ``latest``, in batches as well."""
        long = select(StoredResult.run_id).where(col(StoredResult.expires_at) > latest).limit(BATCH)
        while True:
            async with self._database.writing() as session:
                done = await session.exec(
                    update(StoredResult)
                    .where(col(StoredResult.run_id).in_(long))
                    .values(expires_at=latest)
                    .execution_options(**_NOTHING_LOADED)
                )
            if done.rowcount < BATCH:
                return


def _young() -> ColumnElement[bool]:
    return col(StoredResult.expires_at).is_(None) | (col(StoredResult.expires_at) > utc_now())


def _result(row: StoredResult) -> ExecutionResult:
    verdict = decode(row.verdict_json) if row.verdict_json is not None else None
    return ExecutionResult(row.run_id, row.source, row.stdin, verdict, row.created_at)
