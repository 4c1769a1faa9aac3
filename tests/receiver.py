"""A web server of a test's own that keeps what is posted to it and answers as it is told, so that nothing leaves."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any


class Receiver:
    """``bodies`` is what was posted, unpacked; ``answers`` are the next status codes, then it is always 200."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.answers: list[int] = []
        self.gets = 0  # a redirection that was followed would be one
        self.is_well = True  # what GET /health is answered
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                packed = self.headers.get("Content-Encoding") == "gzip"
                receiver.bodies.append(gzip.decompress(body) if packed else body)
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_GET(self) -> None:
                if self.path != "/health":
                    receiver.gets += 1
                self.send_response(200 if self.path == "/health" and receiver.is_well else 503)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = int(self.server.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}/planted-path"

    @property
    def alerts(self) -> list[tuple[str, str]]:
        """What a webhook was told: alert and status."""
        read: list[dict[str, Any]] = [json.loads(body) for body in self.bodies]
        return [(one["alert"], one["status"]) for one in read]


@contextlib.contextmanager
def receiving() -> Iterator[Receiver]:
    """One for the length of a block."""
    receiver = Receiver()
    thread = threading.Thread(target=receiver.server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield receiver
    finally:
        receiver.server.shutdown()
        receiver.server.server_close()
        thread.join()
