"""The proxy's file in a real Caddy: what it lets through, what it keeps to itself, and what its logs do not hold."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.servers import free_port

CADDYFILE = Path(__file__).parents[3] / "deploy" / "Caddyfile"
WITHIN_S = 30

pytestmark = pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not installed: apt-get install caddy")


class Web(http.server.BaseHTTPRequestHandler):
    """Answers everything, as a web process that guards nothing would."""

    def do_GET(self) -> None:
        """The path as it came."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Proxy:
    """A running Caddy, and what it logged so far."""

    origin: str
    log: Path

    def status(self, path: str) -> int:
        return httpx.get(self.origin + path).status_code


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """In front of one web process; without Caddy's own port for admins, which two of them could not share."""
    folder, origin = tmp_path_factory.mktemp("caddy"), f"http://localhost:{free_port()}"
    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    environment = {**os.environ, "HOME": str(folder), "SITE": origin, "WEB": f"127.0.0.1:{web.server_address[1]}"}
    adapt = ["caddy", "adapt", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    said = subprocess.run(adapt, env=environment, capture_output=True, check=True).stdout
    config = json.loads(said)
    (folder / "caddy.json").write_text(json.dumps({**config, "admin": {"disabled": True}}))
    log = folder / "log"
    with log.open("wb") as written:
        run = ["caddy", "run", "--config", str(folder / "caddy.json")]
        process = subprocess.Popen(run, env=environment, stderr=written)
    try:
        _until_it_answers(origin)
        yield Proxy(origin, log)
    finally:
        process.terminate()
        process.wait(WITHIN_S)
        web.shutdown()
        web.server_close()


def _until_it_answers(origin: str) -> None:
    deadline = time.monotonic() + WITHIN_S
    while True:
        try:
            if httpx.get(f"{origin}/health").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < deadline, "Caddy does not answer"
        time.sleep(0.05)


@pytest.mark.parametrize("path", ["/", "/health", "/problem/countdown", "/join/ABCDEF"])
def test_what_is_for_everybody_comes_through(proxy: Proxy, path: str) -> None:
    """The process's own health among it."""
    assert proxy.status(path) == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/metrics", "/metrics/", "/Metrics", "//metrics", "/%6detrics", "/metrics%2f", "/metrics?x=1"),
        *("/health/ready", "/health/redis", "/health//ready", "/HEALTH/ready"),
    ],
)
def test_what_is_for_operators_stays_inside(proxy: Proxy, path: str) -> None:
    """However it is spelt."""
    assert proxy.status(path) == 404


def test_its_logs_hold_no_page_s_token_and_no_code(proxy: Proxy) -> None:
    """A line for each request all the same."""
    proxy.status("/join/PLANTED?token=planted-token")
    deadline = time.monotonic() + WITHIN_S
    while "/join/…" not in proxy.log.read_text():
        assert time.monotonic() < deadline, "the request was not logged"
        time.sleep(0.05)
    assert "planted" not in proxy.log.read_text().lower()
