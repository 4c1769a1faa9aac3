"""A whole platform for tests and benchmarks: real Redis, real workers, real web, on ports and a folder of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests import databases
from tests.servers import RedisServer, free_port

ROOT = Path(__file__).parent.parent
READY_WITHIN_S = 120
STOP_WITHIN_S = 60
_QUOTAS = ("RUNS_PER_MINUTE", "RUNS_PER_DAY", "SUBMISSIONS_PER_MINUTE", "SUBMISSIONS_PER_DAY", "PRESSES_PER_IP")


@dataclass
class Instance:
    """One running installation. ``log_of`` says what a process printed, for when something goes wrong."""

    folder: Path
    redis: RedisServer
    settings: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.settings['WEB_PORT']}"

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, **self.settings}

    def start(self, name: str, *module: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *module],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def command(self, *module: str, stdin: str = "") -> str:
        """Run a command of the project to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", *module],
            env=self.environment,
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=READY_WITHIN_S,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def log_of(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def wait_until_ready(self) -> None:
        """Until the web answers and every worker process can take work."""
        deadline = time.monotonic() + READY_WITHIN_S
        while True:
            for name, process in self.processes.items():
                assert process.poll() is None, f"{name} ended:\n{self.log_of(name)}"
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.origin}/health", timeout=2).status_code == httpx.codes.OK:
                    break
            assert time.monotonic() < deadline, f"web is not up:\n{self.log_of('web')}"
            time.sleep(0.1)
        self.command("worker", "ready", "--wait", str(READY_WITHIN_S))

    def stop(self, name: str) -> int:
        """End one process in an orderly way; its exit code."""
        process = self.processes.pop(name)
        process.terminate()
        try:
            return process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

    def stop_all(self) -> None:
        for name in reversed(list(self.processes)):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.stop(name)


@contextlib.contextmanager
def running_instance(folder: Path, *, demo: bool = True, **settings: str) -> Iterator[Instance]:
    """A platform with its database migrated and, unless told otherwise, the demo accounts made (which production
    refuses), for the length of a block.
    """
    redis = RedisServer(folder, free_port())
    values = {
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": databases.url_for(folder),
        "WEB_PORT": str(free_port()),
        "REDIS_URL": redis.url,
        "PUBLIC_ORIGIN": "",
        **dict.fromkeys(_QUOTAS, "100000"),  # tests press more often than people; those of the quotas set their own
        **settings,
    }
    instance = Instance(folder, redis, values)
    try:
        redis.start()
        instance.command("coderunner_core", "db", "upgrade")
        if demo:
            instance.command("coderunner_core", "demo")
        instance.start("workers", "worker", "start")
        instance.start("web", "coderunner_app")
        instance.wait_until_ready()
        yield instance
    finally:
        instance.stop_all()
        redis.stop()
