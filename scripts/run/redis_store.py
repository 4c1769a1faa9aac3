"""The Redis of this installation: the one that answers if it may be used, else one of our own in the data folder.

Two installations on one Redis database would take each other's jobs, so each leaves a mark and respects the other's.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.exceptions import AuthenticationError, RedisError, ResponseError
from redis.exceptions import ConnectionError as NoConnection

from coderunner_core.errors import Misconfigured
from coderunner_core.settings import Settings
from scripts.run.child import Child, say

_MARK = "coderunner:installation"
_LOCAL = {"127.0.0.1", "localhost", "::1"}
_START_S = 20
_PATIENCE_S = 20


async def open_redis(settings: Settings) -> Child | None:
    """Have a Redis at REDIS_URL: returns the server that was started, or None when one answered already.

    Raises Misconfigured when the one that answers must not be used, or none answers and it is not on this machine.
    """
    home = str(settings.data_dir.resolve())
    client: Redis = Redis.from_url(settings.redis_url, socket_connect_timeout=3, decode_responses=True)
    try:
        if await _answers(client, settings.redis_url):
            await _claim(client, home, settings.redis_url)
            say(f"Redis: using the one that answers at {_shown(settings.redis_url)}; it will be left running.")
            return None
        child = await _start(settings, client)
        await client.set(_MARK, home)
        return child
    finally:
        await client.aclose()


async def _answers(client: Redis, url: str) -> bool:
    try:
        await client.ping()  # type: ignore[misc]
    except (AuthenticationError, ResponseError) as error:
        raise Misconfigured(
            [f"REDIS_URL: what answers at {_shown(url)} refuses us: {error}. Name another port."]
        ) from None
    except (NoConnection, TimeoutError, OSError):
        return False
    except RedisError as error:
        raise Misconfigured(
            [f"REDIS_URL: what answers at {_shown(url)} is no Redis: {error}. Name another port."]
        ) from None
    return True


async def _claim(client: Redis, home: str, url: str) -> None:
    owner = await client.get(_MARK)
    if owner is None and await client.dbsize():
        raise Misconfigured([f"REDIS_URL: the Redis at {_shown(url)} holds another program's data; name another port"])
    if owner not in (None, home):
        raise Misconfigured(
            [f"REDIS_URL: the Redis at {_shown(url)} belongs to the Code Runner of {owner}; name another port"]
        )
    await client.set(_MARK, home)


async def _start(settings: Settings, client: Redis) -> Child:
    parts = urlsplit(settings.redis_url)
    if parts.scheme != "redis" or parts.hostname not in _LOCAL:
        raise Misconfigured(
            [f"REDIS_URL: no Redis answers at {_shown(settings.redis_url)}, and it is not ours to start"]
        )
    folder = settings.data_dir.resolve() / "redis"
    log = settings.data_dir.resolve() / "logs" / "redis.log"
    for needed in (folder, log.parent):
        needed.mkdir(parents=True, exist_ok=True)
    port = parts.port or 6379
    child = Child(
        "redis", ["redis-server", str(_configuration(folder, log, port, parts.password))], patience_s=_PATIENCE_S
    )
    await child.start()
    ended = asyncio.create_task(child.ended())
    deadline = asyncio.get_running_loop().time() + _START_S
    while asyncio.get_running_loop().time() < deadline and not ended.done():
        if await _is_ready(client):
            ended.cancel()
            say(f"Redis: started on port {port}, data in {folder}.")
            return child
        await asyncio.sleep(0.05)
    await child.stop()
    words = "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""
    raise Misconfigured([f"REDIS_URL: Redis does not start on port {port}; its log {log} ends:\n{words}"])


async def _is_ready(client: Redis) -> bool:
    """Whether it answers and has read its data; while it reads them it refuses with an error of its own."""
    try:
        return bool(await client.ping())  # type: ignore[misc]
    except (RedisError, OSError):
        return False


def _configuration(folder: Path, log: Path, port: int, password: str | None) -> Path:
    """A file for Redis to read: a password on its command line would be readable by every user of this machine."""
    lines = [
        f"port {port}",
        "bind 127.0.0.1 -::1",
        f'dir "{folder}"',
        f'logfile "{log}"',
        "appendonly yes",  # queued runs outlive a restart
        'save ""',
        "maxmemory-policy noeviction",
    ]
    if password:
        lines.append(f'requirepass "{password}"')
    path = folder / "redis.conf"
    path.touch(mode=0o600)
    path.chmod(0o600)  # also when it was there before
    path.write_text("\n".join(lines) + "\n")
    return path


def _shown(url: str) -> str:
    """The address without its password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or 6379}{parts.path}"
