"""The program: the process that becomes the student's, and the harness that makes it look like `python3 main.py`."""

from __future__ import annotations

import atexit
import builtins
import gc
import io
import json
import os
import resource
import signal
import struct
import sys
import threading
import types
from typing import Any, TextIO

from . import tester
from .kernel import set_dumpable

WORK = "/tmp/work"
NONCE_BYTES = 16
SAID_HEADER = struct.Struct(">cI")
VALUE, COMPILE, MEMORY, TESTS = b"V", b"C", b"M", b"T"

_SAID_FD = 127  # the last of the open files allowed: out of the way of the student's own
_MIB = 1 << 20
_LIMITS = (  # what a program may never raise again
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_FSIZE, 8 * _MIB),
    (resource.RLIMIT_MEMLOCK, 0),
    (resource.RLIMIT_MSGQUEUE, 0),
    (resource.RLIMIT_NOFILE, _SAID_FD + 1),
    (resource.RLIMIT_NPROC, 48),
    (resource.RLIMIT_SIGPENDING, 256),
    (resource.RLIMIT_STACK, 8 * _MIB),
)
_UNREADABLE = (SyntaxError, ValueError, OverflowError, RecursionError)  # ValueError: NUL bytes; UnicodeError is one
_HARNESS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def arm(uid: int, in_r: int, out_w: int, err_w: int, said_w: int, go_r: int) -> Student:
    """Turns this fresh fork into a process with a student's rights, waiting to be told what to run."""
    os.setsid()
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")  # if memory runs out, this one goes first, not PID 1
    for source, target in ((in_r, 0), (out_w, 1), (err_w, 2), (go_r, 3)):
        # the pipes were made in order above fd 3, so no target is still needed as a source
        os.dup2(source, target)
    os.dup2(said_w, _SAID_FD, inheritable=False)
    os.closerange(4, _SAID_FD)
    for name, value in _LIMITS:
        resource.setrlimit(name, (value, value))
    os.nice(5)  # below the leader, which has limits to watch
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    set_dumpable(True)  # else /proc/self belongs to root, unlike in any ordinary process
    os.umask(0o022)
    os.mkdir(WORK, 0o700)
    os.chdir(WORK)
    return Student()


class Student:
    """A program that waits to be told what it is. ``run`` never returns."""

    def run(self) -> None:
        """Reads the request and runs it to its end, the way CPython would."""
        with open(3, "rb") as file:
            told = file.read()
        if not told:
            os._exit(0)
        nonce = told[:NONCE_BYTES]
        (length,) = struct.unpack_from(">I", told, NONCE_BYTES)
        start = NONCE_BYTES + 4
        header = json.loads(told[start : start + length])
        source = _unpack(told, start + length, header)
        del told
        say = _Mouth(nonce)
        main = _interpreter(header)
        _end(_run(header, source, main, say), main, say)


class _Mouth:
    """The program's own channel to the leader; speaks once, and only for the process that was started."""

    def __init__(self, nonce: bytes) -> None:
        self._nonce, self._pid = nonce, os.getpid()

    def __call__(self, kind: bytes, payload: bytes = b"") -> None:
        if os.getpid() != self._pid or not self._nonce:
            return
        view = memoryview(self._nonce + SAID_HEADER.pack(kind, len(payload)) + payload)
        self._nonce = b""
        while view:
            view = view[os.write(_SAID_FD, view) :]


def _unpack(told: bytes, at: int, header: dict[str, Any]) -> bytes:
    """Writes the files of the request into the working directory; returns the student's source."""
    source = told[at : at + header["source_bytes"]]
    at += header["source_bytes"]
    _write("main.py", source)
    for name, size in header["files"]:
        _write(name, told[at : at + size])
        at += size
    return source


def _write(name: str, content: bytes) -> None:
    with open(f"{WORK}/{name}", "wb") as file:
        file.write(content)


