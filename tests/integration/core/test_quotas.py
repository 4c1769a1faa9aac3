"""Quotas: exactly as many pass as allowed, whoever presses how often, and what did not count comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from coderunner_core.contract import RunKind
from coderunner_core.errors import TooMany
from coderunner_core.quotas import Allowance, Left, RedisQuotas
from tests.servers import RedisServer

FIVE = Allowance(per_minute=5, per_day=50)
ADA, ALAN = 1, 2


@pytest.fixture
async def clients(redis_server: RedisServer) -> AsyncIterator[list[Redis]]:
    """As two web processes have them."""
    opened = [Redis.from_url(redis_server.url), Redis.from_url(redis_server.url)]
    await opened[0].flushall()
    yield opened
    for client in opened:
        await client.aclose()


@pytest.fixture
def quotas(clients: list[Redis]) -> RedisQuotas:
    return RedisQuotas(clients[0])


async def test_of_a_hundred_presses_at_once_exactly_five_pass(clients: list[Redis]) -> None:
    """Over two processes."""
    both = [RedisQuotas(client) for client in clients]

    async def press(n: int) -> bool:
        try:
            await both[n % 2].take(ADA, RunKind.RUN, f"run{n}", FIVE)
        except TooMany:
            return False
        return True

    assert sum(await asyncio.gather(*(press(n) for n in range(100)))) == 5


async def test_a_refusal_says_which_limit_and_when_it_opens(quotas: RedisQuotas) -> None:
    """In words and as a number."""
    for n in range(5):
        await quotas.take(ADA, RunKind.RUN, f"run{n}", FIVE)
    with pytest.raises(TooMany, match="5 runs of this minute") as refusal:
        await quotas.take(ADA, RunKind.RUN, "one more", FIVE)
    assert 0 < refusal.value.retry_after_s <= 60


async def test_the_day_counts_on_its_own(quotas: RedisQuotas) -> None:
    """A generous minute does not open the day."""
    narrow = Allowance(per_minute=100, per_day=3)
    for n in range(3):
        await quotas.take(ADA, RunKind.RUN, f"run{n}", narrow)
    with pytest.raises(TooMany, match="3 runs of this day"):
        await quotas.take(ADA, RunKind.RUN, "one more", narrow)


async def test_a_refused_press_is_not_counted(quotas: RedisQuotas) -> None:
    """Neither in the window that was full nor in the other."""
    for n in range(8):
        try:
            await quotas.take(ADA, RunKind.RUN, f"run{n}", FIVE)
        except TooMany:
            continue
    assert await quotas.left(ADA, RunKind.RUN, FIVE) == Left(this_minute=0, today=45)


async def test_a_run_that_does_not_count_is_given_back_once(quotas: RedisQuotas) -> None:
    """Twice the same id is one run."""
    for n in range(5):
        await quotas.take(ADA, RunKind.RUN, f"run{n}", FIVE)
    for _ in range(2):
        await quotas.give_back(ADA, RunKind.RUN, "run0")
    assert await quotas.left(ADA, RunKind.RUN, FIVE) == Left(this_minute=1, today=46)


async def test_everyone_has_their_own_and_each_kind_its_own(quotas: RedisQuotas) -> None:
    """Alan's presses are not Ada's, submissions are not runs."""
    for n in range(5):
        await quotas.take(ADA, RunKind.RUN, f"run{n}", FIVE)
    await quotas.take(ALAN, RunKind.RUN, "his", FIVE)
    await quotas.take(ADA, RunKind.SUBMIT, "hers", FIVE)
    assert await quotas.left(ALAN, RunKind.RUN, FIVE) == Left(this_minute=4, today=49)


async def test_what_is_counted_expires_with_its_window(quotas: RedisQuotas, clients: list[Redis]) -> None:
    """Redis keeps no quota for ever."""
    await quotas.take(ADA, RunKind.RUN, "run", FIVE)
    lengths = [await clients[0].ttl(f"quota:{{{ADA}}}:run:{window}") for window in ("minute", "day")]
    assert 0 < lengths[0] <= 60 < lengths[1] <= 86_400


async def test_nobody_passes_an_allowance_of_nothing(quotas: RedisQuotas) -> None:
    """A class can be closed by setting it to zero."""
    with pytest.raises(TooMany):
        await quotas.take(ADA, RunKind.RUN, "run", Allowance(0, 0))
