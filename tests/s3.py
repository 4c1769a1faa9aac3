"""An S3 server of a test's own: rclone's, which compares the signature of every request with its own reckoning."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.servers import free_port

START_WITHIN_S = 30
KEY_ID, SECRET = "a-key-of-the-tests", "a-secret-of-the-tests"
BUCKET = "outputs-of-the-tests"
_PROGRAM = Path(sys.executable).parent / "rclone"  # from PyPI, beside Python


@dataclass(frozen=True)
class S3Server:
    """Where it listens, and its one bucket."""

    endpoint: str
    bucket: str


@contextlib.contextmanager
def running_s3() -> Iterator[S3Server]:
    """A server for the length of a block; what it holds goes with it."""
    with tempfile.TemporaryDirectory(prefix="coderunner-s3-", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), free_port()
        (folder / "buckets" / BUCKET).mkdir(parents=True)  # before the start: folders are remembered
        with (folder / "rclone.log").open("wb") as log:
            process = subprocess.Popen(
                [str(_PROGRAM), "serve", "s3", str(folder / "buckets"), "--addr", f"127.0.0.1:{port}",
                 "--auth-key", f"{KEY_ID},{SECRET}", "--config", "", "--cache-dir", str(folder / "cache")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        server = S3Server(f"http://127.0.0.1:{port}", BUCKET)
        try:
            _wait(server, process, folder / "rclone.log")
            yield server
        finally:
            process.terminate()
            process.wait(START_WITHIN_S)


def _wait(server: S3Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it refuses a stranger."""
    deadline = time.monotonic() + START_WITHIN_S
    while True:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        with contextlib.suppress(httpx.TransportError):
            assert httpx.get(server.endpoint).is_client_error
            return
        time.sleep(0.05)
