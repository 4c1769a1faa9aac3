"""The leader: root inside the container for one program start; pumps its streams, watches its limits, cleans up.

Read the theory of operation at the top of supervisor.py first.
"""

from __future__ import annotations

import json
import os
import resource
import secrets
import select
import signal
import stat
import struct
import time
from typing import Any

from . import wire
from .kernel import Accounts, longest_wait_ns
from .program import NONCE_BYTES, SAID_HEADER, WORK, Student, arm

WORKER_GONE = 3  # exit status: the worker closed its end
_TICK_MS = 50  # how late a limit may be noticed
_HOLD_MS = 4  # how long output may wait for more of it; short programs so answer in one write
_BUSY_HOLD_MS = 15  # the same for a program that keeps printing
_CHUNK = 1 << 16
_SAID_MAX_BYTES = 1 << 20
_DRAIN_S = 1.0
_WIPE_DEPTH = 100


def send(data: bytes) -> None:
    """Writes all of ``data`` to the worker."""
    view = memoryview(data)
    while view:
        view = view[os.write(1, view) :]


def become(uid: int) -> None:
    """Takes a student's rights for good: with no root uid left, the capabilities are gone too."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def serve(uid: int, accounts: Accounts) -> Student:
    """Serves one program start and exits. Returns in one case: in the process that is the program."""
    pipes = [os.pipe() for _ in range(5)]
    (in_r, in_w), (out_r, out_w), (err_r, err_w), (said_r, said_w), (go_r, go_w) = pipes
    pid = os.fork()
    if pid == 0:
        return arm(uid, in_r, out_w, err_w, said_w, go_r)
    for fd in (in_r, out_w, err_w, said_w, go_r):
        os.close(fd)
    try:
        length = wire.read_length(_read_exactly, wire.MAX_HEADER_BYTES)
        header = _read_exactly(length)
        told = json.loads(header)
        parts = _read_exactly(told["parts_bytes"])
        stdin = _read_exactly(told["stdin_bytes"])
        nonce = secrets.token_hex(NONCE_BYTES // 2).encode()
        watch = _Watch(pid, accounts, told, nonce, stdin, (in_w, out_r, err_r, said_r))
        _write_all(go_w, nonce + struct.pack(">I", length) + header + parts)
        os.close(go_w)
        watch.until_over()
        _finish(watch, uid, told)
    except (_WorkerGone, BrokenPipeError):
        os._exit(WORKER_GONE)
    except MemoryError:
        os._exit(1)
    os._exit(0)


class _WorkerGone(Exception):
    """End of file on fd 0."""


def _read_exactly(count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        piece = os.read(0, count - len(data))
        if not piece:
            raise _WorkerGone
        data += piece
    return bytes(data)


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


class _Watch:
    """One program under watch: feeds it, takes what it says, and notices the first reason to end it."""

    def __init__(
        self, pid: int, accounts: Accounts, told: dict[str, Any], nonce: bytes, stdin: bytes, fds: tuple[int, ...]
    ) -> None:
        self._pid, self._accounts, self._nonce = pid, accounts, nonce
        self._in, self._out, self._err, self._said_fd = fds
        self._stdin = memoryview(stdin)
        self._cpu_limit_ns: int = told["cpu_ms"] * 1_000_000
        self._wall_limit_ns: int = told["wall_ms"] * 1_000_000
        self._hard_limit_ns: int = told["hard_wall_ms"] * 1_000_000
        self._output_left: int = told["output_bytes"]
        self._pending: list[bytes] = []
        self._pending_since = self._sent_at = 0
        self._said = bytearray()
        self._said_open = True
        self._streams = {self._out: wire.STDOUT, self._err: wire.STDERR}
        self._poll = select.poll()
        for fd in (0, *self._streams, self._said_fd):
            self._poll.register(fd, select.POLLIN)
        self._pidfd = _pidfd(pid)
        if self._pidfd >= 0:
            self._poll.register(self._pidfd, select.POLLIN)
        os.set_blocking(self._in, False)
        self._feed()
        if self._stdin:
            self._poll.register(self._in, select.POLLOUT)
        self.ended = ""  # why it is over: exit, cpu, wall, output, cancel
        self.facts: dict[str, Any] = {}
        self._oom_before = accounts.oom_kills()
        self._cpu_before = accounts.cpu_ns()
        self._own_cpu_before = _own_cpu_ns()
        self._started = time.monotonic_ns()

    def until_over(self) -> None:
        """Returns when the program and all that it started have ended and everything it said is taken."""
        while True:
            for fd, _ in self._poll.poll(self._patience_ms()):
                self._ready(fd)
            self.ended = self.ended or self._exited() or self._limit_passed()
            if self.ended:
                break
            self._flush()
        self._settle()

    def _patience_ms(self) -> float:
        tick = _TICK_MS if self._pidfd >= 0 else 10
        left_ms = (self._cpu_limit_ns - self._cpu_ns()) / 1e6
        patience: float = min(tick, max(5.0, left_ms))
        if self._pending:
            patience = min(patience, max(0.0, (self._flush_at() - time.monotonic_ns()) / 1e6))
        return patience

    def _ready(self, fd: int) -> None:
        if fd in self._streams:
            self._take(fd)
        elif fd == self._said_fd:
            self._listen()
        elif fd == self._in:
            self._feed()
        elif fd == 0:
            if os.read(0, 1) == b"":
                os.kill(-1, signal.SIGKILL)
                raise _WorkerGone
            self.ended = self.ended or "cancel"

    def _feed(self) -> None:
        """Gives the program as much of its input as it takes now."""
        try:
            while self._stdin:
                self._stdin = self._stdin[os.write(self._in, self._stdin[:_CHUNK]) :]
        except BlockingIOError:
            return
        except OSError:
            self._stdin = memoryview(b"")  # it closed its input: its choice
        try:
            self._poll.unregister(self._in)
        except KeyError:
            pass
        os.close(self._in)

    def _take(self, fd: int) -> bool:
        """Takes one piece of output; False at its end."""
        piece = os.read(fd, _CHUNK)
        if not piece:
            self._poll.unregister(fd)
            del self._streams[fd]
            return False
        if len(piece) > self._output_left:
            piece = piece[: self._output_left]
            self.facts["truncated"] = True
            if self.ended in ("", "exit"):
                self.ended = "output"
        self._output_left -= len(piece)
        if piece:
            if not self._pending:
                self._pending_since = time.monotonic_ns()
            self._pending.append(wire.frame(self._streams[fd], piece))
        return True

    def _listen(self) -> bool:
        piece = os.read(self._said_fd, _CHUNK)
        if not piece:
            self._poll.unregister(self._said_fd)
            self._said_open = False
            return False
        if len(self._said) <= _SAID_MAX_BYTES:
            self._said += piece
        return True

    def _flush_at(self) -> int:
        return max(self._pending_since + _HOLD_MS * 1_000_000, self._sent_at + _BUSY_HOLD_MS * 1_000_000)

    def _flush(self) -> None:
        if self._pending and time.monotonic_ns() >= self._flush_at():
            send(b"".join(self._pending))
            self._pending.clear()
            self._sent_at = time.monotonic_ns()

    def _cpu_ns(self) -> int:
        """CPU time of the program and everything it started, in nanoseconds."""
        now = self._accounts.cpu_ns()
        if now is None or self._cpu_before is None:
            return 0  # RLIMIT_CPU decides on such a host
        return max(0, now - self._cpu_before - (_own_cpu_ns() - self._own_cpu_before))

    def _limit_passed(self) -> str:
        if self._cpu_ns() > self._cpu_limit_ns:
            return "cpu"
        elapsed = time.monotonic_ns() - self._started
        return "wall" if elapsed > self._hard_limit_ns or self._waited_too_long(elapsed) else ""

    def _waited_too_long(self, elapsed: int) -> bool:
        """Whether the wall-clock limit is passed by what the program itself spent, not by what others took from it."""
        return elapsed > self._wall_limit_ns and elapsed - longest_wait_ns() > self._wall_limit_ns

    def _exited(self) -> str:
        return "exit" if os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) else ""

    def _settle(self) -> None:
        """Ends everything of the program, takes what is still in its pipes, and adds up."""
        elapsed = time.monotonic_ns() - self._started
        if self.ended == "exit" and self._waited_too_long(elapsed):
            self.ended = "wall"
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            pass
        _, status, usage = os.wait4(self._pid, 0)
        end = time.monotonic() + _DRAIN_S
        for fd in (self._out, self._err):
            while fd in self._streams and _readable(fd, end) and self._take(fd):
                pass
        while self._said_open and _readable(self._said_fd, end) and self._listen():
            pass
        cpu_ns = self._cpu_ns() or int((usage.ru_utime + usage.ru_stime) * 1e9)
        code = os.waitstatus_to_exitcode(status)
        if self.ended == "exit" and (cpu_ns > self._cpu_limit_ns or code == -signal.SIGXCPU):
            self.ended = "cpu"
        self.facts |= {
            "ended": self.ended,
            "exit_code": code,
            "cpu_us": cpu_ns // 1000,
            "wall_us": elapsed // 1000,
            "peak_kib": usage.ru_maxrss,
            "oom_kills": self._accounts.oom_kills() - self._oom_before,
        }

    def report(self) -> bytes:
        """Everything not sent yet, but files and the result."""
        said = _only_message(bytes(self._said), self._nonce)
        return b"".join(self._pending) + (wire.frame(wire.VALUE, said) if said else b"")


def _finish(watch: _Watch, uid: int, told: dict[str, Any]) -> None:
    """Sends what happened, then leaves nothing behind. From here on this process has the student's rights only."""
    become(uid)
    files = b""
    if watch.ended == "exit":
        files = _collect(told["collect"], told["written_files"], told["written_bytes"], watch.facts)
    send(watch.report() + files + wire.frame(wire.RESULT, json.dumps(watch.facts).encode()))
    wipe()


