"""Who a container belongs to, and which ones have lost their owner."""

from __future__ import annotations

import datetime
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ENDED_KEEP_S = 60  # how long an ended container is left to its own worker, which may be asking why it ended


@dataclass(frozen=True, slots=True)
class Owner:
    """A process on a machine: its start time tells it from a later one with the same number."""

    machine: str  # host, boot and pid namespace: where ``pid`` means something
    pid: int
    started: int  # clock ticks since boot

    @classmethod
    def this_process(cls) -> Owner:
        """The calling process."""
        return cls(_machine(), os.getpid(), _started(os.getpid()) or 0)

    @classmethod
    def parse(cls, text: str) -> Owner | None:
        """From a label's value; None when it is not one of ours."""
        machine, _, rest = text.partition("|")
        pid, _, started = rest.partition("|")
        return cls(machine, int(pid), int(started)) if pid.isdigit() and started.isdigit() else None

    def __str__(self) -> str:
        """As a label's value."""
        return f"{self.machine}|{self.pid}|{self.started}"

    def is_dead(self) -> bool:
        """Whether it certainly lives no more; of processes of other machines we know nothing."""
        return self.machine == _machine() and _started(self.pid) != self.started


def labels(label: str, owner: Owner, name: str) -> dict[str, str]:
    """The labels of a container of ours."""
    return {label: "sandbox", f"{label}.owner": str(owner), f"{label}.name": name}


def is_orphan(container: dict[str, Any], label: str, now_s: float) -> bool:
    """Whether a container from the engine's list belongs to nobody any more."""
    owner = Owner.parse(container.get("Labels", {}).get(f"{label}.owner", ""))
    if owner is None or owner.is_dead():
        return True
    return container.get("State") in ("exited", "dead") and now_s - container.get("Created", now_s) > _ENDED_KEEP_S


def now_s() -> float:
    """Seconds since the epoch, as the engine counts."""
    return datetime.datetime.now(tz=datetime.UTC).timestamp()


def _machine() -> str:
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return f"{socket.gethostname()}/{boot}/{Path('/proc/self/ns/pid').readlink()}"


def _started(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return None
