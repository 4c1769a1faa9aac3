"""What workers and operators tell each other, in Redis: signs of life, who is drained, who leads, who looks.

Nothing here is the only copy of what matters: vitals expire, and a lost drain is a worker that works again.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Protocol

from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from rq.utils import utcparse

from coderunner_core.contract import RunKind
from coderunner_core.events import OPS_TOPIC, PUSH_CHANNEL
from coderunner_core.queue import QUEUE_NAMES

VITALS_TTL_S = 15
LOOK_TTL_S = 30  # how long after the last look somebody still counts as looking

VITALS = "ops:vitals"  # a hash: what each worker process said last
_DRAINED = "ops:drained"
_LOOKED = "ops:looked"

# Take the lock, or keep it when it is one's own.
_LEAD = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""


@dataclass(frozen=True, slots=True)
class Vitals:
    """What one worker process said of itself at ``at``; all moments are seconds since 1970.

    ``slot`` is its place at its host, which a successor takes over; ``proven_at`` is when a sandbox program of it last
    really ran, 0 for never; ``held`` says that it obeys a drain.
    """

    name: str
    slot: str
    host: str
    pid: int
    kind: RunKind
    at: float
    started_at: float
    runs_done: int = 0
    held: bool = False
    proven_at: float = 0.0
    pool_ready: int = 0
    pool_in_use: int = 0
    pool_started: int = 0
    pool_retired: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RedisMemory:
    """``limit_bytes`` is 0 where Redis has no limit of its own; then the machine's memory is the limit."""

    used_bytes: int
    limit_bytes: int

    @property
    def used_ratio(self) -> float:
        """0…1, and 0 where no limit is known."""
        return self.used_bytes / self.limit_bytes if self.limit_bytes else 0.0


class Control(Protocol):
    """What operations need of Redis; tests bring one that keeps it in memory."""

    async def ping(self) -> None:
        """Ask Redis for an answer; raises RedisError when there is none."""

    async def memory(self) -> RedisMemory:
        """How much Redis holds, and may hold."""

    async def oldest_wait_s(self, kind: RunKind) -> float:
        """How long the first job of a queue has waited; 0 for an empty queue."""

    async def workers(self) -> list[Vitals]:
        """The workers that live, by name."""

    async def drained(self) -> set[str]:
        """The slots that shall take no new job."""

    async def drain(self, slot: str) -> None:
        """The worker in this slot, and its successors, shall take no new job."""

    async def resume(self, slot: str) -> None:
        """The worker in this slot may work again."""

    async def look(self) -> None:
        """Somebody looks at the operations page, now."""

    async def looked_at(self) -> bool:
        """Whether somebody looked within LOOK_TTL_S."""

    async def lead(self, office: str, who: str, for_s: float) -> bool:
        """Whether ``who`` holds this office for the next ``for_s``; of all that ask, one does."""

    async def remember(self, office: str, what: str) -> None:
        """What whoever holds this office next has to know."""

    async def recall(self, office: str) -> str:
        """What the last holder of this office left; empty when nothing."""

    async def tick(self, data: dict[str, Any]) -> None:
        """Wake the pages on the topic ``ops``."""


