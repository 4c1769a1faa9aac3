"""How many runs and submissions a person may start: counted in Redis in one atomic step, given back by run id.

What was stopped, or what we failed to run, gives its count back. So that nobody keeps workers busy by pressing and
stopping for ever, every start counts a second time, in windows that hold ``starts_factor`` times as many, and stays
counted there.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from redis.asyncio import Redis

from coderunner_core.contract import RunKind
from coderunner_core.errors import TooMany
from coderunner_core.limits import in_words

MINUTE_S = 60
DAY_S = 86_400

# One sorted set a window: members are run ids, scores are when they were taken (Redis' own clock, so that web
# processes on several machines agree). Either every window takes the run or none does; without a run, it only looks.
# The last key says that the counts are known; without it they were lost with Redis' data, and the answer is empty.
# Else the answer has, of each window, how many it holds and in how many ms it will hold fewer (or, if full, open).
_COUNT = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local run, known = ARGV[1], KEYS[#KEYS]
if redis.call('EXISTS', known) == 0 then return {} end
local said, full = {}, false
for i = 1, #KEYS - 1 do
  local limit, window = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - window)
  local used = redis.call('ZCARD', KEYS[i])
  local next = math.max(0, used - limit)
  local opener = redis.call('ZRANGE', KEYS[i], next, next, 'WITHSCORES')[2]
  said[2 * i - 1], said[2 * i] = used, opener and math.ceil(opener + window - now) or -1
  full = full or used >= limit
end
if run ~= '' and not full then
  for i = 1, #KEYS - 1 do
    redis.call('ZADD', KEYS[i], now, run)
    redis.call('PEXPIRE', KEYS[i], ARGV[2 * i + 1])
  end
  redis.call('PEXPIRE', known, ARGV[#ARGV])
end
said[#said + 1] = full and 0 or 1
return said
"""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one person may start of one kind. ``starts_factor`` times as many starts count with those given back."""

    per_minute: int
    per_day: int
    starts_factor: int = 3


@dataclass(frozen=True, slots=True)
class Address:
    """Where a press comes from, and how many presses of a minute may come from there."""

    name: str
    per_minute: int


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of an allowance right now, and in how many seconds more will be; None when nothing was used."""

    this_minute: int
    today: int
    more_in_s: int | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """A run of the last day, as it has to be counted when Redis has lost its counts."""

    run_id: str
    at_ms: int  # since 1970
    counts: bool  # whether it was not given back


History = Callable[[int, RunKind], Awaitable[Sequence[Start]]]


class Quotas(Protocol):
    """What services need of the counters; tests bring some that count in memory."""

    async def take(
        self, user_id: int, kind: RunKind, run_id: str, allowance: Allowance, address: Address | None = None
    ) -> None:
        """Count one run; raises TooMany, saying which limit, what is left and when it opens again."""

    async def give_back(self, user_id: int, kind: RunKind, run_id: str, *, was_started: bool = True) -> None:
        """Take the count of a run back; as a start it stays counted if it was one. A second call changes nothing."""

    async def left(self, user_id: int, kind: RunKind, allowance: Allowance) -> Left:
        """What is left."""

    async def forget(self, user_id: int) -> None:
        """Count nothing of this person any more."""


@dataclass(frozen=True, slots=True)
class _Window:
    name: str
    limit: int
    length_s: int
    used: int = 0
    opens_in_s: int = 0  # when it will hold fewer

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


