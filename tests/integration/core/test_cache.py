"""The cache and the leases on a real Redis: a crowd asks once, in whatever process; and also without Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from coderunner_core.cache import RedisCache
from coderunner_core.leases import RedisLeases
from tests.servers import RedisServer, free_port

CROWD = 500


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Redis]:
    redis = Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3)
    try:
        await redis.flushdb()
        yield redis
    finally:
        await redis.aclose()


class Source:
    """What is costly: counts how often it was asked, and takes its time."""

    def __init__(self, *, fails: bool = False) -> None:
        self.asked, self.fails = 0, fails

    async def load(self) -> str:
        self.asked += 1
        await asyncio.sleep(0.1)
        if self.fails:
            raise LookupError
        return "figures"


async def crowd(caches: list[RedisCache], load: Callable[[], Awaitable[str]]) -> list[str]:
    return await asyncio.gather(*(caches[n % len(caches)].get("key", 300, load) for n in range(CROWD)))


async def test_a_crowd_of_first_visitors_asks_once(redis_server: RedisServer) -> None:
    """500 of them in two processes (two caches, with connections of their own): one question, 500 answers."""
    source = Source()
    async with connected(redis_server.url) as one, connected(redis_server.url) as other:
        answers = await crowd([RedisCache(one), RedisCache(other)], source.load)
        assert (source.asked, set(answers), len(answers)) == (1, {"figures"}, CROWD)


async def test_what_was_found_is_remembered_for_its_time(redis_server: RedisServer) -> None:
    """Also by a process that starts later; Redis forgets it by itself."""
    source = Source()
    async with connected(redis_server.url) as redis:
        await RedisCache(redis).get("key", 300, source.load)
        await RedisCache(redis).get("key", 300, source.load)
        assert (source.asked, 290 < await redis.ttl("cache:{key}") <= 300) == (1, True)


async def test_another_key_is_another_answer(redis_server: RedisServer) -> None:
    """A new version of the curriculum makes new keys: nothing old is shown."""
    source = Source()
    async with connected(redis_server.url) as redis:
        cache = RedisCache(redis)
        await cache.get("version 1", 300, source.load)
        await cache.get("version 2", 300, source.load)
        assert source.asked == 2


async def test_a_failure_is_told_to_all_and_not_remembered(redis_server: RedisServer) -> None:
    """The next visitor asks again, at once."""
    source = Source(fails=True)
    async with connected(redis_server.url) as redis:
        cache = RedisCache(redis)
        told = await asyncio.gather(*(cache.get("key", 300, source.load) for _ in range(20)), return_exceptions=True)
        assert (source.asked, {type(one) for one in told}) == (1, {LookupError})
        source.fails = False
        assert await cache.get("key", 300, source.load) == "figures"


async def test_a_process_that_died_with_the_lock_holds_nobody_up_for_long(redis_server: RedisServer) -> None:
    """Its lock runs out, and the next one asks."""
    source = Source()
    async with connected(redis_server.url) as redis:
        await redis.set("cache:{key}:lock", "dead", px=300)
        assert (await RedisCache(redis).get("key", 300, source.load), source.asked) == ("figures", 1)


async def test_a_visitor_who_leaves_does_not_end_what_others_wait_for(redis_server: RedisServer) -> None:
    """The first of them set it off."""
    source = Source()
    async with connected(redis_server.url) as redis:
        cache = RedisCache(redis)
        first = asyncio.create_task(cache.get("key", 300, source.load))
        second = asyncio.create_task(cache.get("key", 300, source.load))
        await asyncio.sleep(0.01)
        first.cancel()
        assert (await second, source.asked) == ("figures", 1)


async def test_without_redis_each_process_asks_once() -> None:
    """And nobody is refused."""
    source = Source()
    redis = Redis.from_url(f"redis://127.0.0.1:{free_port()}/0", socket_connect_timeout=1)
    try:
        answers = await crowd([RedisCache(redis)], source.load)
        assert (source.asked, set(answers)) == (1, {"figures"})
    finally:
        await redis.aclose()


async def test_one_of_many_gets_the_lease(redis_server: RedisServer) -> None:
    """Until it runs out; another name is another lease."""
    async with connected(redis_server.url) as one, connected(redis_server.url) as other:
        leases = [RedisLeases(one), RedisLeases(other)]
        taken = await asyncio.gather(*(leases[n % 2].take("tidy", 1) for n in range(20)))
        assert (sum(taken), await leases[0].take("another", 1)) == (1, True)
        deadline = asyncio.get_running_loop().time() + 5
        while not await leases[1].take("tidy", 1):
            assert asyncio.get_running_loop().time() < deadline, "the lease never ran out"
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("text", ["", "né€", '{"a": 1}'])
async def test_texts_are_remembered_as_they_are(redis_server: RedisServer, text: str) -> None:
    """Also the empty one, which is an answer."""

    async def load() -> str:
        return text

    async with connected(redis_server.url) as redis:
        await RedisCache(redis).get("key", 300, load)
        assert await RedisCache(redis).get("key", 300, Source().load) == text
