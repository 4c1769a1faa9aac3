"""PID 1 of a sandbox container: starts one leader per program, then proves that nothing is left.

Theory of operation
===================

Three kinds of process, each trusted less than the one before:

* **PID 1** (this file): root inside the container, with SETUID, SETGID and KILL and no other capability. It never reads
  a byte that came from outside: fd 0 passes through it untouched. So whatever it hands down by fork() to the next
  program holds no earlier student's code, input or output. It is not dumpable: no student can look into it.
* The **leader** (leader.py), root too, lives for one program start. It is forked *before* the request comes, forks the
  program at once, and only then waits for the request: so a start costs no fork. It reads exactly one request, gives
  the program its part, pumps input and output, watches the limits. When the program is over it kills every process
  but itself and PID 1, takes the program's uid for good, hands back the files asked for and empties /tmp: paths that
  a student could write are only ever opened by a process that has the student's rights.
* The **program** (program.py): a uid that was never used before on this host, no capability, own rlimits.

One turn of the loop below::

    fork leader ─ leader arms, waits ─ request ─ program runs ─ RESULT sent ─ /tmp emptied ─ leader exits
         └ PID 1: wait for leader → kill all → reap until ECHILD → look at /tmp, /dev/shm, IPC → CLEAN or DIRTY

"Nothing is left" is proved, not assumed. Every process of the container is a descendant of PID 1 and orphans come to
it, so waitpid() saying ECHILD means that no other process exists: unlike a look at /proc it cannot miss one. Files
can only be in /tmp, /dev/shm and /dev/mqueue (all else is read-only), and System V objects and sockets only in the
kernel's own tables; both are counted, never read (traces.py says why). If anything is left, or a leader died, PID 1
says DIRTY and ends, and the container with it.

Everything ends itself: when the worker goes away, fd 0 says end-of-file; the leader sees it whether it waits or works,
kills what runs and exits with WORKER_GONE, and PID 1 ends.
"""

from __future__ import annotations

import _socket
import gc
import json
import os
import signal
import sys
import time

from . import belongings, leader, preload, wire
from .kernel import Accounts, data_bytes, restore_library_signals, set_dumpable
from .program import Stage
from .traces import Traces

_REHEARSALS = 12  # Python's code begins to adapt itself after eight; why it should: leader.rehearse
_REAP_S = 2.0
_SETTLE_S = 0.5  # for sockets that wait for the kernel's own collector


def main() -> Stage:
    """Serves program starts until the worker goes away. Returns in one case: in the process that is the program."""
    uid = _first_uid(int(sys.argv[1]))
    set_dumpable(0)
    restore_library_signals()
    _close_terminals()
    preload.everything()
    accounts = Accounts()
    stage = Stage(data_bytes())
    traces = Traces()
    hello = {
        "protocol": wire.PROTOCOL,
        "python": sys.version.split()[0],
        "sees_cpu": accounts.sees_cpu,
        "sees_oom": accounts.sees_oom,
    }
    clean = wire.frame(wire.CLEAN)
    gc.disable()
    gc.collect()
    gc.freeze()
    for _ in range(_REHEARSALS):
        leader.rehearse(accounts)
        stage.rehearse()
        _what_is_left(uid, 0, traces)
    gc.freeze()
    wire.send(wire.frame(wire.HELLO, json.dumps(hello).encode()))  # only now may requests come
    fork, wait = os.fork, os.waitpid
    while True:
        uid += 1
        pid = fork()
        if pid == 0:
            return leader.serve(uid, accounts, stage)
        ended = 0
        while ended != pid:  # orphans are reaped as they come: the leader wants to know when it is alone
            ended, status = wait(-1, os.WUNTRACED)
        if status >> 8 == leader.WORKER_GONE and os.WIFEXITED(status):
            os._exit(0)
        left = _what_is_left(uid, status, traces)
        if left:
            report = {"reason": left, "oom_kills": accounts.oom_kills()}
            wire.send(wire.frame(wire.DIRTY, json.dumps(report).encode()))
            os._exit(1)
        wire.send(clean)


def _close_terminals() -> None:
    """Nobody here needs a terminal, and the kernel's code for them is old and large; Docker lets anybody open some."""
    try:
        os.chmod("/dev/pts/ptmx", 0)
    except OSError:
        pass  # another runtime, without any


def _first_uid(wanted: int) -> int:
    """The first uid of this container's own range, or a smaller one where the host maps only some (rootless, remap)."""
    with open("/proc/self/uid_map", "rb") as file:
        mapped = sum(int(line.split()[2]) for line in file)
    return wanted if wanted + 100_000 < mapped else 10_000 + wanted % 40_000


def _what_is_left(uid: int, status: int, traces: Traces) -> str:
    """Ends and removes what is left of one start; returns what it could not make right, in words: "" is clean."""
    if not _everybody_gone():
        return "a process would not end"
    if status != 0:
        return f"the leader ended with wait status {status}"
    files = traces.of_files()
    if files:
        _wipe(uid)
    if traces.of_objects() and not _soon_without_objects(traces):
        return "System V objects or sockets are left"
    if files and traces.of_files():
        return f"files are left: {[os.listdir(root)[:5] for root in belongings.WRITABLE]}"
    return ""


def _soon_without_objects(traces: Traces) -> bool:
    """Sockets sent through each other outlive their processes until the next socket's end sets off a collection."""
    end = time.monotonic() + _SETTLE_S
    while time.monotonic() < end:
        _socket.socket(_socket.AF_UNIX).close()
        if not traces.of_objects():
            return True
        time.sleep(0.002)
    return False


def _everybody_gone() -> bool:
    """Reaps every other process, killing what still lives; whether the kernel says that there is none left."""
    end = 0.0
    try:
        while True:
            if os.waitpid(-1, os.WNOHANG)[0]:
                continue
            if not end:
                end = time.monotonic() + _REAP_S
            elif time.monotonic() > end:
                return False
            os.kill(-1, signal.SIGKILL)
            time.sleep(0.0005)
    except ChildProcessError:
        return True


def _wipe(uid: int) -> None:
    """The thorough wipe, now that nobody else is alive who could add something."""
    pid = os.fork()
    if pid == 0:
        belongings.wipe_thoroughly(uid)
        os._exit(0)
    os.waitpid(pid, 0)
