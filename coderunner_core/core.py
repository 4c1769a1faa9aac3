"""Wires the stores, the queue and the curriculum together: one object that services take, built once per process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from coderunner_core.cache import Cache, RedisCache
from coderunner_core.contract import RunStatus
from coderunner_core.control import Control, RedisControl
from coderunner_core.curriculum import Curriculum
from coderunner_core.curriculum import load as load_curriculum
from coderunner_core.database import Database, open_database
from coderunner_core.events import Chunk, Events
from coderunner_core.last_known import LastKnown
from coderunner_core.leases import Leases, RedisLeases
from coderunner_core.limits import RedisThrottle, Throttle
from coderunner_core.load import Load, RedisLoad
from coderunner_core.objects import ObjectStore, open_objects
from coderunner_core.observing import Nobody, Observer
from coderunner_core.presence import Presence, RedisPresence
from coderunner_core.queue import REDIS_TIMEOUT_S, Queue, RedisQueue
from coderunner_core.quotas import Quotas, RedisQuotas
from coderunner_core.results import GuardedResultStore, ResultStore, SpillingResultStore, SqlResultStore
from coderunner_core.run_starts import RunStarts
from coderunner_core.settings import Settings


class Announcer(Protocol):
    """What services need of Events; tests bring one that keeps a list."""

    async def run_changed(self, user_id: int, run_id: str, problem_id: str, status: RunStatus) -> None:
        """Say that a run has a new status."""

    async def progress_changed(self, user_id: int, problem_id: str) -> None:
        """Say that a student's progress changed."""

    async def announce(self, topic: str, kind: str, data: dict[str, Any]) -> None:
        """Say something to everybody who listens to a topic."""

    async def ask_to_stop(self, run_id: str) -> None:
        """Tell whichever worker has the run to end it."""

    async def replay(self, run_id: str, after_seq: int = -1) -> list[Chunk]:
        """The remembered output of a run."""

    async def forget(self, run_ids: Sequence[str]) -> None:
        """Remember nothing of these runs any more."""


@dataclass(frozen=True)
class Core:
    """Everything that services work with."""

    settings: Settings
    database: Database
    results: ResultStore
    objects: ObjectStore
    queue: Queue
    events: Announcer
    throttle: Throttle
    quotas: Quotas
    load: Load
    control: Control
    presence: Presence
    cache: Cache
    leases: Leases
    curriculum: Curriculum
    observer: Observer = field(default_factory=Nobody)
    last_known: LastKnown[Any] = field(default_factory=LastKnown)  # for outages
    bodies_guard: GuardedResultStore | None = None  # of a result store that may be away while the database is there


def connect_redis(settings: Settings) -> Redis:
    """An async Redis client that answers or fails within seconds."""
    return Redis.from_url(
        settings.redis_url,
        socket_timeout=REDIS_TIMEOUT_S,
        socket_connect_timeout=REDIS_TIMEOUT_S,
        retry=Retry(NoBackoff(), 1),
    )


@asynccontextmanager
async def _open_bodies(settings: Settings, database: Database, *, guarded: bool) -> AsyncIterator[ResultStore]:
    if settings.result_store == "sql":
        yield SqlResultStore(database, settings.result_ttl_days)  # behind the database's own circuits
        return
    from coderunner_core.results.mongodb import MongoResultStore  # 0.5 s of imports that SQL does not need

    store = MongoResultStore(
        settings.mongodb_uri.get_secret_value(),
        settings.result_ttl_days,
        timeout_s=settings.mongodb_timeout_s,
        pool_size=settings.mongodb_pool_size,
    )
    bodies = GuardedResultStore(store) if guarded else store
    try:
        await bodies.open()
        yield bodies
    finally:
        await store.close()


@asynccontextmanager
async def open_core(
    settings: Settings, curriculum: Curriculum | None = None, *, guarded: bool = False
) -> AsyncIterator[Core]:
    """Build a Core from settings, and close what it opened. Raises BadProblem when the curriculum cannot be read.

    ``guarded`` is for a process that people wait for; see Database and GuardedResultStore.
    """
    curriculum = curriculum or load_curriculum(settings.curriculum_dir)
    async with AsyncExitStack() as stack:
        database = open_database(settings, guarded=guarded)
        stack.push_async_callback(database.close)
        redis = connect_redis(settings)
        stack.push_async_callback(redis.aclose)
        bodies = await stack.enter_async_context(_open_bodies(settings, database, guarded=guarded))
        objects = open_objects(settings)
        queue = RedisQueue(settings.redis_url)
        stack.callback(queue.close)
        yield Core(
            settings=settings,
            database=database,
            results=SpillingResultStore(bodies, objects, settings.inline_output_bytes),
            objects=objects,
            queue=queue,
            events=Events(redis),
            throttle=RedisThrottle(settings.redis_url),
            quotas=RedisQuotas(redis, RunStarts(database)),
            load=RedisLoad(redis),
            control=RedisControl(redis),
            presence=RedisPresence(redis),
            cache=RedisCache(redis),
            leases=RedisLeases(redis),
            curriculum=curriculum,
            bodies_guard=bodies if isinstance(bodies, GuardedResultStore) else None,
        )
