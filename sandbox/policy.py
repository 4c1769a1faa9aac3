"""What holds a program in, as data: the whole policy on one screen. Why each line is there: docs/SECURITY.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

# --- the container ---------------------------------------------------------------------------------------------------
MEMORY_BYTES = 128 << 20  # of everything inside: programs, supervisor, files in /tmp
CPU_PERIOD_US = 50_000  # short: a program that computes all the time is held back 25 ms at a time, and so its output
CPU_QUOTA_US = 25_000  # half a processor; a short program is through before it is used up
PIDS = 64
TMP_BYTES = 16 << 20
TMP_INODES = 2048
CAPABILITIES = ["SETUID", "SETGID", "KILL"]  # PID 1's, to become the student and to end it; no program has any
SECCOMP_PROFILE = Path(__file__).with_name("seccomp.json")
ULIMITS = {"core": (1, 1), "nofile": (256, 256), "stack": (2 << 20, 8 << 20)}  # soft stack: of each thread

# --- one program start -----------------------------------------------------------------------------------------------
OWN_MEMORY_KIB = 96 * 1024  # a limit from here on is the container's own: the supervisor needs its share
HARD_WALL_FACTOR = 3  # times wall_ms, without regard to how loaded the machine is
ANSWER_GRACE_S = 5.0  # silence beyond the hard limit for which the host kills the container
CANCEL_GRACE_S = 0.5  # the same after a cancellation
MAX_REQUEST_BYTES = 24 << 20  # source, input and files together
MAX_FILES_BYTES = 8 << 20  # source and files: they go to /tmp
MAX_OUTPUT_BYTES = 64 << 20
MAX_WRITTEN_BYTES = 2 << 20  # handed back from the container: one frame holds a file
FIRST_UIDS = range(1 << 20, 1 << 31, 1 << 17)  # each container has a stretch of uids of its own, one for each start
MAX_RUNS_PER_CONTAINER = 100_000

ENVIRONMENT = {
    "LD_BIND_NOW": "1",  # else each start looks up anew whatever PID 1 has not called yet
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/tmp/work",  # noqa: S108
    "USER": "student",
    "LOGNAME": "student",
    "PYTHONHASHSEED": "0",  # the order of a set is the same in every run: a verdict does not depend on luck
}


def container(image: str, first_uid: int, runtime: str, labels: dict[str, str]) -> dict[str, Any]:
    """The body of Docker's "create a container", complete: nothing else is said about a container anywhere."""
    return {
        "Image": image,
        "Cmd": ["python3", "-s", "-B", "/opt/coderunner/start.py", str(first_uid)],
        "Env": [f"{name}={value}" for name, value in ENVIRONMENT.items()],
        "Hostname": "sandbox",
        "User": "0:0",
        "WorkingDir": "/",
        "Labels": labels,
        "OpenStdin": True,
        "StdinOnce": True,  # the worker gone: end of file inside, and everything ends itself
        "AttachStdin": True,
        "AttachStdout": True,
        "AttachStderr": True,
        "NetworkDisabled": True,
        "HostConfig": {
            "NetworkMode": "none",
            "IpcMode": "none",
            "Memory": MEMORY_BYTES,
            "MemorySwap": MEMORY_BYTES,  # equal: no swap
            "CpuPeriod": CPU_PERIOD_US,
            "CpuQuota": CPU_QUOTA_US,
            "PidsLimit": PIDS,
            "ReadonlyRootfs": True,
            "Tmpfs": {"/tmp": f"size={TMP_BYTES},nr_inodes={TMP_INODES},mode=1777,noexec,nosuid,nodev"},  # noqa: S108
            "CapDrop": ["ALL"],
            "CapAdd": CAPABILITIES,
            "Privileged": False,
            "SecurityOpt": ["no-new-privileges", f"seccomp={SECCOMP_PROFILE.read_text()}"],
            "Ulimits": [{"Name": n, "Soft": soft, "Hard": hard} for n, (soft, hard) in ULIMITS.items()],
            "LogConfig": {"Type": "none"},
            "RestartPolicy": {"Name": "no"},
            "Init": False,
            "Runtime": runtime or None,
        },
    }
