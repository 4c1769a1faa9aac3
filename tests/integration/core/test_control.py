"""Vitals, drains, offices and ticks against a real Redis."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import asdict

import pytest
from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from coderunner_core.contract import RunKind
from coderunner_core.control import VITALS, VITALS_TTL_S, RedisControl, forget, is_drained, tell
from coderunner_core.events import PUSH_CHANNEL
from coderunner_core.operations.ticker import Ticker
from coderunner_core.queue import RedisQueue
from tests.fake_control import vitals
from tests.servers import RedisServer


@pytest.fixture
async def control(client: Redis, redis_server: RedisServer) -> AsyncIterator[RedisControl]:
    opened = AsyncRedis.from_url(redis_server.url)
    yield RedisControl(opened)
    await opened.aclose()


async def test_what_workers_say_is_read_as_they_said_it(client: Redis, control: RedisControl) -> None:
    """Until they say good-bye."""
    one, other = vitals("h.run.1", pool_retired={"dirty": 2}), vitals("h.submit.1", held=True)
    tell(client, one)
    tell(client, other)
    assert await control.workers() == [one, other]
    forget(client, one.name)
    assert await control.workers() == [other]


async def test_a_worker_of_the_next_release_may_say_more(client: Redis, control: RedisControl) -> None:
    """While it is rolled out, the web of this one shows it all the same."""
    one = vitals("h.run.1")
    client.hset(VITALS, one.name, json.dumps({**asdict(one), "mood": "good"}))
    assert await control.workers() == [one]


async def test_a_worker_that_fell_silent_is_forgotten(client: Redis, control: RedisControl) -> None:
    """Also in Redis, or names of dead processes would gather for ever."""
    tell(client, vitals(at=time.time() - VITALS_TTL_S - 1))
    assert (await control.workers(), client.hlen("ops:vitals")) == ([], 0)


async def test_a_drain_is_seen_by_the_worker_until_it_is_called_off(client: Redis, control: RedisControl) -> None:
    """By slot."""
    await control.drain("h.run.1")
    assert (is_drained(client, "h.run.1"), is_drained(client, "h.run.2")) == (True, False)
    assert await control.drained() == {"h.run.1"}
    await control.resume("h.run.1")
    assert not is_drained(client, "h.run.1")


async def test_the_oldest_wait_is_that_of_the_first_in_the_queue(
    client: Redis, control: RedisControl, redis_server: RedisServer
) -> None:
    """Nothing for an empty queue."""
    assert await control.oldest_wait_s(RunKind.RUN) == 0
    queue = RedisQueue(redis_server.url)
    await queue.enqueue(RunKind.RUN, "r1")
    await asyncio.sleep(0.3)
    await queue.enqueue(RunKind.RUN, "r2")
    queue.close()
    assert 0.3 <= await control.oldest_wait_s(RunKind.RUN) < 30
    assert await control.oldest_wait_s(RunKind.SUBMIT) == 0


async def test_of_many_that_ask_one_leads_until_its_time_is_over(control: RedisControl) -> None:
    """It may renew; when it falls silent, another one may."""
    asked = await asyncio.gather(*(control.lead("office", f"process-{n}", 0.2) for n in range(20)))
    assert sum(asked) == 1
    leader, other = f"process-{asked.index(True)}", f"process-{asked.index(False)}"
    assert (await control.lead("office", leader, 0.2), await control.lead("office", other, 0.2)) == (True, False)
    deadline = time.monotonic() + 10
    while not await control.lead("office", other, 0.2):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def test_two_web_processes_tick_once_between_them(client: Redis, control: RedisControl) -> None:
    """On the channel that every hub hears, and only while somebody looks."""
    tickers = [Ticker(control, "web-1"), Ticker(control, "web-2")]
    with client.pubsub(ignore_subscribe_messages=True) as channel:
        channel.subscribe(PUSH_CHANNEL)
        channel.get_message(timeout=5)
        assert [await one.step() for one in tickers] == [False, False]
        await control.look()
        assert sorted([await one.step() for one in tickers]) == [False, True]
        message = channel.get_message(timeout=5)
        assert message is not None
        assert json.loads(message["data"]) == {"to": "ops", "kind": "tick", "data": {"charts": True}}


async def test_what_an_office_leaves_is_there_for_its_successor(control: RedisControl) -> None:
    """And nothing before it."""
    assert await control.recall("alerts") == ""
    await control.remember("alerts", "{}")
    assert await control.recall("alerts") == "{}"


async def test_memory_is_held_against_a_limit(client: Redis, control: RedisControl) -> None:
    """Redis' own, or else the machine's."""
    assert 0 < (await control.memory()).used_ratio < 1
    client.config_set("maxmemory", "2gb")
    try:
        assert (await control.memory()).limit_bytes == 2 * 1024**3
    finally:
        client.config_set("maxmemory", "0")
