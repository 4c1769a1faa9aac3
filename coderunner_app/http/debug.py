"""What somebody who looks for a fault asks of this very process: queues, open pages, settings. Absent in production.

For admins, and on a development machine for whoever sits at it. Everybody else is told that there is no such page.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from pydantic import SecretStr
from redis.exceptions import RedisError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from coderunner_app import cookies, current
from coderunner_app.origins import allowed_origins
from coderunner_app.push import hub
from coderunner_core.contract import RunKind
from coderunner_core.errors import Busy, CodeRunnerError
from coderunner_core.services import permissions
from coderunner_core.services.people import sessions
from coderunner_core.settings import Settings

Endpoint = Callable[[Request], Awaitable[Response]]

_CREDENTIALS = re.compile(r"://.*@", re.DOTALL)  # up to the last @: a password may hold one, and a slash, unquoted
_MASK = "…"


def _guarded(read: Callable[[], Awaitable[object]]) -> Endpoint:
    async def answer(request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        try:
            await _require_somebody(request)
            return JSONResponse(await read(), headers=headers)
        except Busy as error:
            return JSONResponse({"trouble": error.message}, error.status_code, headers)
        except CodeRunnerError:
            return Response("Not found\n", 404, headers, "text/plain")

    return answer


async def _require_somebody(request: Request) -> None:
    core = current.core()
    if _sits_here(request, core.settings):
        return
    token = cookies.session_of(request.headers.get("cookie", ""), core.settings)
    permissions.admin(await sessions.verify(core, token))


def _sits_here(request: Request, settings: Settings) -> bool:
    """Whether this is a development machine and the request comes from it, to it, and through no proxy."""
    if settings.coderunner_env != "development" or request.client is None:
        return False
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        local = ip_address(request.client.host).is_loopback
    except ValueError:
        return False
    # A name of somebody else's that was made to point here is not ours, so no page of theirs may read the answer.
    return local and f"{request.url.scheme}://{request.headers.get('host', '')}" in allowed_origins(settings)


async def _queues() -> object:
    core = current.core()
    try:
        loads = {kind.value: await core.load.of(kind) for kind in RunKind}
    except RedisError as error:
        raise Busy("Redis does not answer.") from error
    return {
        name: {"waiting": one.waiting, "workers": one.workers, "mean_ms": round(one.mean_ms, 1), "wait_s": one.wait_s()}
        for name, one in loads.items()
    }


async def _push() -> object:
    return {"pages": hub.pages, "topics": hub.topics, "database_away": current.core().database.is_away}


async def _settings() -> object:
    return {name: _shown(getattr(current.core().settings, name)) for name in Settings.model_fields}


def _shown(value: object) -> object:
    """A setting without what is secret in it: neither a secret nor the credentials in an address."""
    if isinstance(value, SecretStr):
        return _MASK if value.get_secret_value() else ""
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    return _CREDENTIALS.sub(f"://{_MASK}@", str(value))


queues = _guarded(_queues)
push = _guarded(_push)
settings = _guarded(_settings)
