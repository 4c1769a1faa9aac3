"""Who is here and at which problem, in Redis: one key a person, and one list of when each was heard of last.

A person may have several pages open. Each says so by itself under a name of its own, and the problem that was opened
last counts, so that two open pages do not take turns. Nobody says good-bye for a web process that was killed, so
somebody looks now and then whom the list has not heard of for too long. Nothing here may not be lost: a Redis that
comes back empty is filled again by the next heartbeats.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from redis.asyncio import Redis

EXPIRES_S = 60
HEARTBEAT_S = 20  # two may be lost before somebody seems to be away
_FORGOTTEN_S = 3 * EXPIRES_S  # what nobody looked after leaves by itself
_HEARD = "presence:heard"
_MOST_AT_ONCE = 500
MOST_PAGES = 20  # of one person; whoever opens more at a time is at no more problems for it

# Pages of one person: name → [problem, opened at, last heard]. Returns the problem shown before and after; false: away.
# Before is what was told last: pages that went silent since then count for it, so that their end is told, too.
_SEEN = """
local now, kept, pages = tonumber(ARGV[1]), tonumber(ARGV[2]), cjson.decode(redis.call('GET', KEYS[1]) or '{}')
local function shown()
  local best
  for _, page in pairs(pages) do
    if not best or page[2] > best[2] or (page[2] == best[2] and page[1] > best[1]) then best = page end
  end
  return best and best[1] or false
end
local before = shown()
for name, page in pairs(pages) do
  if page[3] < now - kept * 1000 then pages[name] = nil end
end
local mine = pages[ARGV[3]]
if ARGV[5] == 'gone' then
  pages[ARGV[3]] = nil
elseif ARGV[5] == 'look' then
  mine = nil
elseif mine and mine[1] == ARGV[4] then
  mine[3] = now
else
  pages[ARGV[3]] = {ARGV[4], now, now}
end
local count, quietest = 0
for name, page in pairs(pages) do
  count = count + 1
  if name ~= ARGV[3] and (not quietest or page[3] < pages[quietest][3]) then quietest = name end
end
if count > tonumber(ARGV[8]) then pages[quietest] = nil end
local heard
for _, page in pairs(pages) do heard = math.max(heard or 0, page[3]) end
if heard then
  redis.call('SET', KEYS[1], cjson.encode(pages), 'EX', ARGV[6])
  redis.call('ZADD', KEYS[2], heard, ARGV[7])
else
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[7])
end
return {before, shown()}
"""


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody is online: at which problem (empty: at none) and since when, in milliseconds since 1970."""

    problem_id: str
    since_ms: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What a heartbeat changed: the problem before and after; None when the person was or is away."""

    before: str | None
    after: str | None

    @property
    def changed(self) -> bool:
        """Whether anybody who looks on would see a difference."""
        return self.before != self.after


class Presence(Protocol):
    """What services need; tests bring one that keeps a dictionary."""

    async def seen(self, user_id: int, problem_id: str, page: str) -> Moved:
        """Somebody has a page open; ``page`` names it among the pages of that person."""

    async def gone(self, user_id: int, page: str) -> Moved:
        """That page was closed."""

    async def of(self, user_ids: Sequence[int]) -> dict[int, Here]:
        """Those of them who are here."""

    async def lapsed(self) -> dict[int, Moved]:
        """Those who have not been heard of for too long and were believed to be here; each is named once."""

    async def forget(self, user_id: int) -> None:
        """Somebody is no more."""


class RedisPresence:
    """Presence in Redis. Every method raises RedisError when it is away."""

    def __init__(self, redis: Redis, clock: Callable[[], float] = time.time) -> None:
        self._redis, self._clock = redis, clock
        self._script = redis.register_script(_SEEN)

    async def seen(self, user_id: int, problem_id: str, page: str) -> Moved:
        """Somebody has a page open, at a problem or (empty) at none."""
        return await self._tell(user_id, page, problem_id, "here")

    async def gone(self, user_id: int, page: str) -> Moved:
        """That page was closed; the person is away when it was the last."""
        return await self._tell(user_id, page, "", "gone")

    async def of(self, user_ids: Sequence[int]) -> dict[int, Here]:
        """Those of them who are here, in one round trip."""
        if not user_ids:
            return {}
        oldest_ms = self._now_ms() - EXPIRES_S * 1000
        here = {}
        for user_id, raw in zip(user_ids, await self._redis.mget([_key(one) for one in user_ids]), strict=True):
            pages = [page for page in (json.loads(raw) if raw else {}).values() if page[2] >= oldest_ms]
            if pages:
                problem_id, since_ms, _heard = max(pages, key=lambda page: (page[1], page[0]))
                here[user_id] = Here(problem_id, int(since_ms))
        return here

    async def lapsed(self) -> dict[int, Moved]:
        """Those whose pages all went silent, and what they seemed to be at. Of several who ask, one is told of each."""
        before_ms = self._now_ms() - EXPIRES_S * 1000
        silent = await self._redis.zrangebyscore(_HEARD, "-inf", f"({before_ms}", start=0, num=_MOST_AT_ONCE)
        moves = {int(one): await self._tell(int(one), "", "", "look") for one in silent}
        return {user_id: moved for user_id, moved in moves.items() if moved.changed}

    async def forget(self, user_id: int) -> None:
        """Somebody is no more, whatever pages are still open."""
        async with self._redis.pipeline() as pipe:
            pipe.delete(_key(user_id))
            pipe.zrem(_HEARD, user_id)
            await pipe.execute()

    async def _tell(self, user_id: int, page: str, problem_id: str, what: str) -> Moved:
        arguments: list[Any] = [self._now_ms(), EXPIRES_S, page, problem_id, what, _FORGOTTEN_S, user_id, MOST_PAGES]
        before, after = await self._script(keys=[_key(user_id), _HEARD], args=arguments)
        return Moved(_text(before), _text(after))

    def _now_ms(self) -> int:
        return int(self._clock() * 1000)


def _key(user_id: int) -> str:
    return f"presence:{user_id}"


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()
