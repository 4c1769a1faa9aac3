"""The curriculum as JSON for anyone, with what a CDN needs to hold it: an ETag, and for how long it is good."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Awaitable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from coderunner_app import current
from coderunner_core.errors import APOLOGY, CodeRunnerError
from coderunner_core.services.learning import public

log = logging.getLogger(__name__)

_NO_FIGURES = b'"solved_by":null'

# Good for as long as the figures in it; for an hour more, a CDN may answer with the old one while it asks for the new.
_CACHED = "public, max-age=300, stale-while-revalidate=3600"
_CACHED_WITHOUT_FIGURES = "public, max-age=10"  # the database is away: who comes in a moment may be told them
_NOT_CACHED = {"Cache-Control": "no-store"}


async def curriculum(request: Request) -> Response:
    """All age groups, levels and problems."""
    return await _answer(request, public.curriculum(current.core()))


async def problem(request: Request) -> Response:
    """One problem with its statement, examples and hints."""
    return await _answer(request, public.problem(current.core(), request.path_params["problem_id"]))


async def _answer(request: Request, content: Awaitable[dict[str, Any]]) -> Response:
    try:
        body = json.dumps(await content, ensure_ascii=False, separators=(",", ":")).encode()
    except CodeRunnerError as error:
        return JSONResponse({"error": error.message}, error.status_code, _NOT_CACHED)
    except Exception:
        log.exception("public content failed", extra={"request_id": getattr(request.state, "request_id", "")})
        return JSONResponse({"error": APOLOGY}, 500, _NOT_CACHED)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": _CACHED_WITHOUT_FIGURES if _NO_FIGURES in body else _CACHED}
    if _has(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(None if request.method == "HEAD" else body, 200, headers, "application/json")


def _has(request: Request, etag: str) -> bool:
    """Whether the asker holds this very content; a CDN that packs it marks the tag as weak."""
    tags = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return etag in tags or "*" in tags
