"""Counts tries in Redis, so that every web process sees the same number."""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address
from typing import Protocol

from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from coderunner_core.errors import TooMany

_ADDRESS_CHARS = 45  # of the longest address there is


class Throttle(Protocol):
    """What services need of a limiter; tests bring one that counts in memory."""

    async def hit(self, what: str, who: str, *, allowed: int, window_s: int, message: str) -> None:
        """Count one try; raises TooMany with ``message`` when more than ``allowed`` fell into the window."""

    async def forget(self, what: str, who: str, *, allowed: int, window_s: int) -> None:
        """Take back the count, after a success."""


class RedisThrottle:
    """A moving window in Redis: at no moment did more than ``allowed`` tries pass in the last ``window_s``."""

    def __init__(self, redis_url: str) -> None:
        storage = RedisStorage("async+" + redis_url, implementation="redispy", key_prefix="throttle")
        self._limiter = MovingWindowRateLimiter(storage)

    async def hit(self, what: str, who: str, *, allowed: int, window_s: int, message: str) -> None:
        """Count one try; raises TooMany with ``message`` when more than ``allowed`` fell into the window."""
        item = RateLimitItemPerSecond(allowed, window_s)
        if not await self._limiter.hit(item, what, who):
            opens, _left = await self._limiter.get_window_stats(item, what, who)
            wait_s = max(1, math.ceil(opens - time.time()))
            raise TooMany(f"{message} Try again in {in_words(wait_s)}.", retry_after_s=wait_s, limit=what)

    async def forget(self, what: str, who: str, *, allowed: int, window_s: int) -> None:
        """Take back the count, after a success."""
        await self._limiter.clear(RateLimitItemPerSecond(allowed, window_s), what, who)


def neighbourhood(address: str) -> str:
    """What tries of an address are counted under. Whoever has one address of IPv6 has 2**64: they count as one.

    >>> neighbourhood("203.0.113.7"), neighbourhood("2001:db8::7"), neighbourhood("::ffff:203.0.113.7")
    ('203.0.113.7', '2001:db8::/64', '203.0.113.7')
    """
    try:
        known = ip_address(address)
    except ValueError:  # a proxy's own word, or nothing at all; not longer than it could be
        return address[:_ADDRESS_CHARS]
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or f"{IPv6Address(int(known) >> 64 << 64)}/64")


def in_words(seconds: int) -> str:
    """A waiting time as a person says it.

    >>> in_words(1), in_words(45), in_words(61)
    ('1 second', '45 seconds', '2 minutes')
    """
    if seconds < 60:
        return f"{seconds} second" + ("" if seconds == 1 else "s")
    minutes = math.ceil(seconds / 60)
    if minutes < 120:
        return f"{minutes} minute" + ("" if minutes == 1 else "s")
    return f"{math.ceil(minutes / 60)} hours"
