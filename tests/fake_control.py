"""A stand-in for what workers and operators tell each other in Redis, and a worker as it would say itself."""

from __future__ import annotations

import time

from redis.exceptions import ConnectionError as RedisConnectionError

from coderunner_core.contract import RunKind
from coderunner_core.control import RedisMemory, Vitals


class FakeControl:
    """Workers as the test lists them, drains in a set, offices that are held for ever."""

    def __init__(self) -> None:
        self.living: list[Vitals] = []
        self.slots: set[str] = set()
        self.oldest_s: dict[RunKind, float] = {}
        self.redis_memory = RedisMemory(used_bytes=10, limit_bytes=100)
        self.looked = False
        self.holders: dict[str, str] = {}
        self.remembered: dict[str, str] = {}
        self.ticks: list[dict[str, object]] = []
        self.broken = False

    async def ping(self) -> None:
        if self.broken:
            raise RedisConnectionError

    async def memory(self) -> RedisMemory:
        await self.ping()
        return self.redis_memory

    async def oldest_wait_s(self, kind: RunKind) -> float:
        await self.ping()
        return self.oldest_s.get(kind, 0.0)

    async def workers(self) -> list[Vitals]:
        await self.ping()
        return self.living

    async def drained(self) -> set[str]:
        await self.ping()
        return set(self.slots)

    async def drain(self, slot: str) -> None:
        await self.ping()
        self.slots.add(slot)

    async def resume(self, slot: str) -> None:
        await self.ping()
        self.slots.discard(slot)

    async def look(self) -> None:
        await self.ping()
        self.looked = True

    async def looked_at(self) -> bool:
        await self.ping()
        return self.looked

    async def lead(self, office: str, who: str, for_s: float) -> bool:
        await self.ping()
        return self.holders.setdefault(office, who) == who

    async def remember(self, office: str, what: str) -> None:
        await self.ping()
        self.remembered[office] = what

    async def recall(self, office: str) -> str:
        await self.ping()
        return self.remembered.get(office, "")

    async def tick(self, data: dict[str, object]) -> None:
        await self.ping()
        self.ticks.append(data)


def vitals(slot: str = "runner-1.run.1", **changes: object) -> Vitals:
    """A worker that was here a moment ago."""
    host, kind, place = slot.rsplit(".", 2)
    values: dict[str, object] = {
        "name": f"{host}.4711.{kind}.{place}.{place}",
        "slot": slot,
        "host": host,
        "pid": 4712,
        "kind": RunKind(kind),
        "at": time.time(),
        "started_at": time.time() - 60,
        "proven_at": time.time() - 5,
    }
    return Vitals(**{**values, **changes})  # type: ignore[arg-type]
