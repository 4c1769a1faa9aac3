"""How many runs and submissions a person may start: counted in Redis in one atomic step, given back by run id."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from redis.asyncio import Redis

from coderunner_core.contract import RunKind
from coderunner_core.errors import TooMany
from coderunner_core.limits import in_words

MINUTE_S = 60
DAY_S = 86_400

# One sorted set a window: members are run ids, scores are when they were taken (Redis' own clock, so that web
# processes on several machines agree). Either every window takes the run or none does.
_TAKE = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
for i, key in ipairs(KEYS) do
  local limit, window = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - window)
  local used = redis.call('ZCARD', key)
  if used >= limit then
    local opener = redis.call('ZRANGE', key, used - limit, used - limit, 'WITHSCORES')
    return {i, limit > 0 and opener[2] + window - now or window}
  end
end
for i, key in ipairs(KEYS) do
  redis.call('ZADD', key, now, ARGV[1])
  redis.call('PEXPIRE', key, ARGV[2 * i + 1])
end
return {0, 0}
"""

_USED = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local used = {}
for i, key in ipairs(KEYS) do
  used[i] = redis.call('ZCOUNT', key, '(' .. (now - tonumber(ARGV[i])), '+inf')
end
return used
"""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one person may start of one kind."""

    per_minute: int
    per_day: int

    @property
    def windows(self) -> tuple[tuple[str, int, int], ...]:
        """Name, limit and length in seconds of each window."""
        return (("minute", self.per_minute, MINUTE_S), ("day", self.per_day, DAY_S))


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of an allowance right now."""

    this_minute: int
    today: int


class Quotas(Protocol):
    """What services need of the counters; tests bring some that count in memory."""

    async def take(self, user_id: int, kind: RunKind, run_id: str, allowance: Allowance) -> None:
        """Count one run; raises TooMany, saying which limit and when it opens again."""

    async def give_back(self, user_id: int, kind: RunKind, run_id: str) -> None:
        """Take the count of a run back; a second call changes nothing."""

    async def left(self, user_id: int, kind: RunKind, allowance: Allowance) -> Left:
        """What is left."""

    async def forget(self, user_id: int) -> None:
        """Count nothing of this person any more."""


class RedisQuotas:
    """Moving windows: at no moment did more than the limit fall into the last minute or the last day."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._take = redis.register_script(_TAKE)
        self._used = redis.register_script(_USED)

    async def take(self, user_id: int, kind: RunKind, run_id: str, allowance: Allowance) -> None:
        """Count one run; raises TooMany, saying which limit and when it opens again."""
        arguments: list[Any] = [run_id]
        for _name, limit, length_s in allowance.windows:
            arguments += [limit, length_s * 1000]
        full, opens_in_ms = await self._take(keys=_keys(user_id, kind), args=arguments)
        if full:
            name, limit, _length_s = allowance.windows[full - 1]
            wait_s = max(1, math.ceil(float(opens_in_ms) / 1000))
            verb = "runs" if kind is RunKind.RUN else "submissions"
            raise TooMany(
                f"You have used your {limit} {verb} of this {name}. The next one is possible in {in_words(wait_s)}.",
                retry_after_s=wait_s,
                limit=f"quota_{name}",
            )

    async def give_back(self, user_id: int, kind: RunKind, run_id: str) -> None:
        """Take the count of a run back; a second call changes nothing."""
        async with self._redis.pipeline(transaction=True) as pipe:
            for key in _keys(user_id, kind):
                pipe.zrem(key, run_id)
            await pipe.execute()

    async def left(self, user_id: int, kind: RunKind, allowance: Allowance) -> Left:
        """What is left; asking takes nothing."""
        lengths_ms = [length_s * 1000 for _name, _limit, length_s in allowance.windows]
        used: Sequence[int] = await self._used(keys=_keys(user_id, kind), args=lengths_ms)
        minute, day = (max(0, limit - n) for (_, limit, _), n in zip(allowance.windows, used, strict=True))
        return Left(this_minute=min(minute, day), today=day)

    async def forget(self, user_id: int) -> None:
        """Count nothing of this person any more; they are gone."""
        await self._redis.delete(*(key for kind in RunKind for key in _keys(user_id, kind)))


def _keys(user_id: int, kind: RunKind) -> list[str]:
    # The braces keep both windows of one person on one node of a Redis cluster, as a script needs.
    return [f"quota:{{{user_id}}}:{kind.value}:{name}" for name, _, _ in Allowance(0, 0).windows]
