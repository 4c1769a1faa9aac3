"""What a load balancer and an operator ask: alive, Redis there, ready for people."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from coderunner_app import current
from coderunner_core import health as stores


async def health(_: Request) -> Response:
    """The process answers."""
    return _answer(True, {})


async def redis_health(_: Request) -> Response:
    """Whether Redis answers, and how fast."""
    redis = await stores.check_one(current.core(), "redis")
    return _answer(redis.ok, {"ms": redis.latency_ms})


async def ready(_: Request) -> Response:
    """Whether everything that a student needs from the web is there, each store with its latency."""
    parts = await stores.check(current.core())
    said = {one.name: {"status": "ok" if one.ok else "down", "ms": one.latency_ms} for one in parts}
    return _answer(all(one.ok for one in parts if one.vital), said)


def _answer(ok: bool, more: Mapping[str, object]) -> Response:
    body = {"status": "ok" if ok else "down", **more}
    return JSONResponse(body, 200 if ok else 503, {"Cache-Control": "no-store"})
