"""The result store in MongoDB, through Beanie: documents that the server itself deletes when they expire."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pymongo
from beanie import Document, init_beanie
from pymongo import AsyncMongoClient
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import DuplicateKeyError

from coderunner_core.contract import Verdict
from coderunner_core.errors import StoreAway
from coderunner_core.models import utc_now
from coderunner_core.results.codec import decode, encode
from coderunner_core.results.mongodb_outages import outages_as_store_away
from coderunner_core.results.mongodb_ttl import set_ttl_index
from coderunner_core.results.protocol import BATCH, ExecutionResult, batches

log = logging.getLogger(__name__)

DATABASE = "coderunner"
EXPIRES_FROM = "expires_from"
_SET_UP_S = 600  # an index of a collection that is full already takes minutes


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
    """Keeps bodies for ``ttl_days``. The server deletes the expired about once a minute; until then they are hidden.

    Every method raises StoreAway when the server has not answered within ``timeout_s``, retries included.
    """

    def __init__(
        self, uri: str, ttl_days: int, database: str = DATABASE, *, timeout_s: float = 4, pool_size: int = 20
    ) -> None:
        # What was acknowledged outlives a crash of the server: on most of them, and in its journal.
        self._client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(
            uri, tz_aware=True, timeoutMS=round(timeout_s * 1000), maxPoolSize=pool_size, w="majority", journal=True
        )
        self._database = self._client[database]
        self._ttl = timedelta(days=ttl_days)
        self._is_set_up = False
        self._setting_up = asyncio.Lock()

    async def open(self) -> None:
        """Make the collection where it is missing, and bring its TTL index in line with the setting.

        A server that is away just now stops no start: that is done when it first answers.
        """
        try:
            async with self._asking():
                pass
        except StoreAway:
            log.warning("MongoDB cannot be reached; its collection is looked at when it can")

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[None]:
        with outages_as_store_away():
            if not self._is_set_up:
                async with self._setting_up:
                    await self._set_up()
            yield

    async def _set_up(self) -> None:
        if self._is_set_up:
            return
        await self._client.admin.command("ping")  # within timeout_s: only what follows may take longer
        with pymongo.timeout(_SET_UP_S):
            await init_beanie(database=self._database, document_models=[ResultDocument])
            await set_ttl_index(self._database, self._bodies.name, EXPIRES_FROM, self._ttl)
        self._is_set_up = True

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.close()

    @property
    def _bodies(self) -> AsyncCollection[dict[str, Any]]:
        return ResultDocument.get_pymongo_collection()

    async def put_pending(self, run_id: str, source: str, stdin: str) -> None:
        """Keep what is to be run. A second call with the same id changes nothing."""
        now = utc_now()
        async with self._asking():  # first: Beanie knows the collection only once it is set up
            document = ResultDocument(id=run_id, source=source, stdin=stdin, created_at=now, expires_from=now)
            try:
                await document.insert()
            except DuplicateKeyError:
                return

    async def finish(self, run_id: str, verdict: Verdict) -> bool:
        """Add the verdict. Only the first one counts: False when there was one already or there is no such run."""
        # One conditional update in the server: of two workers that finish at once, one changes the document.
        async with self._asking():
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
            async with self._asking():
                async for one in ResultDocument.find({"_id": {"$in": list(batch)}}):
                    if one.expires_from is None or one.expires_from > self._expired:
                        found[one.id] = _result(one)
        return found

    async def present(self, run_ids: Sequence[str]) -> set[str]:
        """Which of these have a body that ``get`` would give, without reading the bodies."""
        found: set[str] = set()
        for batch in batches(run_ids):
            async with self._asking():
                async for one in self._bodies.find({"_id": {"$in": list(batch)}}, {EXPIRES_FROM: 1}):
                    if one.get(EXPIRES_FROM) is None or one[EXPIRES_FROM] > self._expired:
                        found.add(one["_id"])
        return found

    async def delete_many(self, run_ids: Sequence[str]) -> int:
        """Delete bodies now, kept or not; how many there were."""
        deleted = 0
        for batch in batches(run_ids):
            async with self._asking():
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
            async with self._asking():
                found += (await self._bodies.update_many({"_id": {"$in": list(batch)}}, change)).matched_count
        return found

    async def purge(self) -> int:
        """Delete what has expired, in batches; how many. The TTL index does it too, this only does not wait for it."""
        deleted = 0
        while True:
            async with self._asking():
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
