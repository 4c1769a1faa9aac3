"""Queue, events and limits against a real Redis."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from rq.job import Job
from rq.serializers import JSONSerializer

from coderunner_core.contract import RunKind, RunStatus, Stream
from coderunner_core.errors import Busy, TooMany
from coderunner_core.events import PUSH_CHANNEL, Chunk, ChunkWriter, Events
from coderunner_core.limits import RedisThrottle
from coderunner_core.queue import RedisQueue
from tests.servers import RedisServer, free_port


@pytest.fixture
async def events(client: Redis, redis_server: RedisServer) -> AsyncIterator[Events]:
    opened = AsyncRedis.from_url(redis_server.url)
    yield Events(opened)
    await opened.aclose()


def chunks(*texts: str) -> list[Chunk]:
    return [Chunk("r1", seq, Stream.STDOUT, text) for seq, text in enumerate(texts, start=1)]


async def test_a_page_that_was_away_replays_what_it_missed(client: Redis, events: Events) -> None:
    """All of it, or what came after the number it has seen."""
    ChunkWriter(client).write(7, chunks("one\n", "two\n", "né€\n"))
    assert [c.text for c in await events.replay("r1")] == ["one\n", "two\n", "né€\n"]
    assert [c.text for c in await events.replay("r1", after_seq=2)] == ["né€\n"]
    assert await events.replay("another") == []


async def test_what_is_remembered_expires(client: Redis) -> None:
    """Redis holds nothing for ever."""
    ChunkWriter(client).write(7, chunks("one\n"))
    assert 0 < client.ttl("run:r1:events") <= 3600


async def test_news_is_addressed_to_its_owner(client: Redis, events: Events) -> None:
    """Chunks, status and progress, each on the one channel."""
    with client.pubsub(ignore_subscribe_messages=True) as channel:
        channel.subscribe(PUSH_CHANNEL)
        channel.get_message(timeout=5)
        ChunkWriter(client).write(7, chunks("one\n"))
        await events.run_changed(7, "r1", "countdown", RunStatus.FINISHED)
        await events.progress_changed(7, "countdown")
        heard = []
        while len(heard) < 3:
            message = channel.get_message(timeout=5)
            assert message is not None, heard
            heard.append(json.loads(message["data"]))
    assert heard == [
        {"to": "user:7", "kind": "chunk", "data": {"run": "r1", "seq": 1, "stream": "stdout", "text": "one\n"}},
        {"to": "user:7", "kind": "run", "data": {"run": "r1", "problem": "countdown", "status": "finished"}},
        {"to": "user:7", "kind": "progress", "data": {"problem": "countdown"}},
    ]


async def test_a_job_carries_the_run_id_and_nothing_else(client: Redis, redis_server: RedisServer) -> None:
    """As JSON: a worker never unpickles what came out of Redis."""
    queue = RedisQueue(redis_server.url)
    await queue.enqueue(RunKind.RUN, "r1")
    job = Job.fetch("r1-0", connection=client, serializer=JSONSerializer)
    assert (job.func_name, list(job.args), job.kwargs, job.meta) == ("worker.jobs.execute_run", ["r1"], {}, {})
    assert await queue.waiting(RunKind.RUN) == 1
    assert await queue.waiting(RunKind.SUBMIT) == 0
    queue.close()


async def test_a_waiting_run_knows_its_place(client: Redis, redis_server: RedisServer) -> None:
    """Counted in runs before it."""
    queue = RedisQueue(redis_server.url)
    for run_id in ("r1", "r2"):
        await queue.enqueue(RunKind.RUN, run_id)
    assert [await queue.place(RunKind.RUN, one) for one in ("r1", "r2", "r3")] == [0, 1, None]
    queue.close()


async def test_an_absent_redis_is_busy_and_not_a_hang() -> None:
    """Within seconds, in words."""
    queue = RedisQueue(f"redis://127.0.0.1:{free_port()}/0")
    with pytest.raises(Busy, match="cannot be reached"):
        await asyncio.wait_for(queue.enqueue(RunKind.RUN, "r1"), 10)
    queue.close()


async def test_of_a_hundred_tries_at_once_exactly_as_many_pass_as_allowed(
    client: Redis, redis_server: RedisServer
) -> None:
    """Two processes' worth of limiters, one count."""
    throttles = [RedisThrottle(redis_server.url), RedisThrottle(redis_server.url)]

    async def attempt(n: int) -> bool:
        try:
            await throttles[n % 2].hit("sign-in", "ada", allowed=10, window_s=60, message="Too many.")
        except TooMany as refusal:
            waits_s.append(refusal.retry_after_s)
            return False
        return True

    waits_s: list[int] = []
    passed = await asyncio.gather(*(attempt(n) for n in range(100)))
    assert sum(passed) == 10
    assert all(0 < wait_s <= 60 for wait_s in waits_s)


async def test_forgetting_opens_the_limit_again(client: Redis, redis_server: RedisServer) -> None:
    """For this one, not for others."""
    throttle = RedisThrottle(redis_server.url)
    limit = {"allowed": 1, "window_s": 60}
    for who in ("ada", "alan"):
        await throttle.hit("sign-in", who, message="Too many.", **limit)
    await throttle.forget("sign-in", "ada", **limit)
    await throttle.hit("sign-in", "ada", message="Too many.", **limit)
    with pytest.raises(TooMany):
        await throttle.hit("sign-in", "alan", message="Too many.", **limit)
