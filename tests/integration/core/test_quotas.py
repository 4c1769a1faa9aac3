"""Quotas: exactly as many pass as allowed, whoever presses how often, and what did not count comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from coderunner_core.contract import RunKind
from coderunner_core.errors import TooMany
from coderunner_core.quotas import Address, Allowance, History, Left, RedisQuotas, Start
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
def starts() -> dict[tuple[int, RunKind], list[Start]]:
    """What the database knows of the last day, by person and kind."""
    return {}


@pytest.fixture
def history(starts: dict[tuple[int, RunKind], list[Start]]) -> History:
    async def read(user_id: int, kind: RunKind) -> list[Start]:
        return starts.get((user_id, kind), [])

    return read


@pytest.fixture
def quotas(clients: list[Redis], history: History) -> RedisQuotas:
    return RedisQuotas(clients[0], history)


async def passed(both: list[RedisQuotas], presses: int, allowance: Allowance, address: Address | None = None) -> int:
    """Of so many presses at once, over two processes; with an address, each is another student's."""

    async def press(n: int) -> bool:
        who = n if address else ADA
        try:
            await both[n % 2].take(who, RunKind.RUN, f"run{n}", allowance, address)
        except TooMany:
            return False
        return True

    return sum(await asyncio.gather(*(press(n) for n in range(presses))))


async def test_of_a_hundred_presses_at_once_exactly_five_pass(clients: list[Redis], history: History) -> None:
    """Over two processes."""
    assert await passed([RedisQuotas(client, history) for client in clients], 100, FIVE) == 5


async def test_of_an_address_exactly_as_many_pass_as_allowed(clients: list[Redis], history: History) -> None:
    """A hundred students of one school, one press each."""
    both = [RedisQuotas(client, history) for client in clients]
    assert await passed(both, 100, FIVE, Address("203.0.113.7", 30)) == 30


async def test_whoever_was_refused_for_the_address_keeps_their_quota(quotas: RedisQuotas) -> None:
    """Either everything counts a press or nothing does."""
    with pytest.raises(TooMany, match="from your network") as refusal:
        await quotas.take(ADA, RunKind.RUN, "run", FIVE, Address("203.0.113.7", 0))
    assert (refusal.value.limit, await quotas.left(ADA, RunKind.RUN, FIVE)) == ("press", Left(5, 50))


async def test_what_was_given_back_still_counts_as_started(quotas: RedisQuotas) -> None:
    """Fifteen starts of a minute, then it is the start that is refused, with what is left untouched."""
    for n in range(15):
        await quotas.take(ADA, RunKind.RUN, f"run{n}", FIVE)
        await quotas.give_back(ADA, RunKind.RUN, f"run{n}")
    with pytest.raises(TooMany, match="started 15 runs in this minute") as refusal:
        await quotas.take(ADA, RunKind.RUN, "one more", FIVE)
    left = await quotas.left(ADA, RunKind.RUN, FIVE)
    assert (refusal.value.limit, left.this_minute, left.today) == ("quota_starts_minute", 0, 50)


async def test_what_never_started_does_not_count_at_all(quotas: RedisQuotas) -> None:
    """The database was away."""
    await quotas.take(ADA, RunKind.RUN, "run", FIVE)
    await quotas.give_back(ADA, RunKind.RUN, "run", was_started=False)
    assert await quotas.left(ADA, RunKind.RUN, FIVE) == Left(5, 50)


async def test_of_two_full_limits_the_one_that_opens_last_is_told(quotas: RedisQuotas) -> None:
    """In a minute nothing would be possible yet."""
    both_full = Allowance(per_minute=2, per_day=2)
    for n in range(2):
        await quotas.take(ADA, RunKind.RUN, f"run{n}", both_full)
    with pytest.raises(TooMany, match="2 runs of this day") as refusal:
        await quotas.take(ADA, RunKind.RUN, "one more", both_full)
    assert refusal.value.retry_after_s > 3600


