"""Tells the web what happens to a run: a Redis stream that remembers, and a channel that wakes the hubs.

The stream ``run:{id}:events`` can be replayed by a page that was away; the channel ``push`` carries the same news to
every web process at once. A message on the channel is {"to": "user:7", "kind": "chunk"|"run"|"progress", "data": {…}}.
Other topics are classes, drafts that somebody looks at, and the page of those who operate the installation.
Chunks are numbered within a run: ``attempt * SEQ_PER_ATTEMPT + n``, so that the numbers of a second attempt, after a
worker died, always follow those of the first.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from coderunner_core.contract import RunStatus, Stream

PUSH_CHANNEL = "push"
CANCEL_CHANNEL = "cancel"
OPS_TOPIC = "ops"
STREAM_TTL_S = 3600
STREAM_MAX_ENTRIES = 5_000  # far above what fits into the output limit, one entry every 20 ms
SEQ_PER_ATTEMPT = 1_000_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a program's output, as text; ``seq`` grows within a run."""

    run_id: str
    seq: int
    stream: Stream
    text: str

    def as_data(self) -> dict[str, Any]:
        """The form in which pages receive it."""
        return {"run": self.run_id, "seq": self.seq, "stream": self.stream.value, "text": self.text}


def stream_key(run_id: str) -> str:
    """Where the events of a run are remembered."""
    return f"run:{run_id}:events"


def user_topic(user_id: int) -> str:
    """The topic that all pages of one person listen to."""
    return f"user:{user_id}"


def class_topic(class_id: int) -> str:
    """The topic of those who watch a class: "cell" and "presence" say whose square changed.

    "members", "assignments" and "class" say that the page is to be read anew.
    """
    return f"class:{class_id}"


def draft_topic(user_id: int, problem_id: str) -> str:
    """The topic of those who look on while a student types."""
    return f"draft:{user_id}:{problem_id}"


def _message(to: str, kind: str, data: dict[str, Any]) -> str:
    return json.dumps({"to": to, "kind": kind, "data": data})


class ChunkWriter:
    """The worker's side: writes output while a program runs. Synchronous, since the sandbox's loop is."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def write(self, user_id: int, chunks: list[Chunk]) -> None:
        """Remember the chunks and send them on, in one round trip."""
        with self._redis.pipeline(transaction=False) as pipe:
            for chunk in chunks:
                data = chunk.as_data()
                key = stream_key(chunk.run_id)
                pipe.xadd(key, {"chunk": json.dumps(data)}, maxlen=STREAM_MAX_ENTRIES, approximate=True)
                pipe.expire(key, STREAM_TTL_S)
                pipe.publish(PUSH_CHANNEL, _message(user_topic(user_id), "chunk", data))
            pipe.execute()

    def running(self, user_id: int, run_id: str, problem_id: str) -> None:
        """Say that a program has started."""
        data = {"run": run_id, "problem": problem_id, "status": RunStatus.RUNNING.value}
        self._redis.publish(PUSH_CHANNEL, _message(user_topic(user_id), "run", data))


class Events:
    """The services' side: announces changes and replays what was missed."""

    def __init__(self, redis: AsyncRedis) -> None:
        self._redis = redis

    async def run_changed(self, user_id: int, run_id: str, problem_id: str, status: RunStatus) -> None:
        """Say that a run has a new status; whoever shows it reads it again."""
        data = {"run": run_id, "problem": problem_id, "status": status.value}
        await self._redis.publish(PUSH_CHANNEL, _message(user_topic(user_id), "run", data))

    async def progress_changed(self, user_id: int, problem_id: str) -> None:
        """Say that a student's progress on a problem changed."""
        await self._redis.publish(PUSH_CHANNEL, _message(user_topic(user_id), "progress", {"problem": problem_id}))

    async def announce(self, topic: str, kind: str, data: dict[str, Any]) -> None:
        """Say something to everybody who listens to a topic."""
        await self._redis.publish(PUSH_CHANNEL, _message(topic, kind, data))

    async def ask_to_stop(self, run_id: str) -> None:
        """Tell whichever worker has the run to end it."""
        await self._redis.publish(CANCEL_CHANNEL, run_id)

    async def replay(self, run_id: str, after_seq: int = -1) -> list[Chunk]:
        """The chunks that are remembered of a run, after a number that a page has seen."""
        chunks = []
        for _entry, fields in await self._redis.xrange(stream_key(run_id)):
            data = json.loads(fields[b"chunk"])
            if data["seq"] > after_seq:
                chunks.append(Chunk(data["run"], data["seq"], Stream(data["stream"]), data["text"]))
        return chunks

    async def forget(self, run_ids: Sequence[str]) -> None:
        """Remember nothing of these runs any more; whoever they belonged to is gone."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for run_id in run_ids:
                pipe.unlink(stream_key(run_id))
            await pipe.execute()