class RedisControl:
    """The one that works."""

    def __init__(self, redis: AsyncRedis) -> None:
        self._redis = redis
        self._lead = redis.register_script(_LEAD)

    async def ping(self) -> None:
        """Ask Redis for an answer; raises RedisError when there is none."""
        await self._do("PING")

    async def memory(self) -> RedisMemory:
        """How much Redis holds, and may hold."""
        known = await self._redis.info("memory")
        limit_bytes = int(known.get("maxmemory", 0)) or int(known.get("total_system_memory", 0))
        return RedisMemory(int(known["used_memory"]), limit_bytes)

    async def oldest_wait_s(self, kind: RunKind) -> float:
        """How long the first job of a queue has waited; 0 for an empty queue."""
        first: list[bytes] = await self._do("LRANGE", f"rq:queue:{QUEUE_NAMES[kind]}", 0, 0)
        if not first:
            return 0.0
        since = await self._do("HGET", f"rq:job:{first[0].decode()}", "enqueued_at")
        if since is None:  # it was taken between the two questions
            return 0.0
        return max(0.0, (datetime.now(UTC) - utcparse(since.decode())).total_seconds())

    async def workers(self) -> list[Vitals]:
        """The workers that live, by name."""
        said: dict[bytes, bytes] = await self._do("HGETALL", VITALS)
        known = {name: _read(raw) for name, raw in said.items()}
        dead = [name for name, vitals in known.items() if vitals.at < time.time() - VITALS_TTL_S]
        if dead:
            await self._do("HDEL", VITALS, *dead)
        return sorted((known[name] for name in known if name not in dead), key=lambda one: one.name)

    async def drained(self) -> set[str]:
        """The slots that shall take no new job."""
        return {slot.decode() for slot in await self._do("SMEMBERS", _DRAINED)}

    async def drain(self, slot: str) -> None:
        """The worker in this slot, and its successors, shall take no new job."""
        await self._do("SADD", _DRAINED, slot)

    async def resume(self, slot: str) -> None:
        """The worker in this slot may work again."""
        await self._do("SREM", _DRAINED, slot)

    async def look(self) -> None:
        """Somebody looks at the operations page, now."""
        await self._redis.set(_LOOKED, 1, ex=LOOK_TTL_S)

    async def looked_at(self) -> bool:
        """Whether somebody looked within LOOK_TTL_S."""
        return bool(await self._redis.exists(_LOOKED))

    async def lead(self, office: str, who: str, for_s: float) -> bool:
        """Whether ``who`` holds this office for the next ``for_s``; of all that ask, one does."""
        return bool(await self._lead(keys=[f"leader:{office}"], args=[who, round(for_s * 1000)]))

    async def remember(self, office: str, what: str) -> None:
        """What whoever holds this office next has to know."""
        await self._do("SET", f"office:{office}", what)

    async def recall(self, office: str) -> str:
        """What the last holder of this office left; empty when nothing."""
        left: bytes | None = await self._do("GET", f"office:{office}")
        return left.decode() if left else ""

    async def tick(self, data: dict[str, Any]) -> None:
        """Wake the pages on the topic ``ops``."""
        await self._redis.publish(PUSH_CHANNEL, json.dumps({"to": OPS_TOPIC, "kind": "tick", "data": data}))

    async def _do(self, *words: Any) -> Any:
        # The client's own methods are typed as if they were both synchronous and not.
        return await self._redis.execute_command(*words)  # type: ignore[no-untyped-call]


def slot_of(worker: str) -> str:
    """A worker's place at its host, out of its name ``host.pid.kind.place.start``; any other name is its own slot.

    >>> slot_of("runner-1.4711.run.2.17"), slot_of("early")
    ('runner-1.run.2', 'early')
    """
    parts = worker.rsplit(".", 4)
    return f"{parts[0]}.{parts[2]}.{parts[3]}" if len(parts) == 5 else worker


def tell(redis: Redis, vitals: Vitals) -> None:
    """A worker's own words; good for VITALS_TTL_S."""
    redis.hset(VITALS, vitals.name, json.dumps(asdict(vitals)))


def forget(redis: Redis, worker: str) -> None:
    """A worker that stops says so itself."""
    redis.hdel(VITALS, worker)


def is_drained(redis: Redis, slot: str) -> bool:
    """Whether the worker in this slot shall take no new job."""
    return bool(redis.sismember(_DRAINED, slot))


def _read(raw: bytes) -> Vitals:
    said = json.loads(raw)
    known = {one.name for one in fields(Vitals)}  # a worker of the next release may say more
    return Vitals(**{name: value for name, value in said.items() if name in known} | {"kind": RunKind(said["kind"])})