class RedisQuotas:
    """Moving windows: at no moment did more than the limit fall into the last minute or the last day.

    ``history`` tells what was started in the last day, for the first count after Redis has lost its data.
    """

    def __init__(self, redis: Redis, history: History) -> None:
        self._redis, self._history = redis, history
        self._count = redis.register_script(_COUNT)

    async def take(
        self, user_id: int, kind: RunKind, run_id: str, allowance: Allowance, address: Address | None = None
    ) -> None:
        """Count one run; raises TooMany, saying which limit, what is left and when it opens again."""
        windows, taken = await self._ask(user_id, kind, allowance, run_id, address)
        if not taken:
            raise _refusal(windows, kind)

    async def give_back(self, user_id: int, kind: RunKind, run_id: str, *, was_started: bool = True) -> None:
        """Take the count of a run back; as a start it stays counted if it was one. A second call changes nothing."""
        async with self._redis.pipeline(transaction=True) as pipe:
            for window in _windows(Allowance(0, 0)):
                if not (was_started and window.name in _STARTS):
                    pipe.zrem(_key(user_id, kind, window.name), run_id)
            await pipe.execute()

    async def left(self, user_id: int, kind: RunKind, allowance: Allowance) -> Left:
        """What is left; asking takes nothing."""
        windows, _ = await self._ask(user_id, kind, allowance)
        minute, day = (min(one.left for one in windows if one.length_s == length_s) for length_s in (MINUTE_S, DAY_S))
        now = min(minute, day)
        # The window that decides how many it is now is the one whose change is felt.
        changes = [one.opens_in_s for one in windows if one.left == now and one.used]
        return Left(now, day, max(changes, default=None))

    async def forget(self, user_id: int) -> None:
        """Count nothing of this person any more; they are gone."""
        names = [*(one.name for one in _windows(Allowance(0, 0))), _KNOWN]
        await self._redis.delete(*(_key(user_id, kind, name) for kind in RunKind for name in names))

    async def _ask(
        self, user_id: int, kind: RunKind, allowance: Allowance, run_id: str = "", address: Address | None = None
    ) -> tuple[list[_Window], bool]:
        windows = _windows(allowance)
        keys = [_key(user_id, kind, one.name) for one in windows]
        if address is not None:
            windows.append(_Window(_PRESSES, address.per_minute, MINUTE_S))
            keys.append(f"quota:address:{address.name}")
        arguments: list[Any] = [run_id, *(part for one in windows for part in (one.limit, one.length_s * 1000))]
        arguments.append(DAY_S * 1000)
        keys.append(_key(user_id, kind, _KNOWN))
        answer = await self._count(keys=keys, args=arguments)
        if not answer:
            await self._remember(user_id, kind)
            answer = await self._count(keys=keys, args=arguments)
        *said, taken = answer
        seen = [
            _Window(one.name, one.limit, one.length_s, used, _seconds(opens_in_ms, one))
            for one, used, opens_in_ms in zip(windows, said[::2], said[1::2], strict=True)
        ]
        return seen, bool(taken)

    async def _remember(self, user_id: int, kind: RunKind) -> None:
        """Count what was started in the last day anew: a Redis that came back empty forgives nobody."""
        starts = await self._history(user_id, kind)
        async with self._redis.pipeline(transaction=True) as pipe:
            for window in _windows(Allowance(0, 0)):
                scores = {one.run_id: one.at_ms for one in starts if one.counts or window.name in _STARTS}
                key = _key(user_id, kind, window.name)
                if scores:
                    pipe.zadd(key, scores, nx=True)
                    pipe.expire(key, window.length_s)
            pipe.set(_key(user_id, kind, _KNOWN), 1, ex=DAY_S)
            await pipe.execute()


_STARTS = ("starts-minute", "starts-day")
_PRESSES = "press"  # of an address
_KNOWN = "known"


def _windows(allowance: Allowance) -> list[_Window]:
    factor = allowance.starts_factor
    return [
        _Window("minute", allowance.per_minute, MINUTE_S),
        _Window("day", allowance.per_day, DAY_S),
        _Window(_STARTS[0], allowance.per_minute * factor, MINUTE_S),
        _Window(_STARTS[1], allowance.per_day * factor, DAY_S),
    ]


def _seconds(opens_in_ms: int, window: _Window) -> int:
    return max(1, math.ceil(opens_in_ms / 1000)) if opens_in_ms >= 0 else window.length_s


def _refusal(windows: list[_Window], kind: RunKind) -> TooMany:
    """Of several that are full, the one that opens last: before that, nothing passes."""
    full = max((one for one in windows if not one.left), key=lambda one: one.opens_in_s)
    verb = "runs" if kind is RunKind.RUN else "submissions"
    period = "minute" if full.length_s == MINUTE_S else "day"
    day = windows[1]
    if full.name == _PRESSES:
        said = f"{full.limit} programs were started from your network within a minute, and no more may be."
    elif full.name in _STARTS:
        said = f"You have started {full.limit} {verb} in this {period}, counting those that were stopped."
    elif full.name == "minute":
        said = f"You have used your {full.limit} {verb} of this minute; {day.left} of {day.limit} are left today."
    else:
        said = f"You have used your {full.limit} {verb} of this day."
    name = full.name if full.name == _PRESSES else "quota_" + full.name.replace("-", "_")
    return TooMany(
        f"{said} The next one is possible in {in_words(full.opens_in_s)}.", retry_after_s=full.opens_in_s, limit=name
    )


def _key(user_id: int, kind: RunKind, name: str) -> str:
    return f"quota:{{{user_id}}}:{kind.value}:{name}"
