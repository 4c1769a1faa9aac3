"""Downloads: everything that a program printed, as a plain file that no browser would take for a page."""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from coderunner_app import cookies, current
from coderunner_core.contract import Stream
from coderunner_core.errors import APOLOGY, CodeRunnerError, NotFound
from coderunner_core.services.people import sessions
from coderunner_core.services.running import outputs

log = logging.getLogger(__name__)

# What is sent was written by a student's program: it is never interpreted, and nobody in between keeps it.
_AS_IT_IS = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; sandbox"}


async def output(request: Request) -> Response:
    """One stream of a run, for its owner and their teachers; sent on piece by piece, never held as a whole."""
    core = current.core()
    try:
        actor = await sessions.verify(core, cookies.session_of(request.headers.get("cookie", ""), core.settings))
        file = await outputs.whole(actor, core, request.path_params["run_id"], _stream(request))
    except CodeRunnerError as error:
        return PlainTextResponse(f"{error.message}\n", error.status_code, _AS_IT_IS)
    except Exception:
        log.exception("a download failed", extra={"request_id": getattr(request.state, "request_id", "")})
        return PlainTextResponse(f"{APOLOGY}\n", 500, _AS_IT_IS)
    headers = {
        **_AS_IT_IS,
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Content-Length": str(file.size_bytes),
        "X-Content-Type-Options": "nosniff",
    }
    if request.method == "HEAD":
        return Response(None, headers=headers, media_type="text/plain; charset=utf-8")
    return StreamingResponse(file.pieces, headers=headers, media_type="text/plain; charset=utf-8")


def _stream(request: Request) -> Stream:
    try:
        return Stream(request.path_params["stream"])
    except ValueError:
        raise NotFound("There is no such output.") from None
