"""Keeps a test run apart from everything else on the machine, and finds what it left behind.

Every process of the run inherits one variable with the run's name, and every container carries it in a label; so
whatever is left can be told from a running instance and from the machine's other programs.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import signal
import time
from pathlib import Path
from typing import Any

from scripts.setup import engine_api
from scripts.setup.chromium import executable
from scripts.setup.place import ROOT

_VARIABLE = "CODERUNNER_TEST_RUN"
_THE_ENGINE = {
    "DOCKER_HOST",
    "SANDBOX_IMAGE",
    "SANDBOX_RUNTIME",
}  # where and on what set-up has built: the same for tests
_GRACE_S = 10  # containers are removed by the engine, a little after they were told to go


def new_run() -> str:
    """A name that no other run has."""
    return f"test-{secrets.token_hex(4)}"


def environment(run: str, scratch: Path) -> dict[str, str]:
    """What the parts see: none of this machine's settings, and a folder for all that they write.

    Ports are not among them: each fixture that starts a server takes a free one.
    """
    settings = set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    dropped = (settings - _THE_ENGINE) | {"MAKEFLAGS", "MAKELEVEL"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {
        **kept,
        _VARIABLE: run,
        "TMPDIR": str(scratch),
        "DATA_DIR": str(scratch / "data"),
        "SANDBOX_LABEL": f"coderunner-{run}",
        "CHROMIUM_PATH": executable(),
        "REFLEX_TELEMETRY_ENABLED": "false",
        "PYTHONUNBUFFERED": "1",
    }


def left_behind(run: str) -> list[str]:
    """What is still there after a moment of grace, each in a line: processes of the run, and containers that run.

    A container that has ended is not among them: tests that kill a worker leave it, and in real life the next worker
    removes it when it starts.
    """
    deadline = time.monotonic() + _GRACE_S
    while (found := _processes(run) + _running(run)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


def remove(run: str) -> None:
    """End every process and remove every container of the run."""
    for line in _processes(run):
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(line.split()[1].rstrip(":")), signal.SIGKILL)
    for container in _containers(run):
        engine_api.remove_container(container["Id"])


def _processes(run: str) -> list[str]:
    mark = f"{_VARIABLE}={run}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                found.append(f"process {folder.name}: {command.strip()[:160]}")
        except OSError:  # it ended while we looked, or is another user's
            continue
    return [line for line in found if not line.endswith(": ")]  # a zombie has no command line


def _running(run: str) -> list[str]:
    return [f"container {c['Id'][:12]}: {c['Status']}" for c in _containers(run) if c["State"] == "running"]


def _containers(run: str) -> list[dict[str, Any]]:
    try:
        return [c for c in engine_api.all_containers() if run in json.dumps(c.get("Labels") or {})]
    except OSError:
        return []
