"""Which Redis ``make run`` uses: one that may be used, or one of its own; never another program's."""

from __future__ import annotations

from pathlib import Path

import pytest
from redis import Redis

from coderunner_core.errors import Misconfigured
from coderunner_core.settings import Settings
from scripts.run.redis_store import open_redis
from tests.servers import RedisServer, free_port


def settings(data_dir: Path, url: str) -> Settings:
    """Settings that name this folder and this Redis."""
    return Settings(data_dir=data_dir, redis_url=url, _env_file=None)  # type: ignore[call-arg]


async def test_one_that_nobody_runs_is_started_and_stopped(tmp_path: Path) -> None:
    """On a bare machine there is none; with a password in the address it asks for it."""
    url = f"redis://:secret@127.0.0.1:{free_port()}/0"
    child = await open_redis(settings(tmp_path, url))
    assert child is not None
    try:
        with Redis.from_url(url) as client:
            client.set("kept", "yes")
    finally:
        await child.stop()
    again = await open_redis(settings(tmp_path, url))
    assert again is not None
    try:
        with Redis.from_url(url) as client:
            assert client.get("kept") == b"yes"
    finally:
        await again.stop()


async def test_an_empty_one_is_used_and_marked(tmp_path: Path, redis_server: RedisServer) -> None:
    """An operator who runs Redis anyway need not run two."""
    with Redis.from_url(redis_server.url) as client:
        client.flushall()
        assert await open_redis(settings(tmp_path, redis_server.url)) is None
        assert await open_redis(settings(tmp_path, redis_server.url)) is None
        client.flushall()


async def test_another_program_s_data_is_not_touched(tmp_path: Path, redis_server: RedisServer) -> None:
    """A Redis that holds something, and not our mark, is somebody else's."""
    with Redis.from_url(redis_server.url) as client:
        client.flushall()
        client.set("shop:cart:7", "three pears")
        with pytest.raises(Misconfigured, match="another program's data"):
            await open_redis(settings(tmp_path, redis_server.url))
        assert client.keys() == [b"shop:cart:7"]
        client.flushall()


async def test_two_installations_do_not_share_one(tmp_path: Path, redis_server: RedisServer) -> None:
    """They would take each other's jobs."""
    with Redis.from_url(redis_server.url) as client:
        client.flushall()
        await open_redis(settings(tmp_path / "first", redis_server.url))
        with pytest.raises(Misconfigured, match=f"belongs to the Code Runner of {tmp_path}/first"):
            await open_redis(settings(tmp_path / "second", redis_server.url))
        client.flushall()


async def test_one_elsewhere_is_not_ours_to_start(tmp_path: Path) -> None:
    """An address on another machine is a mistake to be named, not a server to be started here."""
    with pytest.raises(Misconfigured, match="not ours to start"):
        await open_redis(settings(tmp_path, f"redis://[::ffff:127.0.0.2]:{free_port()}/0"))
