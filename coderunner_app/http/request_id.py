"""Gives every request an id, says it in the answer, and writes one line of access log without anything secret."""

from __future__ import annotations

import logging
import re
import time
import uuid
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coderunner_app import routes
from coderunner_core import logs

log = logging.getLogger("coderunner_app.access")

_HEADER = b"x-request-id"
_ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_QUIET = ("/assets/", "/health", "/ping")
_WITH_CODE = routes.join("")
_PATH_CHARS = 300


class RequestIds:
    """Pure ASGI, since Starlette's own base class for middleware cannot carry websockets."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its id. The query string is never logged: the events' address holds a page's token."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        request_id = _given_id(scope) or uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status, began = 0, time.perf_counter()

        async def with_id(message: Message) -> None:
            nonlocal status
            if message["type"] in ("http.response.start", "websocket.accept"):
                status = message.get("status", 101)
                message["headers"] = [*message.get("headers", []), (_HEADER, request_id.encode())]
            await send(message)

        try:
            if scope["type"] == "http":
                with logs.one_request(request_id):
                    await self._app(scope, receive, with_id)
            else:  # a socket lives for hours, and each event on it is a request of its own: see state/base.py
                await self._app(scope, receive, with_id)
        finally:
            if not scope["path"].startswith(_QUIET):
                took_ms = round((time.perf_counter() - began) * 1000, 1)
                log.info(
                    "%s %s",
                    scope.get("method", "WS"),
                    _shown(scope["path"]),
                    extra={"status": status, "took_ms": took_ms, "request_id": request_id},
                )


def _shown(path: str) -> str:
    """A path as it may stand in a log: nothing that begins a line or speaks to a terminal, and no code to join with."""
    if path.startswith(_WITH_CODE):
        return f"{_WITH_CODE}…"
    return quote(path[:_PATH_CHARS], safe="/:@!$&'()*+,;=~-._")


def _given_id(scope: Scope) -> str:
    for name, value in scope.get("headers", []):
        if name == _HEADER and _ACCEPTABLE.fullmatch(text := value.decode("latin-1")):
            return text
    return ""
