"""Remembers in Redis what is costly to work out and the same for everybody, and works it out once for a crowd.

However many ask for what is not there: in each process they wait for one of them, and of the processes one asks the
store while the others wait for what it finds. When Redis is away, one in each process asks.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

LOCK_MS = 5_000  # beyond this, whoever works it out is taken for dead
LOOK_EVERY_S = 0.02

# Only who holds the lock may open it: it may have run out, and be another's by now.
_UNLOCK = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"

Loader = Callable[[], Awaitable[str]]


class Cache(Protocol):
    """What services need; tests bring one that remembers nothing."""

    async def get(self, key: str, ttl_s: int, load: Loader) -> str:
        """The text that is remembered under a key, else what ``load`` gives, remembered for ``ttl_s`` seconds.

        Raises what ``load`` raises, to everybody who waited for it; nothing is remembered then.
        """


class RedisCache:
    """A key has to change with whatever its value depends on: nothing is ever taken out before its time."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._unlock = redis.register_script(_UNLOCK)
        self._flights: dict[str, asyncio.Task[str]] = {}

    async def get(self, key: str, ttl_s: int, load: Loader) -> str:
        """The text that is remembered under a key, else what ``load`` gives, remembered for ``ttl_s`` seconds.

        Raises what ``load`` raises, to everybody who waited for it; nothing is remembered then.
        """
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._fetch(key, ttl_s, load))
            self._flights[key] = flight
            flight.add_done_callback(lambda _: self._flights.pop(key, None))
        return await asyncio.shield(flight)  # a visitor who leaves must not end what others wait for

    async def _fetch(self, key: str, ttl_s: int, load: Loader) -> str:
        token = secrets.token_hex(8)
        try:
            known = await self._known_or_lock(key, token)
        except RedisError:
            log.warning("cache away, asking the store", extra={"key": key}, exc_info=True)
            return await load()
        if known is not None:
            return known
        try:
            value = await load()
        except BaseException:
            await self._release(key, token)
            raise
        await self._remember(key, ttl_s, value)
        await self._release(key, token)
        return value

    async def _known_or_lock(self, key: str, token: str) -> str | None:
        """What is remembered, or becomes so while another process works it out; None when it is for us to do."""
        deadline = time.monotonic() + LOCK_MS / 1000
        while True:
            known = await self._redis.get(_value_key(key))
            if known is not None:
                return str(known.decode())
            if await self._redis.set(_lock_key(key), token, nx=True, px=LOCK_MS):
                # It may have been remembered, and the lock opened, between the two.
                known = await self._redis.get(_value_key(key))
                if known is None:
                    return None
                await self._release(key, token)
                return str(known.decode())
            if time.monotonic() > deadline:
                return None
            await asyncio.sleep(LOOK_EVERY_S)

    async def _remember(self, key: str, ttl_s: int, value: str) -> None:
        try:
            await self._redis.set(_value_key(key), value, ex=ttl_s)
        except RedisError:
            log.warning("not remembered", extra={"key": key}, exc_info=True)

    async def _release(self, key: str, token: str) -> None:
        try:
            await self._unlock(keys=[_lock_key(key)], args=[token])
        except RedisError:
            log.warning("lock left to run out", extra={"key": key}, exc_info=True)


def _value_key(key: str) -> str:
    return f"cache:{{{key}}}"


def _lock_key(key: str) -> str:
    return f"cache:{{{key}}}:lock"
