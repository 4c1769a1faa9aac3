"""Knows when the started processes are of use: the web answers, and every worker can take work."""

from __future__ import annotations

import asyncio
import socket

import httpx
from redis.asyncio import Redis

from coderunner_core.control import VITALS
from coderunner_core.errors import Misconfigured
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


async def wait_until_ready(settings: Settings, redis: Redis, supervisor_pid: int) -> None:
    """Return when the web is healthy and every worker process of the supervisor says that it can take work."""
    host = "127.0.0.1" if settings.web_host in ("0.0.0.0", "::") else settings.web_host  # noqa: S104 - compared only
    address = f"http://{host}:{settings.web_port}/health/ready"
    workers = settings.worker_concurrency_execution + settings.worker_concurrency_submission
    async with httpx.AsyncClient(timeout=5) as client:
        while not (await _healthy(client, address) and await _ready_workers(redis, supervisor_pid) >= workers):
            await asyncio.sleep(_EVERY_S)


async def _healthy(client: httpx.AsyncClient, address: str) -> bool:
    try:
        return (await client.get(address)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


async def _ready_workers(redis: Redis, supervisor_pid: int) -> int:
    """Those of this supervisor only: the signs of life of one that was killed stay for some seconds."""
    # Drained ones count, too: they stay drained across a restart.
    names = await redis.execute_command("HKEYS", VITALS)  # type: ignore[no-untyped-call]
    return sum(f".{supervisor_pid}." in str(name) for name in names)
