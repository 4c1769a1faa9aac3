"""The few kernel services that Python's os module does not offer, and the container's own accounts.

Accounts come from the cgroup, which Docker shows read-only inside the container: the only place that knows the CPU
time of a whole tree of processes and every out-of-memory kill. cgroup v1 and v2 name the same facts differently.
"""

from __future__ import annotations

import ctypes
import os

_PR_SET_DUMPABLE = 4
_CPU_SOURCES = (  # path, the word before the number ("" for a bare number), nanoseconds per unit
    ("/sys/fs/cgroup/cpuacct/cpuacct.usage", "", 1),
    ("/sys/fs/cgroup/cpu,cpuacct/cpuacct.usage", "", 1),
    ("/sys/fs/cgroup/cpu.stat", "usage_usec", 1000),
)
_OOM_SOURCES = (
    ("/sys/fs/cgroup/memory/memory.oom_control", "oom_kill"),
    ("/sys/fs/cgroup/memory.events", "oom_kill"),
)
_libc = ctypes.CDLL(None, use_errno=True)


def set_dumpable(yes: bool) -> None:
    """Whether processes of the same user may read this one's memory through /proc."""
    _libc.prctl(_PR_SET_DUMPABLE, int(yes), 0, 0, 0)


class Accounts:
    """What the kernel has counted for this container. ``None`` or 0 where the host shows nothing (gVisor)."""

    def __init__(self) -> None:
        """Finds the files once; each later look is one read."""
        self._cpu = next(((_open(p), word, unit) for p, word, unit in _CPU_SOURCES if os.path.exists(p)), None)
        self._oom = next(((_open(p), word) for p, word in _OOM_SOURCES if os.path.exists(p)), None)

    @property
    def sees_cpu(self) -> bool:
        """Whether CPU time is counted for the whole container."""
        return self._cpu is not None

    @property
    def sees_oom(self) -> bool:
        """Whether out-of-memory kills are counted."""
        return self._oom is not None

    def cpu_ns(self) -> int | None:
        """CPU time of every process that ever ran in this container, in nanoseconds."""
        if self._cpu is None:
            return None
        fd, word, unit = self._cpu
        return _number(fd, word) * unit

    def oom_kills(self) -> int:
        """How many processes of this container the kernel has killed for memory."""
        return 0 if self._oom is None else _number(*self._oom)


def _open(path: str) -> int:
    return os.open(path, os.O_RDONLY | os.O_CLOEXEC)


def _number(fd: int, word: str) -> int:
    text = os.pread(fd, 4096, 0).decode()
    if not word:
        return int(text)
    for line in text.splitlines():
        name, _, value = line.partition(" ")
        if name == word:
            return int(value)
    return 0


def longest_wait_ns() -> int:
    """The longest that any living thread of the container was ready to run and had no processor, in nanoseconds.

    Other programs' load and the container's own CPU quota are in it; sleeping and waiting for input are not.
    """
    longest = 0
    me = str(os.getpid())
    for pid in os.listdir("/proc"):
        if not pid.isdigit() or pid in ("1", me):
            continue
        try:
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/schedstat", "rb") as file:
                    longest = max(longest, int(file.read().split()[1]))
        except (OSError, IndexError, ValueError):
            continue  # it ended while we looked, or the host does not count waiting
    return longest