async def test_a_redis_that_lost_its_data_forgives_nobody(
    quotas: RedisQuotas, clients: list[Redis], starts: dict[tuple[int, RunKind], list[Start]]
) -> None:
    """What was started in the last day is counted anew from the rows; what was given back, as a start only."""
    for n in range(3):
        await quotas.take(ADA, RunKind.RUN, f"run{n}", FIVE)
    await quotas.give_back(ADA, RunKind.RUN, "run2")
    before = await quotas.left(ADA, RunKind.RUN, FIVE)
    now_ms = int(time.time() * 1000)
    starts[ADA, RunKind.RUN] = [Start("run0", now_ms, True), Start("run1", now_ms, True), Start("run2", now_ms, False)]
    await clients[0].flushall()
    after = await quotas.left(ADA, RunKind.RUN, FIVE)
    held = await clients[0].zrange(f"quota:{{{ADA}}}:run:starts-day", 0, -1)
    assert (before.this_minute, before.today, after.this_minute, after.today) == (3, 48, 3, 48)
    assert sorted(held) == [b"run0", b"run1", b"run2"]


async def test_what_is_left_says_when_it_will_be_more(quotas: RedisQuotas) -> None:
    """Nothing, as long as nothing was used."""
    fresh = await quotas.left(ADA, RunKind.RUN, FIVE)
    await quotas.take(ADA, RunKind.RUN, "run", FIVE)
    used = await quotas.left(ADA, RunKind.RUN, FIVE)
    assert (fresh.more_in_s, used.this_minute, 0 < (used.more_in_s or 0) <= 60) == (None, 4, True)


async def test_a_refusal_says_which_limit_what_is_left_and_when_it_opens(quotas: RedisQuotas) -> None:
    """In words and as a number."""
    for n in range(5):
        await quotas.take(ADA, RunKind.RUN, f"run{n}", FIVE)
    with pytest.raises(TooMany, match="5 runs of this minute; 45 of 50 are left today") as refusal:
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
    left = await quotas.left(ADA, RunKind.RUN, FIVE)
    assert (left.this_minute, left.today) == (0, 45)


async def test_a_run_that_does_not_count_is_given_back_once(quotas: RedisQuotas) -> None:
    """Twice the same id is one run."""
    for n in range(5):
        await quotas.take(ADA, RunKind.RUN, f"run{n}", FIVE)
    for _ in range(2):
        await quotas.give_back(ADA, RunKind.RUN, "run0")
    left = await quotas.left(ADA, RunKind.RUN, FIVE)
    assert (left.this_minute, left.today) == (1, 46)


async def test_everyone_has_their_own_and_each_kind_its_own(quotas: RedisQuotas) -> None:
    """Alan's presses are not Ada's, submissions are not runs."""
    for n in range(5):
        await quotas.take(ADA, RunKind.RUN, f"run{n}", FIVE)
    await quotas.take(ALAN, RunKind.RUN, "his", FIVE)
    await quotas.take(ADA, RunKind.SUBMIT, "hers", FIVE)
    left = await quotas.left(ALAN, RunKind.RUN, FIVE)
    assert (left.this_minute, left.today) == (4, 49)


async def test_what_is_counted_expires_with_its_window(quotas: RedisQuotas, clients: list[Redis]) -> None:
    """Redis keeps no quota for ever."""
    await quotas.take(ADA, RunKind.RUN, "run", FIVE)
    lengths = [await clients[0].ttl(f"quota:{{{ADA}}}:run:{window}") for window in ("minute", "day")]
    assert 0 < lengths[0] <= 60 < lengths[1] <= 86_400


async def test_nobody_passes_an_allowance_of_nothing(quotas: RedisQuotas) -> None:
    """A class can be closed by setting it to zero."""
    with pytest.raises(TooMany):
        await quotas.take(ADA, RunKind.RUN, "run", Allowance(0, 0))
