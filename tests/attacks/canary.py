"""Says everything about its start that an earlier start could have changed: runs in the sandbox after each attack."""

import builtins
import json
import os
import re
import resource
import signal
import sys
import threading


def lines(path: str) -> list[str]:
    """The lines of a file of the kernel's; empty where it shows none."""
    try:
        with open(path) as file:  # noqa: PTH123 - the canary imports no more than it must
            return file.read().splitlines()
    except OSError:
        return []


def listing(folder: str) -> list[str]:
    """The names in a folder; empty where there is none."""
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []  # noqa: PTH112, PTH208


def described(descriptor: str) -> str | None:
    """What an open file is, without the number that differs from start to start."""
    try:
        return re.sub(r"\d+", "N", os.readlink(f"/proc/self/fd/{descriptor}"))  # noqa: PTH115
    except OSError:
        return None  # the listing's own


def processes() -> list[str]:
    """Name and command line of every process of the container."""
    pids = [name for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208
    told = [str([*lines(f"/proc/{pid}/comm"), *lines(f"/proc/{pid}/cmdline")]) for pid in pids]
    return sorted(re.sub(r"\d+", "N", text) for text in told)


def own_status() -> dict[str, str]:
    """What the kernel says about this process and does not count."""
    told = dict(line.split(":\t", 1) for line in lines("/proc/self/status") if ":\t" in line)
    keep = ("Umask", "Threads", "SigPnd", "ShdPnd", "SigBlk", "SigIgn", "SigCgt", "Seccomp", "NoNewPrivs", "Groups")
    return {name: told.get(name, "") for name in (*keep, "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")}


def room() -> list[bool]:
    """Whether blocks and inodes of the working directory are there as they should be, all but a few."""
    here = os.statvfs(".")
    return [here.f_bavail > 0.97 * here.f_blocks, here.f_favail > 0.97 * here.f_files]


limits = [name for name in dir(resource) if name.startswith("RLIMIT_")]
# The data limit is set from what the interpreter holds at its start, which differs by a few pages.
facts = {
    "processes": processes(),
    "directory": [os.getcwd(), listing(".")],  # noqa: PTH109
    "places": {place: listing(place) for place in ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "/dev")},
    "ipc": {name: lines(f"/proc/sysvipc/{name}")[1:] for name in ("shm", "sem", "msg")},
    "sockets": {name: lines(f"/proc/net/{name}")[1:] for name in ("unix", "tcp", "tcp6", "udp", "udp6")},
    "limits": {name: resource.getrlimit(getattr(resource, name)) for name in limits if name != "RLIMIT_DATA"},
    "environment": dict(os.environ),
    "open files": {name: described(name) for name in listing("/proc/self/fd") if described(name)},
    "status": own_status(),
    "priority": [os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), sorted(os.sched_getaffinity(0))],
    "out of memory": lines("/proc/self/oom_score_adj"),
    "timers": [signal.getitimer(timer) for timer in range(3)],
    "shared mappings": [line for line in lines("/proc/self/maps") if re.match(r"\S+ rw.s", line)],
    "mounts": [line.split()[4:6] for line in lines("/proc/self/mountinfo")],
    "modules": sorted(sys.modules),
    "builtins": sorted(vars(builtins)),
    "interpreter": [sys.path, sys.argv, sys.getrecursionlimit(), sys.getswitchinterval(), sys.gettrace() is None],
    "threads": threading.active_count(),
    "room": room(),
    "host name": os.uname().nodename,
}
print(json.dumps(facts, sort_keys=True))
