"""The result store in MongoDB, through Beanie: documents that the server itself deletes when they expire."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from beanie import Document, init_beanie
from pymongo import AsyncMongoClient, IndexModel
from pymongo.errors import DuplicateKeyError

from coderunner_core.contract import Verdict
from coderunner_core.models import utc_now
from coderunner_core.results.codec import decode, encode
from coderunner_core.results.protocol import ExecutionResult

TIMEOUT_MS = 3_000  # a press is refused in words rather than left hanging


class ResultDocument(Document):
    """The body of one run; ``expires_at`` carries MongoDB's TTL index."""

    id: str  # type: ignore[assignment]
    source: str
    stdin: str
    verdict_json: str | None = None  # None while pending
    created_at: datetime
    expires_at: datetime

    class Settings:
        """How Beanie keeps it."""

        name = "execution_result"
        indexes = [IndexModel("expires_at", expireAfterSeconds=0)]


class MongoResultStore:
    """Keeps bodies for ``ttl_days``. The server deletes the expired about once a minute; until then they are hidden."""

    def __init__(self, uri: str, ttl_days: int, database: str = "coderunner") -> None:
        self._client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(
            uri, tz_aware=True, serverSelectionTimeoutMS=TIMEOUT_MS, connectTimeoutMS=TIMEOUT_MS
        )
        self._database_name = database
        self._ttl = timedelta(days=ttl_days)

    async def open(self) -> None:
        """Connect, and make the collection and its indexes where they are missing."""
        await init_beanie(database=self._client[self._database_name], document_models=[ResultDocument])

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.close()

    async def put_pending(self, run_id: str, source: str, stdin: str) -> None:
        """Keep what is to be run. A second call with the same id changes nothing."""
        now = utc_now()
        document = ResultDocument(id=run_id, source=source, stdin=stdin, created_at=now, expires_at=now + self._ttl)
        try:
            await document.insert()
        except DuplicateKeyError:
            return

    async def finish(self, run_id: str, verdict: Verdict) -> bool:
        """Add the verdict. Only the first one counts: False when there was one already or there is no such run."""
        # One conditional update in the server: of two workers that finish at once, one changes the document.
        done = await ResultDocument.get_pymongo_collection().update_one(
            {"_id": run_id, "verdict_json": None}, {"$set": {"verdict_json": encode(verdict)}}
        )
        return done.modified_count == 1

    async def get(self, run_id: str) -> ExecutionResult | None:
        """The body, or None when it never was or has expired."""
        found = await ResultDocument.get(run_id)
        if found is None or found.expires_at <= utc_now():
            return None
        verdict = decode(found.verdict_json) if found.verdict_json is not None else None
        return ExecutionResult(found.id, found.source, found.stdin, verdict, found.created_at)

    async def purge(self) -> int:
        """Delete what has expired; how many. The TTL index does it too, this only does not wait for it."""
        done = await ResultDocument.get_pymongo_collection().delete_many({"expires_at": {"$lte": utc_now()}})
        return done.deleted_count
