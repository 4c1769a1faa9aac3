"""What Prometheus reads of the web processes; served only where a METRICS_TOKEN is set, and only to who knows it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from coderunner_app import current
from coderunner_core.operations.exposition import CONTENT_TYPE, exposition, may_read


async def metrics(request: Request) -> Response:
    """All processes that share this port, counted together."""
    core = current.core()
    if not core.settings.metrics_token.get_secret_value():
        return PlainTextResponse("Not found", 404)
    if not may_read(core.settings, request.headers.get("authorization", "")):
        return PlainTextResponse("A bearer token is needed.", 401, {"WWW-Authenticate": "Bearer"})
    return Response(await exposition(core), headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"})
