"""Deleting a person against a real Redis and every driver of the result store: nothing of theirs is found anywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis

from coderunner_core import migrations
from coderunner_core.contract import Outcome, RunKind, Stream, Verdict
from coderunner_core.core import Core, open_core
from coderunner_core.errors import SignInFailed
from coderunner_core.events import Chunk, ChunkWriter
from coderunner_core.models import Role
from coderunner_core.results import ResultStore
from coderunner_core.services.learning import drafts
from coderunner_core.services.people import accounts, departures
from coderunner_core.services.running import runs, verdicts
from coderunner_core.services.watching import presence
from coderunner_core.settings import load_settings
from tests import databases, fakes
from tests.integration.results.test_contract import DRIVERS, mongodb, opened  # noqa: F401 - a fixture
from tests.servers import RedisServer

MARK = "zx81-of-ada"
NAME = "ada-who-leaves"
PASSWORD = "correct horse"


@pytest.fixture(params=DRIVERS)
async def bodies(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ResultStore]:
    async with opened(request, tmp_path / "bodies", 7) as store:
        yield store


async def test_nothing_of_a_deleted_person_is_left(
    tmp_path: Path, redis_server: RedisServer, bodies: ResultStore
) -> None:
    """Neither their name nor what they wrote, in any table, in any body, under any key or in any value of Redis."""
    settings = load_settings(
        data_dir=tmp_path, database_url=databases.url_for(tmp_path), redis_url=redis_server.url, _env_file=None
    )
    with Redis.from_url(redis_server.url) as client:
        client.flushall()
        async with open_core(settings, fakes.curriculum()) as real:
            await migrations.upgrade(real.database)
            core = replace(real, results=bodies)
            ada = await accounts.register(core, NAME, MARK, PASSWORD, ip="10.9.8.7")
            admin = accounts.as_actor(await accounts.create_user(core, "lovelace", "", PASSWORD, Role.ADMIN))
            with pytest.raises(SignInFailed):
                await accounts.sign_in(core, NAME, "wrong password", ip="10.9.8.7")
            run = await runs.submit(ada, core, "countdown", RunKind.SUBMIT, f"# {MARK}")
            ChunkWriter(client).write(ada.user_id, [Chunk(run.id, 1, Stream.STDOUT, MARK)])
            await verdicts.finish(core, run.id, Verdict(Outcome.WRONG_ANSWER, score=0, stdout=MARK))
            await drafts.save(ada, core, "countdown", f"# {MARK}")
            await presence.seen(ada, core, "countdown", "page")
            before = await _found(core, client, ada.user_id)
            await departures.delete_person(admin, core, ada.user_id)
            assert (before, await _found(core, client, ada.user_id), await bodies.get(run.id)) == (
                {"tables", "redis"},
                set(),
                None,
            )


async def _found(core: Core, client: Redis, user_id: int) -> set[str]:
    """Where something of hers stands. What counts tries by address is about the address, and expires."""
    tables = [row for rows in (await databases.stored(core.database)).values() for row in rows]
    places = {"tables": "\n".join(tables), "redis": "\n".join(_everything(client))}
    hers = (MARK, NAME, f"quota:{{{user_id}}}", f"presence:{user_id}")
    return {place for place, text in places.items() if any(what in text for what in hers)}


def _everything(client: Redis) -> list[str]:
    read = {
        b"string": client.get,
        b"list": lambda key: client.lrange(key, 0, -1),
        b"zset": lambda key: client.zrange(key, 0, -1),
        b"hash": client.hgetall,
        b"stream": client.xrange,
        b"set": client.smembers,
    }
    return [f"{key.decode()} {read[client.type(key)](key)}" for key in client.scan_iter()]
