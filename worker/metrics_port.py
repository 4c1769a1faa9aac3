"""The supervisor's own port: ``/metrics`` for Prometheus and ``/ready`` for probes, served by a thread.

It listens on METRICS_PORT of METRICS_HOST, and not at all when the port is 0.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from coderunner_core.core import Core
from coderunner_core.operations.exposition import CONTENT_TYPE, exposition, may_read
from worker import readiness

log = logging.getLogger(__name__)

ANSWER_WITHIN_S = 10.0

Answer = tuple[str, str, bytes]  # status line, content type, body


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    timeout = 5  # seconds that a client may take to say what it wants

    def log_message(self, *_: Any) -> None:
        """Probes ask every few seconds; nobody wants to read it."""


@contextmanager
def serving(core: Core, loop: asyncio.AbstractEventLoop, prefix: str) -> Iterator[None]:
    """Answer for the length of the block. ``prefix`` is how the names of this supervisor's workers begin."""
    settings = core.settings
    if not settings.metrics_port:
        yield
        return

    async def answer(path: str, authorization: str) -> Answer:
        if path == "/metrics" and may_read(settings, authorization):
            return "200 OK", CONTENT_TYPE, await exposition(core)
        if path == "/metrics":
            return "401 Unauthorized", "text/plain", b"A bearer token is needed.\n"
        if path == "/ready":
            found = await readiness.look(core, prefix)
            status = "200 OK" if found.ok else "503 Service Unavailable"
            return status, "application/json", json.dumps(found.as_json()).encode()
        return "404 Not Found", "text/plain", b"Here are /metrics and /ready.\n"

    def ask(path: str, authorization: str) -> Answer:
        return asyncio.run_coroutine_threadsafe(answer(path, authorization), loop).result(ANSWER_WITHIN_S)

    server = make_server(settings.metrics_host, settings.metrics_port, _application(ask), _Server, _Handler)
    thread = threading.Thread(target=server.serve_forever, name="metrics-port", daemon=True)
    thread.start()
    log.info("metrics at http://%s:%s/metrics", settings.metrics_host, settings.metrics_port)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _application(ask: Callable[[str, str], Answer]) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            status, content_type, body = ask(environ["PATH_INFO"], environ.get("HTTP_AUTHORIZATION", ""))
        except Exception:
            log.exception("the metrics port could not answer")
            status, content_type, body = "503 Service Unavailable", "text/plain", b"Try again in a moment.\n"
        start_response(status, [("Content-Type", content_type), ("Content-Length", str(len(body)))])
        return [body]

    return application
