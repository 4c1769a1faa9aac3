"""What a load balancer and an operator ask: alive, Redis there, ready for people."""

from __future__ import annotations

import time

from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from coderunner_app import current
from coderunner_core.core import connect_redis


async def health(_: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


async def redis_health(_: Request) -> Response:
    """Whether Redis answers, and how fast."""
    began = time.perf_counter()
    if not await _redis_answers():
        return JSONResponse({"status": "down"}, 503, {"Cache-Control": "no-store"})
    return JSONResponse(
        {"status": "ok", "ms": round((time.perf_counter() - began) * 1000, 2)}, headers={"Cache-Control": "no-store"}
    )


async def ready(_: Request) -> Response:
    """Whether everything that a student needs from the web is there."""
    parts = {"redis": await _redis_answers(), "database": await _database_answers()}
    body = {"status": "ok" if all(parts.values()) else "down", **{k: "ok" if v else "down" for k, v in parts.items()}}
    return JSONResponse(body, 200 if all(parts.values()) else 503, {"Cache-Control": "no-store"})


async def _redis_answers() -> bool:
    redis: Redis = connect_redis(current.core().settings)
    try:
        return bool(await redis.execute_command("PING"))  # type: ignore[no-untyped-call]
    except (RedisError, OSError):
        return False
    finally:
        await redis.aclose()


async def _database_answers() -> bool:
    try:
        async with current.core().database.reading() as session:
            await session.execute(text("SELECT 1"))
        return True
    except (SQLAlchemyError, OSError):
        return False
