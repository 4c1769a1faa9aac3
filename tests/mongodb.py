"""A MongoDB of a test's own, which it may stop, start again and crash: SecantusDB, since no mongod can be installed.

It speaks MongoDB's wire protocol in a process of its own, over WiredTiger, the storage engine of MongoDB itself: with
sessions, retryable writes, TTL indexes, collMod and a journal. What differs is said in docs/STORES.md.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from tests.servers import free_port

START_WITHIN_S = 60
STOP_WITHIN_S = 30
DELETE_EXPIRED_NOW = "secantusAdmin.pruneTtl"  # what the server does by itself each minute


@dataclass
class MongoServer:
    """A server on a folder, a replica set of one, as the drivers see it."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        return f"mongodb://127.0.0.1:{self.port}/?replicaSet=secantus"

    def start(self, *options: str) -> None:
        """Start, recover what a crash left, and wait until it answers."""
        where = ["--host", "127.0.0.1", "--port", str(self.port), "--storage-path", str(self.folder / "data")]
        with (self.folder / "mongodb.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "secantus", *where, "--log-level", "WARNING", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_WITHIN_S
        with MongoClient[dict[str, object]](self.uri, serverSelectionTimeoutMS=1_000) as client:
            while True:
                assert self.process.poll() is None, self.log()
                assert time.monotonic() < deadline, self.log()
                with contextlib.suppress(PyMongoError):
                    client.admin.command("ping")
                    return

    def stop(self) -> None:
        """As an administrator does."""
        self._end(signal.SIGTERM)

    def crash(self) -> None:
        """As a power cut does: the next start recovers from the journal."""
        self._end(signal.SIGKILL)

    def log(self) -> str:
        return (self.folder / "mongodb.log").read_text(errors="replace")

    def _end(self, signum: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(signum)
            try:
                self.process.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None


@contextlib.contextmanager
def running_mongodb() -> Iterator[MongoServer]:
    """A server for the length of a block; its folder goes with it."""
    with tempfile.TemporaryDirectory(prefix="coderunner-mongodb-", ignore_cleanup_errors=True) as folder:
        server = MongoServer(Path(folder), free_port())
        try:
            server.start()
            yield server
        finally:
            server.crash()  # at once: what it holds is thrown away
