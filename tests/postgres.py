"""A real PostgreSQL server of a test's own, which it may stop, start again and crash."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts.setup.postgres_server import binaries
from tests.servers import free_port

START_WITHIN_S = 60
STOP_WITHIN_S = 30
_OWNER = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
_OPTIONS = {
    "fsync": "off",  # a test's data need not outlive the machine
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
}


@dataclass
class PostgresServer:
    """A cluster in ``folder``. ``url`` is without a database's name; nobody but this machine can reach it."""

    folder: Path
    port: int
    options: dict[str, str] = field(default_factory=dict)  # of the server, instead of those of tests
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}"

    def create(self) -> None:
        """Make the cluster; takes about a second."""
        if _OWNER:
            shutil.chown(self.folder, _OWNER, _OWNER)
        words = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        done = self._run("initdb", "-D", str(self.folder / "data"), *words)
        assert done.returncode == 0, done.stdout

    def start(self) -> None:
        """Start and wait until it answers."""
        own = {"unix_socket_directories": str(self.folder), "port": str(self.port)}
        options = {**_OPTIONS, **own, **self.options}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "postgres.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self._binary("postgres"), "-D", str(self.folder / "data"), *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                user=_OWNER,
                group=_OWNER,
                extra_groups=[] if _OWNER else None,
            )
        deadline = time.monotonic() + START_WITHIN_S
        while self._run("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)).returncode != 0:
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def stop(self) -> None:
        """As an administrator does in a hurry: open transactions are rolled back, clients are sent away."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """As a power cut does: nothing is said to anybody, and the next start recovers."""
        self._end(signal.SIGQUIT)

    def log(self) -> str:
        return (self.folder / "postgres.log").read_text(errors="replace")

    def _end(self, signum: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(signum)
            try:
                self.process.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:  # a machine under load: its data is thrown away anyway
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(2 * STOP_WITHIN_S)
            self.process = None

    def _run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._binary(program), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.folder,
            user=_OWNER,
            group=_OWNER,
            extra_groups=[] if _OWNER else None,
            check=False,
        )

    @staticmethod
    def _binary(name: str) -> str:
        found = binaries()
        assert found, "PostgreSQL is not installed: make test-postgres installs it"
        return str(found / name)


@contextlib.contextmanager
def running_postgres(*, durable: bool = False, options: dict[str, str] | None = None) -> Iterator[PostgresServer]:
    """A server for the length of a block; its folder goes with it. ``options``: its settings, instead of ours.

    ``durable``: what was committed survives a crash of the server.
    """
    # Not in a test's own folder: only root may look into that, and the server is another user.
    with tempfile.TemporaryDirectory(prefix="coderunner-postgres-", ignore_cleanup_errors=True) as folder:
        kept = {"synchronous_commit": "on"} if durable else {}  # the kernel keeps what a killed process has written
        server = PostgresServer(Path(folder), free_port(), {**kept, **(options or {})})
        server.create()
        try:
            server.start()  # one that does not answer in time has started all the same
            yield server
        finally:
            server.stop()