def _only_message(said: bytes, nonce: bytes) -> bytes:
    """Kind and payload of the one message that carries the nonce; b"" if there is none, or anything beside it."""
    start = len(nonce) + SAID_HEADER.size
    if len(said) < start or said[: len(nonce)] != nonce:
        return b""
    kind, length = SAID_HEADER.unpack_from(said, len(nonce))
    return kind + said[start:] if len(said) == start + length else b""


def _collect(names: list[str], max_files: int, max_bytes: int, facts: dict[str, Any]) -> bytes:
    """FILE frames of the regular files asked for; what is refused is named in the facts."""
    frames: list[bytes] = []
    refused = {}
    left = max_bytes
    for name in names:
        try:
            fd = os.open(f"{WORK}/{name}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        except OSError as error:
            refused[name] = error.strerror or "refused"
            continue
        try:
            about = os.fstat(fd)
            if not stat.S_ISREG(about.st_mode) or about.st_nlink != 1:
                refused[name] = "not a plain file"
            elif about.st_size > left or len(frames) == max_files:
                refused[name] = "too much"
            else:
                content = os.read(fd, about.st_size)
                left -= len(content)
                frames.append(wire.frame(wire.FILE, wire.file_payload(name, content)))
        finally:
            os.close(fd)
    if refused:
        facts["refused"] = refused
    return b"".join(frames)


def wipe() -> None:
    """Empties the writable places with the rights of the student who filled them; what resists is seen by PID 1."""
    for root in ("/tmp", "/dev/shm", "/dev/mqueue"):
        try:
            fd = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            continue
        _empty(fd, _WIPE_DEPTH)
        os.close(fd)


def _empty(directory: int, depth: int) -> None:
    for name in os.listdir(directory):
        try:
            try:
                os.unlink(name, dir_fd=directory)
            except IsADirectoryError:
                if depth:
                    _empty_child(directory, name, depth)
                os.rmdir(name, dir_fd=directory)
        except OSError:
            continue


def _empty_child(directory: int, name: str, depth: int) -> None:
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
    try:
        child = os.open(name, flags, dir_fd=directory)
        os.fchmod(child, 0o700)
    except PermissionError:
        os.chmod(name, 0o700, dir_fd=directory)
        child = os.open(name, flags, dir_fd=directory)
    _empty(child, depth - 1)
    os.close(child)


def _own_cpu_ns() -> int:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return int((usage.ru_utime + usage.ru_stime) * 1e9)


def _pidfd(pid: int) -> int:
    try:
        return os.pidfd_open(pid)
    except OSError:
        return -1  # gVisor, old kernels: the tick finds the end instead


def _readable(fd: int, end: float) -> bool:
    left_s = end - time.monotonic()
    return left_s > 0 and bool(select.select([fd], [], [], left_s)[0])
