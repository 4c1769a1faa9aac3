"""Work that many processes could do and one should: whoever takes the lease does it, the others leave it."""

from __future__ import annotations

from typing import Protocol

from redis.asyncio import Redis


class Leases(Protocol):
    """What maintenance needs; tests bring one that always gives."""

    async def take(self, name: str, for_s: int) -> bool:
        """Whether this process may do the work now; nobody else may for ``for_s`` seconds. Raises RedisError."""


class RedisLeases:
    """Leases that all processes of an installation share. They run out by themselves and are not given back: what is
    done once an hour is leased for an hour.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def take(self, name: str, for_s: int) -> bool:
        """Whether this process may do the work now; nobody else may for ``for_s`` seconds. Raises RedisError."""
        return bool(await self._redis.set(f"lease:{name}", "taken", nx=True, ex=for_s))
