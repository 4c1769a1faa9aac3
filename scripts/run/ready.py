"""Knows when the started processes are of use: the web answers, and every queue has a worker."""

from __future__ import annotations

import asyncio
import socket

import httpx
from redis.asyncio import Redis

from coderunner_core.errors import Misconfigured
from coderunner_core.queue import QUEUE_NAMES
from coderunner_core.settings import Settings

_EVERY_S = 0.1


def require_free_port(settings: Settings) -> None:
    """Raises Misconfigured when something listens on WEB_PORT already."""
    family = socket.AF_INET6 if ":" in settings.web_host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.web_host, settings.web_port))
        except OSError as error:
            raise Misconfigured(
                [
                    f"WEB_PORT: {settings.web_host}:{settings.web_port} cannot be used ({error.strerror}); "
                    f"name another one: WEB_PORT={settings.web_port + 1} make run"
                ]
            ) from None


async def known_workers(redis: Redis) -> dict[str, set[str]]:
    """The workers that are registered for each queue, those of an earlier, killed run included."""
    return {name: {str(key) for key in await redis.smembers(f"rq:workers:{name}")} for name in QUEUE_NAMES.values()}  # type: ignore[misc]


async def wait_until_ready(settings: Settings, redis: Redis, before: dict[str, set[str]]) -> None:
    """Return when the web is healthy and each queue has a worker that it did not have ``before``."""
    host = "127.0.0.1" if settings.web_host in ("0.0.0.0", "::") else settings.web_host  # noqa: S104 - compared only
    address = f"http://{host}:{settings.web_port}/health"
    async with httpx.AsyncClient(timeout=5) as client:
        while not (await _healthy(client, address) and await _all_new(redis, before)):  # noqa: ASYNC110 - others' state
            await asyncio.sleep(_EVERY_S)


async def _healthy(client: httpx.AsyncClient, address: str) -> bool:
    try:
        return (await client.get(address)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


async def _all_new(redis: Redis, before: dict[str, set[str]]) -> bool:
    now = await known_workers(redis)
    return all(now[name] - before[name] for name in now)
