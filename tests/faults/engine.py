"""A Docker engine of a test's own, beside the machine's, which the test may stop and kill."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import docker
import psutil
from docker.errors import DockerException

ANSWERS_WITHIN_S = 60
ENDS_WITHIN_S = 60


class Engine:
    """dockerd with folders of its own and no network; ``host`` is what DOCKER_HOST must say."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.host = f"unix://{folder}/docker.sock"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it answers."""
        words = [
            *("--data-root", str(self.folder / "data"), "--exec-root", str(self.folder / "exec")),
            *("--pidfile", str(self.folder / "docker.pid"), "--host", self.host),
            *("--bridge=none", "--iptables=false", "--ip-forward=false", "--ip-masq=false"),
        ]
        (self.folder / "docker.pid").unlink(missing_ok=True)  # a killed one leaves it
        with (self.folder / "dockerd.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["dockerd", *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + ANSWERS_WITHIN_S
        while not self._answers():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.1)

    def load_image_of(self, other: docker.DockerClient, image: str) -> None:
        """Copy an image from the machine's engine."""
        with self._client() as client:
            client.images.load(b"".join(other.images.get(image).save(named=True)))

    def stop(self) -> None:
        """As the service manager does: containers are ended."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Engine and containerd at once, as in a crash: containers and their shims stay until the next start."""
        below = psutil.Process(self.process.pid).children() if self.process else []
        self._end(signal.SIGKILL)
        for process in below:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(below, ENDS_WITHIN_S)

    def log(self) -> str:
        return (self.folder / "dockerd.log").read_text(errors="replace")[-3000:]

    def remove(self) -> None:
        """Stop it, and whatever a killed one left: shims and containers, found by the folder in their command line."""
        if self.process is None:
            with contextlib.suppress(AssertionError):
                self.start()  # it ends the containers that it finds
        self.stop()
        for process in psutil.process_iter(["cmdline"]):
            if str(self.folder) in " ".join(process.info["cmdline"] or []):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
        for mount in [one for one in Path("/proc/mounts").read_text().splitlines() if f" {self.folder}" in one]:
            subprocess.run(["umount", "--lazy", mount.split()[1]], check=False)

    def _end(self, signum: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(signum)  # nothing, when it has ended already
            self.process.wait(ENDS_WITHIN_S)
            self.process = None

    def _answers(self) -> bool:
        try:
            with self._client() as client:
                return bool(client.ping())
        except (DockerException, OSError):
            return False

    def _client(self) -> contextlib.closing[docker.DockerClient]:
        return contextlib.closing(docker.DockerClient(base_url=self.host, version="1.40", timeout=60))


@contextlib.contextmanager
def running_engine(image: str) -> Iterator[Engine]:
    """An engine that has the image, for the length of a block. Its socket's path must be short, hence its folder."""
    with tempfile.TemporaryDirectory(prefix="engine-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        engine = Engine(Path(folder))
        engine.start()
        try:
            with contextlib.closing(docker.from_env()) as machines:
                engine.load_image_of(machines, image)
            yield engine
        finally:
            engine.remove()
