"""The leader: root inside the container for one program start; arms it, hears the request, cleans up.

Read the theory of operation at the top of supervisor.py first. What it does while the program runs is in watch.py.
"""

from __future__ import annotations

import marshal
import os

from . import belongings, wire
from .kernel import Accounts
from .program import NONCE_BYTES, Stage
from .watch import Watch, WorkerGone

WORKER_GONE = 3  # exit status: the worker closed its end
_CHUNK = 1 << 16
_NO_REQUEST: wire.Header = (0, 0, 1_000, 1_000, 3_000, 1_000, 0, 0, 0, [], [], "", "[]", "")


def serve(uid: int, accounts: Accounts, stage: Stage) -> Stage:
    """Serves one program start and exits. Returns in one case: in the process that is the program."""
    pipe, close = os.pipe, os.close
    in_r, in_w = pipe()
    out_r, out_w = pipe()
    err_r, err_w = pipe()
    said_r, said_w = pipe()
    go_r, go_w = pipe()
    pid = os.fork()
    if pid == 0:
        return stage.arm(uid, (in_r, out_w, err_w, said_w, go_r))
    for fd in (in_r, out_w, err_w, said_w, go_r):
        close(fd)
    watch = Watch(pid, accounts, in_w, out_r, err_r, said_r)
    try:
        (length,) = wire.LENGTH.unpack(_read_exactly(4))
        header = _read_exactly(length)
        told = marshal.loads(header)
        parts_bytes, stdin_bytes, cpu_ms, wall_ms, hard_wall_ms, output_bytes, memory_kib = told[:7]
        body = _read_exactly(parts_bytes + stdin_bytes)
        nonce = os.urandom(NONCE_BYTES)
        watch.begin(body[parts_bytes:], cpu_ms, wall_ms, hard_wall_ms, output_bytes, memory_kib)
        _tell(go_w, nonce + wire.LENGTH.pack(length) + header + body[:parts_bytes])
        watch.until_over()
        if not watch.settle():
            wire.send(watch.report(uid, nonce, told, with_files=False))
            os._exit(1)
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)  # for good: with no root uid left, the capabilities are gone too
        wire.send(watch.report(uid, nonce, told, with_files=True))
    except (WorkerGone, BrokenPipeError):
        os._exit(WORKER_GONE)
    except MemoryError:
        os._exit(1)
    belongings.wipe_quickly()
    os._exit(0)


def rehearse(accounts: Accounts) -> None:
    """Goes through a start in PID 1 itself, for a program that says two words and a request that nobody has sent.

    What runs for the first few times writes: code adapts itself to what it meets, types note what was looked up. In a
    fork each page that is written costs a copy, in every start anew; what PID 1 has written already does not.
    """
    (in_r, in_w), (out_r, out_w), (err_r, err_w), (said_r, said_w), (go_r, go_w) = (os.pipe() for _ in range(5))
    pid = os.fork()
    if pid == 0:
        os.write(out_w, b"two words")
        os._exit(0)
    for fd in (in_r, out_w, err_w, said_w):
        os.close(fd)
    watch = Watch(pid, accounts, in_w, out_r, err_r, said_r)
    header = marshal.dumps(_NO_REQUEST, 2)
    told = marshal.loads(header)
    nonce = os.urandom(NONCE_BYTES)
    watch.begin(b"", *told[2:7])
    _tell(go_w, nonce + wire.LENGTH.pack(len(header)) + header)
    try:
        watch.until_over()
    except WorkerGone:
        os._exit(0)
    watch.settle()
    watch.report(0, nonce, told, with_files=False)
    for fd in (out_r, err_r, said_r, go_r, watch.pidfd):
        if fd >= 0:
            os.close(fd)


def _read_exactly(count: int) -> bytes:
    pieces = []
    while count:
        piece = os.read(0, min(count, _CHUNK))
        if not piece:
            raise WorkerGone
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _tell(go_w: int, what: bytes) -> None:
    """Tells the waiting program what it is."""
    view = memoryview(what)
    try:
        while view:
            view = view[os.write(go_w, view) :]
    except BrokenPipeError:
        pass  # it is dead already; that is found out in a moment
    os.close(go_w)
