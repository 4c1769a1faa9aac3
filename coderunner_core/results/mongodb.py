"""The result store in MongoDB, through Beanie: documents that the server itself deletes when they expire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from beanie import Document, init_beanie
from pymongo import AsyncMongoClient
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import DuplicateKeyError

from coderunner_core.contract import Verdict
from coderunner_core.models import utc_now
from coderunner_core.results.codec import decode, encode
from coderunner_core.results.mongodb_ttl import set_ttl_index
from coderunner_core.results.protocol import BATCH, ExecutionResult, batches

TIMEOUT_MS = 3_000  # a press is refused in words rather than left hanging
EXPIRES_FROM = "expires_from"


class ResultDocument(Document):
    """The body of one run, found by the run's id.

    The server deletes it RESULT_TTL_DAYS after ``expires_from``, by a TTL index; without that field it is kept.
    """

    id: str  # type: ignore[assignment]
    source: str
    stdin: str
    verdict_json: str | None = None  # None while pending
    created_at: datetime
    expires_from: datetime | None = None

    class Settings:
        """How Beanie keeps it. The TTL index is not here: it has to follow the setting, see ``set_ttl_index``."""

        name = "execution_result"


class MongoResultStore:
    """Keeps bodies for ``ttl_days``. The server deletes the expired about once a minute; until then they are hidden."""

    def __init__(self, uri: str, ttl_days: int, database: str = "coderunner") -> None:
        self._client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(
            uri, tz_aware=True, serverSelectionTimeoutMS=TIMEOUT_MS, connectTimeoutMS=TIMEOUT_MS
        )
        self._database = self._client[database]
        self._ttl = timedelta(days=ttl_days)

    async def open(self) -> None:
        """Connect, make the collection where it is missing, and bring its TTL index in line with the setting."""
        await init_beanie(database=self._database, document_models=[ResultDocument])
        await set_ttl_index(self._database, self._bodies.name, EXPIRES_FROM, self._ttl)

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.close()

    @property
    def _bodies(self) -> AsyncCollection[dict[str, Any]]:
        return ResultDocument.get_pymongo_collection()

    async def put_pending(self, run_id: str, source: str, stdin: str) -> None:
        """Keep what is to be run. A second call with the same id changes nothing."""
        now = utc_now()
        document = ResultDocument(id=run_id, source=source, stdin=stdin, created_at=now, expires_from=now)
        try:
            await document.insert()
        except DuplicateKeyError:
            return

    async def finish(self, run_id: str, verdict: Verdict) -> bool:
        """Add the verdict. Only the first one counts: False when there was one already or there is no such run."""
        # One conditional update in the server: of two workers that finish at once, one changes the document.
        done = await self._bodies.update_one(
            {"_id": run_id, "verdict_json": None}, {"$set": {"verdict_json": encode(verdict)}}
        )
        return done.modified_count == 1

    async def get(self, run_id: str) -> ExecutionResult | None:
        """The body, or None when it never was or has expired."""
        return (await self.get_many([run_id])).get(run_id)

    async def get_many(self, run_ids: Sequence[str]) -> dict[str, ExecutionResult]:
        """The bodies that are there, by run id; what never was or has expired is left out."""
        found = {}
        for batch in batches(run_ids):
            async for one in ResultDocument.find({"_id": {"$in": list(batch)}}):
                if one.expires_from is None or one.expires_from > self._expired:
                    found[one.id] = _result(one)
        return found

    async def present(self, run_ids: Sequence[str]) -> set[str]:
        """Which of these have a body that ``get`` would give, without reading the bodies."""
        found: set[str] = set()
        for batch in batches(run_ids):
            async for one in self._bodies.find({"_id": {"$in": list(batch)}}, {EXPIRES_FROM: 1}):
                if one.get(EXPIRES_FROM) is None or one[EXPIRES_FROM] > self._expired:
                    found.add(one["_id"])
        return found

    async def delete_many(self, run_ids: Sequence[str]) -> int:
        """Delete bodies now, kept or not; how many there were."""
        deleted = 0
        for batch in batches(run_ids):
            deleted += (await self._bodies.delete_many({"_id": {"$in": list(batch)}})).deleted_count
        return deleted

    async def keep(self, run_ids: Sequence[str]) -> int:
        """Let these never expire, until ``expire`` is called; how many of them are there."""
        return await self._change(run_ids, {"$unset": {EXPIRES_FROM: ""}})

    async def expire(self, run_ids: Sequence[str], at: datetime) -> int:
        """Let these expire at a moment (aware of its zone), kept or not; how many of them are there."""
        return await self._change(run_ids, {"$set": {EXPIRES_FROM: at - self._ttl}})

    async def _change(self, run_ids: Sequence[str], change: dict[str, Any]) -> int:
        found = 0
        for batch in batches(run_ids):
            found += (await self._bodies.update_many({"_id": {"$in": list(batch)}}, change)).matched_count
        return found

    async def purge(self) -> int:
        """Delete what has expired, in batches; how many. The TTL index does it too, this only does not wait for it."""
        deleted = 0
        while True:
            old = self._bodies.find({EXPIRES_FROM: {"$lte": self._expired}}, {"_id": 1}).limit(BATCH)
            ids = [one["_id"] async for one in old]
            deleted += await self.delete_many(ids)
            if len(ids) < BATCH:
                return deleted

    @property
    def _expired(self) -> datetime:
        """What expires from this moment on, or from an earlier one, has expired."""
        return utc_now() - self._ttl


def _result(found: ResultDocument) -> ExecutionResult:
    verdict = decode(found.verdict_json) if found.verdict_json is not None else None
    return ExecutionResult(found.id, found.source, found.stdin, verdict, found.created_at)
