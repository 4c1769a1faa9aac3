"""The leader's eyes on one program: pumps its streams, notices the first limit that it passes, adds up at the end."""

from __future__ import annotations

import json
import os
import select
import signal
import time

from . import belongings, wire
from .kernel import Accounts, longest_wait_ns
from .program import SAID_HEADER

_TICK_MS = 50.0  # how late a limit may be noticed
_BLIND_TICK_MS = 10.0  # where the kernel does not tell that a process ended
_HOLD_NS = 4_000_000  # how long output may wait for more of it: a short program's goes out with its result
_BUSY_HOLD_NS = 10_000_000  # the same for a program that keeps printing
_WORTH_ASKING_NS = 100_000_000  # a run shorter than this has not waited for the machine so that anybody cared
_CHUNK = 1 << 16
_SAID_MAX_BYTES = 1 << 20
_ALONE_S = 2.0


class WorkerGone(Exception):
    """End of file on fd 0."""


class Watch:
    """One program under watch: feeds it, takes what it says, and notices the first reason to end it."""

    def __init__(self, pid: int, accounts: Accounts, in_w: int, out_r: int, err_r: int, said_r: int) -> None:
        self._pid, self._accounts = pid, accounts
        self._in, self._out, self._err, self._said_fd = in_w, out_r, err_r, said_r
        self._stdin = memoryview(b"")
        self._pending: list[bytes] = []
        self._pending_since = self._sent_at = 0
        self._said = b""
        self._said_open = True
        self._open = {out_r, err_r}
        self._truncated = False
        self._poll = select.poll()
        self._tick = _TICK_MS
        register = self._poll.register
        for fd in (0, out_r, err_r, said_r):
            register(fd, select.POLLIN)
        self.pidfd = -1
        try:
            self.pidfd = os.pidfd_open(pid)
            register(self.pidfd, select.POLLIN)
        except OSError:
            self._tick = _BLIND_TICK_MS  # gVisor, old kernels
        self.ended = ""  # why it is over: exit, cpu, wall, memory, output, cancel
        self.facts = ""  # the RESULT, JSON

    def begin(
        self, stdin: bytes, cpu_ms: int, wall_ms: int, hard_wall_ms: int, output_bytes: int, memory_kib: int
    ) -> None:
        """From now on the clocks run. All times in here are nanoseconds. ``memory_kib`` 0: the kernel limits it."""
        self._cpu_limit = cpu_ms * 1_000_000
        self._wall_limit = wall_ms * 1_000_000
        self._hard_limit = hard_wall_ms * 1_000_000
        self._output_left = output_bytes
        self._memory_limit = memory_kib
        if stdin:
            self._stdin = memoryview(stdin)
            os.set_blocking(self._in, False)
            self._poll.register(self._in, select.POLLOUT)
        else:
            os.close(self._in)
        self._cpu_before = self._accounts.cpu_ns() - time.process_time_ns()
        self._started = time.monotonic_ns()

    def until_over(self) -> None:
        """Returns when there is a reason to end the program: ``ended``. Most often, that it has ended itself."""
        patience = self._tick
        while True:
            ready = [fd for fd, _ in self._poll.poll(patience)]
            self._take(self._out in ready, self._err in ready)
            if self._said_fd in ready:
                self._listen()
            if self._in in ready:
                self._feed()
            if 0 in ready:
                self._hear()
            if not self.ended and os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                self.ended = "exit"
            if self.ended:
                return
            cpu_left = self._cpu_limit - self._cpu_ns()
            patience = min(self._tick, max(5.0, cpu_left / 1e6))
            if cpu_left < 0:
                self.ended = "cpu"
            elif self._memory_limit and self._accounts.holds_more_than(self._memory_limit):
                self.ended = "memory"
            elif self._waited_too_long():
                self.ended = "wall"
            if self._pending:
                patience = min(patience, self._flush())

    def _hear(self) -> None:
        """The worker wants this to end, or is gone."""
        self.ended = "cancel"
        if os.read(0, 1) == b"":
            os.kill(-1, signal.SIGKILL)
            raise WorkerGone

    def _feed(self) -> None:
        """Gives the program as much of its input as it takes now."""
        try:
            while self._stdin:
                self._stdin = self._stdin[os.write(self._in, self._stdin) :]
        except BlockingIOError:
            return
        except OSError:
            self._stdin = memoryview(b"")  # it closed its input: its choice
        self._poll.unregister(self._in)
        os.close(self._in)

    def _take(self, out: bool, err: bool) -> None:
        """Takes a piece of each stream that has one. stdout is passed on first, but stderr is the last to be cut."""
        errors = self._piece(self._err) if err else b""
        output = self._piece(self._out) if out else b""
        if len(errors) + len(output) > self._output_left:
            errors = errors[: self._output_left]
            output = output[: self._output_left - len(errors)]
            self._truncated = True
            if self.ended in ("", "exit"):
                self.ended = "output"
        self._output_left -= len(errors) + len(output)
        if (errors or output) and not self._pending:
            self._pending_since = time.monotonic_ns()
        if output:
            self._pending.append(wire.frame(wire.STDOUT, output))
        if errors:
            self._pending.append(wire.frame(wire.STDERR, errors))

    def _piece(self, fd: int) -> bytes:
        piece = os.read(fd, _CHUNK)
        if not piece:
            self._poll.unregister(fd)
            self._open.discard(fd)
        return piece

    def _listen(self) -> None:
        """Takes what the harness says on its own channel; far too much is as good as nothing."""
        piece = os.read(self._said_fd, _CHUNK)
        if not piece:
            self._poll.unregister(self._said_fd)
            self._said_open = False
        elif len(self._said) <= _SAID_MAX_BYTES:
            self._said += piece

    def _flush(self) -> float:
        """Sends the output that has waited long enough; returns how long it may still wait, in milliseconds."""
        now = time.monotonic_ns()
        due = max(self._pending_since + _HOLD_NS, self._sent_at + _BUSY_HOLD_NS)
        if now < due:
            return (due - now) / 1e6
        wire.send(b"".join(self._pending))
        self._pending.clear()
        self._sent_at = now
        return self._tick

    def _cpu_ns(self) -> int:
        """CPU time of the program and everything it started, without the leader's own."""
        if not self._accounts.sees_cpu:
            return 0  # RLIMIT_CPU and, at the end, the program's own rusage decide on such a host
        return self._accounts.cpu_ns() - time.process_time_ns() - self._cpu_before

    def _waited_too_long(self) -> bool:
        """Whether the wall-clock limit is passed by what the program spent itself, not by what others took from it."""
        elapsed = time.monotonic_ns() - self._started
        if elapsed <= self._wall_limit:
            return False
        return elapsed > self._hard_limit or elapsed - longest_wait_ns() > self._wall_limit

    def settle(self) -> bool:
        """Ends everything of the program, takes what is still in its pipes, and adds up.

        Returns whether PID 1 and this process are now alone. Before that, it must not become the student: a process
        that has been killed may still be letting go of its files, with signals that it ordered for whoever is its own.
        """
        elapsed = time.monotonic_ns() - self._started
        waited = min(elapsed, longest_wait_ns()) if elapsed > _WORTH_ASKING_NS else 0
        if self.ended == "exit" and self._waited_too_long():
            self.ended = "wall"
        if self.ended != "exit":
            os.kill(-1, signal.SIGKILL)  # everybody but PID 1 and this process; the program is there, maybe as a zombie
        _, status, usage = os.wait4(self._pid, 0)
        alone = _alone()
        while self._open and (ready := _ready(self._open)):  # nobody is left to write more
            self._take(self._out in ready, self._err in ready)
        while self._said_open and _ready({self._said_fd}):
            self._listen()
        cpu_ns = self._cpu_ns() or int((usage.ru_utime + usage.ru_stime) * 1e9)
        if self.ended == "exit" and cpu_ns > self._cpu_limit:
            self.ended = "cpu"
        self.facts = (
            f'"ended": "{self.ended}", "exit_code": {os.waitstatus_to_exitcode(status)}, "cpu_us": {cpu_ns // 1000}, '
            f'"wall_us": {elapsed // 1000}, "waited_us": {waited // 1000}, "peak_kib": {usage.ru_maxrss}, '
            f'"truncated": {int(self._truncated)}, "oom_kills": {self._accounts.oom_kills()}'
        )
        return alone

    def report(self, uid: int, nonce: bytes, told: wire.Header, *, with_files: bool) -> bytes:
        """Everything that has not been sent yet, the RESULT last. ``with_files``: only with the student's rights."""
        said = _only_message(self._said, nonce)
        if said:
            self._pending.append(wire.frame(wire.VALUE, said))
        max_files, max_bytes, names = told[7:10]
        if names and with_files and self.ended == "exit":
            refused = belongings.collect(uid, names, max_files, max_bytes, self._pending)
            self.facts += f', "refused": {json.dumps(refused)}'
        self._pending.append(wire.frame(wire.RESULT, b"{" + self.facts.encode() + b"}"))
        return b"".join(self._pending)


def _only_message(said: bytes, nonce: bytes) -> bytes:
    """Kind and payload of the one message that carries the nonce; b"" if there is none, or anything beside it."""
    start = len(nonce) + SAID_HEADER.size
    if len(said) < start or said[: len(nonce)] != nonce:
        return b""
    kind, length = SAID_HEADER.unpack_from(said, len(nonce))
    return bytes(kind) + said[start:] if len(said) == start + length else b""


def _ready(fds: set[int]) -> list[int]:
    """Those of ``fds`` that can be read now."""
    return select.select(fds, [], [], 0)[0]


def _alone() -> bool:
    """Waits until every process but PID 1 and this one is gone and reaped; whether that came to pass."""
    end = time.monotonic() + _ALONE_S
    while time.monotonic() < end:
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            return True
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass  # a process can be born as its parent's sibling, and is then for this one to reap
        except ChildProcessError:
            pass
        time.sleep(0.0002)
    return False
