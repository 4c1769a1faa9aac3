"""The Docker engine: installed, running, and ours to talk to.

Where a service manager runs, the engine is its business. On a minimal machine without one we start ``dockerd`` in a
session of its own, remember that it was us, and whoever used it last stops it again (``stop_ours``).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from scripts.setup import engine_api
from scripts.setup.place import data_dir
from scripts.setup.shell import apt_install, as_root, run
from scripts.setup.step import NeedsHand

_START_S = 60
_STOP_S = 30
_ENGINE_PID_FILE = Path("/var/run/docker.pid")
# Our containers have no network, so an engine without one is enough where the kernel has no packet filter.
_WITHOUT_NETWORK = ["--iptables=false", "--ip6tables=false", "--bridge=none"]


def ensure() -> str:
    """Find an engine that answers, or install and start one."""
    try:
        if engine_api.answers():
            return f"version {engine_api.version()} answers"
    except PermissionError as error:
        raise NeedsHand(
            f"a Docker engine runs at {engine_api.host()}, but you may not use it",
            "sudo usermod -aG docker $USER   (then sign in again)",
        ) from error
    if engine_api.host() != engine_api.DEFAULT_HOST:
        raise NeedsHand(f"no Docker engine answers at DOCKER_HOST={engine_api.host()}; start it, or leave that empty")
    installed = bool(_dockerd())
    if not installed:
        apt_install("docker.io")
        if engine_api.answers():  # some systems start what they install
            return f"version {engine_api.version()} installed"
    _start()
    return f"version {engine_api.version()} {'started' if installed else 'installed and started'}"


def started_by_us() -> bool:
    """Whether the engine that runs was started by set-up, so that it is ours to stop."""
    return _our_pid() is not None


def stop_ours() -> str:
    """Stop the engine if set-up started it and nobody's container needs it; returns what was done, in words."""
    pid = _our_pid()
    if pid is None:
        return "not ours, left running"
    try:
        others = engine_api.running_containers()
    except OSError:
        others = 0
    if others:
        return f"left running: {others} containers still use it"
    _signal(pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_S
    while _is_dockerd(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    if _is_dockerd(pid):
        return f"still stopping after {_STOP_S} s (process {pid})"
    _ours_file().unlink(missing_ok=True)
    return "stopped"


def log_file() -> Path:
    """Where an engine that we started writes."""
    return data_dir() / "logs" / "dockerd.log"


def _dockerd() -> str | None:
    return shutil.which("dockerd") or shutil.which("dockerd", path="/usr/sbin:/sbin:/usr/local/sbin")


def _start() -> None:
    if Path("/run/systemd/system").is_dir():
        run(as_root(["systemctl", "start", "docker"]), what="starting the Docker service")
        if not _wait_until_it_answers(None):
            raise NeedsHand("the Docker service does not answer", "sudo systemctl status docker")
        return
    _forget_dead_engine()
    for options in ([], _WITHOUT_NETWORK):
        process = _launch(options)
        if _wait_until_it_answers(process):
            _ours_file().write_text(_ENGINE_PID_FILE.read_text().strip() or str(process.pid))
            return
        process.terminate()
        process.wait()
        if "iptables" not in _last_words():
            break
    command = f"sudo {_dockerd()}   (and read what it says)"
    raise NeedsHand("the Docker engine does not start", command, _last_words())


def _launch(options: list[str]) -> subprocess.Popen[bytes]:
    """Start dockerd in a session of its own, out of reach of a Ctrl-C at our terminal."""
    log_file().parent.mkdir(parents=True, exist_ok=True)
    group = ["--group", str(os.getgid())]  # whoever starts it may use it
    with log_file().open("wb") as log:
        return subprocess.Popen(
            as_root([str(_dockerd()), *group, *options]),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait_until_it_answers(process: subprocess.Popen[bytes] | None) -> bool:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        if engine_api.answers():
            return True
        if process is not None and process.poll() is not None:
            return False
        time.sleep(0.1)
    return False


def _last_words() -> str:
    return "\n".join(log_file().read_text(errors="replace").splitlines()[-12:])


def _forget_dead_engine() -> None:
    """Remove the pid file of an engine that was killed: dockerd refuses to start if that number is in use again."""
    if _ENGINE_PID_FILE.is_file() and not _is_dockerd(int(_ENGINE_PID_FILE.read_text() or 0)):
        run(as_root(["rm", "-f", str(_ENGINE_PID_FILE)]))


def _ours_file() -> Path:
    return data_dir() / "dockerd.pid"


def _our_pid() -> int | None:
    if not _ours_file().is_file():
        return None
    pid = int(_ours_file().read_text() or 0)
    return pid if _is_dockerd(pid) else None


def _is_dockerd(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "dockerd"
    except OSError:
        return False


def _signal(pid: int, number: signal.Signals) -> None:
    run(as_root(["sh", "-c", f"kill -{number.value} {pid}"]))  # a minimal machine has no program of that name