def _interpreter(header: dict[str, Any]) -> types.ModuleType:
    """Makes this interpreter look freshly started on main.py; returns the student's module."""
    cpu_s = header["cpu_ms"] // 1000 + 2  # backup only: the leader sees the whole tree and is earlier
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    data = _data_bytes() + header["memory_kib"] * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (data, data))
    sys.stdin = sys.__stdin__ = _text(0, "<stdin>", "r", "strict")  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = _text(1, "<stdout>", "w", "strict")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _text(2, "<stderr>", "w", "backslashreplace")  # type: ignore[misc]
    sys.argv = ["main.py"]
    sys.orig_argv = [sys.executable, "main.py"]
    sys.path[0] = WORK
    for name in [name for name in sys.modules if name == "box" or name.startswith("box.")]:
        del sys.modules[name]
    imported = header["function"] is not None or header["test_name"] is not None
    main = types.ModuleType("main" if imported else "__main__")
    vars(main).update(__file__="main.py", __builtins__=builtins, __annotations__={}, __cached__=None)
    sys.modules[main.__name__] = main
    if imported:
        sys.modules["__main__"] = types.ModuleType("__main__")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.enable()
    return main


def _data_bytes() -> int:
    with open("/proc/self/status", "rb") as file:
        for line in file:
            if line.startswith(b"VmData:"):
                return int(line.split()[1]) * 1024
    return 0


def _text(fd: int, name: str, mode: str, errors: str) -> io.TextIOWrapper:
    raw = io.FileIO(fd, mode, closefd=False)
    raw.name = name
    buffer = io.BufferedReader(raw) if mode == "r" else io.BufferedWriter(raw)
    text = io.TextIOWrapper(buffer, encoding="utf-8", errors=errors, newline="\n", line_buffering=mode == "w")
    text.mode = mode  # type: ignore[misc]
    return text


def _run(header: dict[str, Any], source: bytes, main: types.ModuleType, say: _Mouth) -> int:
    """Runs the student's code; returns the exit code, negative for the signal that is due."""
    try:
        code = compile(source, "main.py", "exec", dont_inherit=True)
    except _UNREADABLE as error:
        say(COMPILE)
        error.__traceback__ = None
        sys.excepthook(type(error), error, None)
        return 1
    except MemoryError:
        say(MEMORY)
        print("MemoryError", file=sys.stderr)
        return 1
    try:
        exec(code, main.__dict__)
        if header["function"] is not None:
            _call(header, main, say)
        elif header["test_name"] is not None:
            say(TESTS, tester.report(header["test_name"]))
    except SystemExit as error:
        return _exit_code(error.code)
    except BaseException as error:
        return _uncaught(error, say)
    return 0


def _call(header: dict[str, Any], main: types.ModuleType, say: _Mouth) -> None:
    function = getattr(main, header["function"], None)
    if not callable(function):
        raise NameError(f"name '{header['function']}' is not defined as a function")
    value = function(*json.loads(header["arguments_json"]))
    try:
        said = json.dumps(value)
    except (TypeError, ValueError, RecursionError) as error:
        print(f"{header['function']}() returned something that cannot be compared: {error}", file=sys.stderr)
    else:
        say(VALUE, said.encode())


def _exit_code(code: object) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    try:
        print(code, file=sys.stderr)
    except Exception:
        pass
    return 1


def _uncaught(error: BaseException, say: _Mouth) -> int:
    if isinstance(error, MemoryError):
        say(MEMORY)
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_HARNESS):
        trace = trace.tb_next
    error.__traceback__ = trace
    try:
        sys.excepthook(type(error), error, trace)
    except BaseException:
        sys.__excepthook__(type(error), error, trace)
    return -signal.SIGINT if isinstance(error, KeyboardInterrupt) else 1


def _end(code: int, main: types.ModuleType, say: _Mouth) -> None:
    """What CPython does after the last line: threads, atexit, destructors, flush. Never returns."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
    except BaseException as error:
        _uncaught(error, say)
    atexit._run_exitfuncs()
    _clear(main)
    if not (_flushed(sys.stdout) and _flushed(sys.stderr)):
        code = code or 120
    if code < 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


def _clear(main: types.ModuleType) -> None:
    """Lets the module's objects go in CPython's order, so that destructors speak and open files are flushed."""
    names = main.__dict__
    for private in (True, False):
        for name in list(names):
            if name != "__builtins__" and (name[0:1] == "_" and name[1:2] != "_") is private:
                names[name] = None
    gc.collect()


def _flushed(stream: TextIO | None) -> bool:
    try:
        if stream is not None and not stream.closed:
            stream.flush()
    except Exception as error:
        print(f"Exception ignored in: {stream!r}\n{type(error).__name__}: {error}", file=sys.stderr)
        return False
    return True
