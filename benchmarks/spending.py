"""What each part of a running platform has spent: processor time and memory of its processes, containers and engine.

Read from the processes and control groups themselves, so that whoever makes the load does not enter. Only the engine is
shared with other installations on this machine: measure while they rest.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from sandbox.engine import Engine
from tests.instance import Instance

PARTS = ("web", "workers", "redis", "sandbox", "engine")
MIB = 1024 * 1024
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_ENGINE_PROCESSES = frozenset(("dockerd", "containerd", "containerd-shim"))
_LOOK_EVERY_S = 1.0  # what a container spends after the last look, before it is retired, is not seen


@dataclass(frozen=True, slots=True)
class Spent:
    """Since the platform was started: seconds of processor time by part, and bytes of memory that each holds now."""

    cpu_s: Mapping[str, float]
    memory_bytes: Mapping[str, int]


class Spending:
    """A context manager that keeps looking. ``label`` is the SANDBOX_LABEL of this installation and of no other."""

    def __init__(self, instance: Instance, label: str) -> None:
        self._roots = {name: process.pid for name, process in instance.processes.items()}
        if instance.redis.process is not None:
            self._roots["redis"] = instance.redis.process.pid
        self._label = label
        self._engine, self._engine_cpu = Engine(), EngineCpu()
        self._containers: dict[str, float] = {}  # processor seconds, the last look before one was retired included
        self._looking, self._done = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._keep_looking, daemon=True)

    def __enter__(self) -> Spending:
        """From now on nothing that ends is missed."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._done.set()
        self._thread.join()

    def now(self) -> Spent:
        """Everything until this moment."""
        families = {name: _family(pid) for name, pid in self._roots.items()}
        cpu_s = {name: sum(_cpu_s(one) for one in family) for name, family in families.items()}
        memory = {name: sum(one.memory_info().rss for one in family) for name, family in families.items()}
        living = self._look()
        return Spent(
            cpu_s | {"sandbox": sum(self._containers.values()), "engine": self._engine_cpu.seconds()},
            memory | {"sandbox": sum(map(container_memory_bytes, living)), "engine": 0},  # it is not the platform's
        )

    def _keep_looking(self) -> None:
        while not self._done.wait(_LOOK_EVERY_S):
            self._look()

    def _look(self) -> list[str]:
        with self._looking:
            living = [str(one["Id"]) for one in self._engine.containers(self._label)]
            for container in living:
                self._containers[container] = max(self._containers.get(container, 0.0), container_cpu_s(container))
            self._engine_cpu.seconds()
            return living


class EngineCpu:
    """Processor time of the Docker engine and its helpers, those that have ended included."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}  # by process, the last look before one ended included

    def seconds(self) -> float:
        """So far."""
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and (entry / "comm").read_text().strip()[:15] in _ENGINE_PROCESSES:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                    self._seen[entry.name] = sum(map(int, fields[11:15])) * _TICK_S  # and of helpers that have ended
            except (OSError, IndexError):
                continue
        return sum(self._seen.values())


def container_cpu_s(container: str) -> float:
    """Processor time of everything in a container; 0 for one that is gone."""
    v1 = Path(f"/sys/fs/cgroup/cpuacct/docker/{container}/cpuacct.usage")
    v2 = Path(f"/sys/fs/cgroup/system.slice/docker-{container}.scope/cpu.stat")
    try:
        if v1.exists():
            return int(v1.read_text()) / 1e9
        return int(v2.read_text().split()[1]) / 1e6
    except (OSError, ValueError, IndexError):
        return 0.0


def container_memory_bytes(container: str) -> int:
    """What a container holds; 0 for one that is gone."""
    v1 = Path(f"/sys/fs/cgroup/memory/docker/{container}/memory.usage_in_bytes")
    v2 = Path(f"/sys/fs/cgroup/system.slice/docker-{container}.scope/memory.current")
    for path in (v1, v2):
        try:
            return int(path.read_text())
        except (OSError, ValueError):
            continue
    return 0


def machine_busy_s() -> float:
    """Seconds that the machine's processors worked for anybody, since it was started."""
    spent = psutil.cpu_times()
    return float(sum(spent) - spent.idle - spent.iowait - spent.guest - spent.guest_nice)


def _family(pid: int) -> list[psutil.Process]:
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
