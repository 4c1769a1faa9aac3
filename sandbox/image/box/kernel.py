"""The container's own accounts, from the cgroup that Docker shows read-only inside the container.

It is the only place that knows the CPU time of a whole tree of processes and every out-of-memory kill. Versions 1 and
2 of cgroups name the same facts differently.
"""

from __future__ import annotations

import ctypes
import os

_PR_SET_DUMPABLE = 4
_CPU_SOURCES = (  # file, the word before the number (b"" for a bare number), nanoseconds per unit
    ("cpuacct/cpuacct.usage", b"", 1),
    ("cpu,cpuacct/cpuacct.usage", b"", 1),
    ("cpu.stat", b"usage_usec ", 1000),
)
_OOM_SOURCES = ("memory/memory.oom_control", "memory.events")
_OOM_WORD = b"oom_kill "
_USED_SOURCES = ("memory/memory.usage_in_bytes", "memory.current")
_STAT_SOURCES = ("memory/memory.stat", "memory.stat")
_STAT_WORDS = (b"rss ", b"anon ", b"shmem ")  # of version 1, of version 2, of both
_RT_SIGACTION = {"x86_64": 13, "aarch64": 134}
_LIBRARY_SIGNALS = (32, 33)  # the C library keeps them to itself: its own sigaction() refuses them
_syscall = ctypes.CDLL(None).syscall
_prctl = ctypes.CDLL(None).prctl
_prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong)


def set_dumpable(yes: int) -> None:
    """Whether processes of the same user may look into this one through /proc; forks inherit it."""
    _prctl(_PR_SET_DUMPABLE, yes, 0, 0, 0)


def restore_library_signals() -> None:
    """Gives the two hidden signals their default meaning; now and then a container is started with one ignored."""
    number = _RT_SIGACTION.get(os.uname().machine)
    if number is None:
        return
    default = (ctypes.c_ulong * 4)()  # the kernel's own struct: handler, flags, restorer, mask; zero is SIG_DFL
    for signum in _LIBRARY_SIGNALS:
        _syscall(ctypes.c_long(number), ctypes.c_long(signum), default, None, ctypes.c_long(8))


class Accounts:
    """What the kernel has counted for this container; opened once, each later look is one read."""

    def __init__(self, root: str = "/sys/fs/cgroup") -> None:
        """Finds the files. Some hosts show none of them (gVisor)."""
        self._cpu, self._cpu_word, self._cpu_unit = -1, b"", 1
        for name, word, unit in _CPU_SOURCES:
            found = _open_first(root, (name,))
            if found >= 0:
                self._cpu, self._cpu_word, self._cpu_unit = found, word, unit
                break
        self._oom = _open_first(root, _OOM_SOURCES)
        self._used = _open_first(root, _USED_SOURCES)
        self._stat = _open_first(root, _STAT_SOURCES)
        self.sees_cpu = self._cpu >= 0
        self.sees_oom = self._oom >= 0
        self._idle_kib = self._own_kib()

    def cpu_ns(self) -> int:
        """CPU time of every process that ever ran in this container, in nanoseconds; 0 where it is not shown."""
        if self._cpu < 0:
            return 0
        text = os.pread(self._cpu, 512, 0)
        if self._cpu_word:
            text = text.partition(self._cpu_word)[2].partition(b"\n")[0]
        return int(text) * self._cpu_unit

    def oom_kills(self) -> int:
        """How many processes of this container the kernel has killed for memory; 0 where it is not shown."""
        if self._oom < 0:
            return 0
        return int(os.pread(self._oom, 512, 0).partition(_OOM_WORD)[2].partition(b"\n")[0] or 0)

    def holds_more_than(self, limit_kib: int) -> bool:
        """Whether programs and their files in /tmp take more memory; files that were only read do not count."""
        if self._used < 0 or int(os.pread(self._used, 64, 0)) >> 10 <= limit_kib:
            return False  # the cheap look: it includes everything
        return self._own_kib() - self._idle_kib > limit_kib

    def _own_kib(self) -> int:
        if self._stat < 0:
            return 0
        lines = os.pread(self._stat, 8192, 0).split(b"\n")
        return sum(int(line.split()[1]) for line in lines if line.startswith(_STAT_WORDS)) >> 10


def _open_first(root: str, names: tuple[str, ...]) -> int:
    for name in names:
        try:
            return os.open(f"{root}/{name}", os.O_RDONLY)
        except FileNotFoundError:
            continue
    return -1


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


def data_bytes() -> int:
    """This process's private writable memory, as RLIMIT_DATA counts it."""
    with open("/proc/self/status", "rb") as file:
        found = next((line for line in file if line.startswith(b"VmData:")), b"VmData: 0 kB")
    return int(found.split()[1]) * 1024
