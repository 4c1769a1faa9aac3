"""Presence and announcements on a real Redis: several pages, expiry, and a Redis that came back empty."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from coderunner_core.events import PUSH_CHANNEL, Events, class_topic
from coderunner_core.presence import EXPIRES_S, MOST_PAGES, Here, Moved, RedisPresence
from tests.fakes import FakeClock
from tests.servers import RedisServer

ADA, ALAN = 1, 2


@pytest.fixture
async def redis(redis_server: RedisServer) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_server.url)
    await client.flushall()
    yield client
    await client.aclose()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def presence(redis: Redis, clock: FakeClock) -> RedisPresence:
    return RedisPresence(redis, clock)


async def test_a_page_is_seen_moves_and_goes(presence: RedisPresence) -> None:
    """Each says what those who look on would see change."""
    moves = [
        await presence.seen(ADA, "countdown", "page-1"),
        await presence.seen(ADA, "countdown", "page-1"),
        await presence.seen(ADA, "", "page-1"),
        await presence.gone(ADA, "page-1"),
        await presence.gone(ADA, "page-1"),
    ]
    assert moves == [
        Moved(None, "countdown"),
        Moved("countdown", "countdown"),
        Moved("countdown", ""),
        Moved("", None),
        Moved(None, None),
    ]
    assert [one.changed for one in moves] == [True, False, True, True, False]


async def test_of_several_devices_the_problem_opened_last_counts(presence: RedisPresence, clock: FakeClock) -> None:
    """However often the other page says that it is still there; when the newer one closes, it shows again."""
    await presence.seen(ADA, "countdown", "school")
    clock.now_s += 1
    await presence.seen(ADA, "even-numbers", "phone")
    clock.now_s += 1
    assert not (await presence.seen(ADA, "countdown", "school")).changed
    assert await presence.gone(ADA, "phone") == Moved("even-numbers", "countdown")


async def test_who_is_here_is_read_at_once_for_many(presence: RedisPresence, clock: FakeClock) -> None:
    """Since when they are at their problem, not since the last heartbeat."""
    began_ms = int(clock() * 1000)
    await presence.seen(ADA, "countdown", "page-1")
    clock.now_s += EXPIRES_S - 1
    await presence.seen(ADA, "countdown", "page-1")
    assert await presence.of([ADA, ALAN]) == {ADA: Here("countdown", began_ms)}
    assert await presence.of([]) == {}


async def test_a_page_that_says_nothing_any_more_is_away(
    presence: RedisPresence, clock: FakeClock, redis: Redis
) -> None:
    """Even before Redis has removed its key, which it will."""
    await presence.seen(ADA, "countdown", "page-1")
    assert 0 < await redis.ttl("presence:1") <= 3 * EXPIRES_S
    clock.now_s += EXPIRES_S + 1
    assert await presence.of([ADA]) == {}


async def test_who_went_silent_is_named_once(presence: RedisPresence, clock: FakeClock) -> None:
    """With the problem that their square was marked at; whoever is still heard of is not among them."""
    await presence.seen(ADA, "countdown", "page-1")
    await presence.seen(ALAN, "countdown", "page-2")
    clock.now_s += EXPIRES_S - 1
    await presence.seen(ALAN, "countdown", "page-2")
    named = [await presence.lapsed()]
    clock.now_s += 2
    named += [await presence.lapsed(), await presence.lapsed()]
    assert named == [{}, {ADA: Moved("countdown", None)}, {}]


async def test_who_comes_back_before_anybody_looked_was_never_away(presence: RedisPresence, clock: FakeClock) -> None:
    """Those who look on were told nothing, so nothing changed for them; and nobody calls them silent afterwards."""
    await presence.seen(ADA, "countdown", "page-1")
    clock.now_s += EXPIRES_S + 1
    assert await presence.seen(ADA, "countdown", "page-2") == Moved("countdown", "countdown")
    assert await presence.lapsed() == {}


async def test_of_two_pages_the_end_of_a_silent_one_is_told(presence: RedisPresence, clock: FakeClock) -> None:
    """The person is at what the other page shows."""
    await presence.seen(ADA, "countdown", "school")
    clock.now_s += 1
    await presence.seen(ADA, "even-numbers", "killed")
    clock.now_s += EXPIRES_S - 2
    await presence.seen(ADA, "countdown", "school")
    clock.now_s += 3
    assert await presence.seen(ADA, "countdown", "school") == Moved("even-numbers", "countdown")


async def test_who_is_forgotten_leaves_nothing(presence: RedisPresence, redis: Redis) -> None:
    """Neither the key nor the place in the list."""
    await presence.seen(ADA, "countdown", "page-1")
    await presence.forget(ADA)
    assert await redis.keys("presence:*") == []


async def test_a_redis_that_came_back_empty_is_filled_by_heartbeats(presence: RedisPresence, redis: Redis) -> None:
    """Nothing else remembers it."""
    await presence.seen(ADA, "countdown", "page-1")
    await redis.flushall()
    assert await presence.of([ADA]) == {}
    await presence.seen(ADA, "countdown", "page-1")
    assert (await presence.of([ADA]))[ADA].problem_id == "countdown"


async def test_pages_opened_by_the_hundred_do_not_pile_up(
    presence: RedisPresence, clock: FakeClock, redis: Redis
) -> None:
    """Redis would go through all of them at every word of each; the newest stay."""
    for number in range(5 * MOST_PAGES):
        clock.now_s += 0.01
        await presence.seen(ADA, "countdown", f"page-{number}")
    known = json.loads(await redis.get("presence:1"))
    assert (len(known), f"page-{5 * MOST_PAGES - 1}" in known) == (MOST_PAGES, True)


async def test_an_announcement_reaches_every_web_process(redis: Redis) -> None:
    """On the one channel, addressed to its topic."""
    async with redis.pubsub(ignore_subscribe_messages=True) as channel:
        await channel.subscribe(PUSH_CHANNEL)
        await channel.get_message(timeout=5)
        await Events(redis).announce(class_topic(7), "cell", {"user": ADA, "problem": "countdown"})
        message = await channel.get_message(timeout=5)
    assert message is not None
    assert json.loads(message["data"]) == {"to": "class:7", "kind": "cell", "data": {"user": 1, "problem": "countdown"}}
