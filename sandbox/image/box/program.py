"""The program: the process that becomes the student's, and the harness that makes it look like `python3 main.py`.

``Stage`` is set up once in PID 1, with everything that does not depend on the request. The harness keeps references of
its own to what it needs at the end: a student may replace ``os._exit`` and should only fool themselves.
"""

from __future__ import annotations

import _thread
import builtins
import errno
import gc
import json
import marshal
import os
import resource
import signal
import struct
import sys
import threading
import types
from atexit import _run_exitfuncs
from os import _exit, getpid, kill, write
from typing import TextIO

from . import forks, tester, wire
from .kernel import set_dumpable

WORK = "/tmp/work"
NONCE_BYTES = 16
SAID_HEADER = struct.Struct(">cI")
VALUE, COMPILE, MEMORY, TESTS = b"V", b"C", b"M", b"T"

_SAID_FD = 127  # the last of the open files allowed: out of the way of the student's own
_GO_FD = 3
_MIB = 1 << 20
_DATA_KIB = 256 * 1024  # more than a container holds: refuses the absurd at once, the kernel ends the rest
_NICE = 5  # below the leader, which has limits to watch
_LIMITS = (  # of PID 1 and all that it starts; Docker's hard limits allow no more
    (resource.RLIMIT_CORE, 1),  # byte. With 0 a host that pipes its core dumps would still start its handler, as root
    (resource.RLIMIT_FSIZE, 8 * _MIB),
    (resource.RLIMIT_MEMLOCK, 0),
    (resource.RLIMIT_MSGQUEUE, 0),
    (resource.RLIMIT_NOFILE, _SAID_FD + 1),
    (resource.RLIMIT_NPROC, 48),
    (resource.RLIMIT_SIGPENDING, 256),
    (resource.RLIMIT_STACK, 8 * _MIB),
)
_LIMITS_OF_LINUX_ALONE = (resource.RLIMIT_MSGQUEUE, resource.RLIMIT_SIGPENDING)
_UNREADABLE = (SyntaxError, ValueError, OverflowError, RecursionError)  # ValueError: NUL bytes; UnicodeError is one
_PARSER_BYTES = _MIB  # a MemoryError for a source below this is the parser's nesting limit, not a lack of memory
_encode, _decode = json.JSONEncoder(allow_nan=False).encode, json.JSONDecoder().decode
_HARNESS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Stage:
    """What every program start has in common, prepared once: limits, standard streams, an empty ``__main__``."""

    def __init__(self, data_bytes: int) -> None:
        """Makes this interpreter look freshly started on main.py. ``data_bytes``: what it occupies already."""
        self.data_bytes = data_bytes
        for name, value in _LIMITS:
            _limit(name, value)
        os.setgroups([])
        os.umask(0o022)
        for stream, errors in ((sys.stdin, "strict"), (sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
            # not a byte goes through these in PID 1; in a program they are its pipes
            stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")  # type: ignore[union-attr]
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        sys.argv = ["main.py"]
        sys.orig_argv = [sys.executable, "main.py"]
        sys.path[0] = WORK
        sys.path_importer_cache.clear()
        for module in [name for name in sys.modules if name.partition(".")[0] == "box"]:
            del sys.modules[module]
        self.main = types.ModuleType("__main__")
        vars(self.main).update(__file__="main.py", __builtins__=builtins, __annotations__={}, __cached__=None)
        sys.modules["__main__"] = self.main

    def rehearse(self) -> None:
        """Runs a program of nothing, for the reason that ``leader.rehearse`` gives; ``__main__`` stays as it was."""
        self._run(b"0", _Mouth(bytes(NONCE_BYTES)), "", "[]", "")
        _clear(types.ModuleType("nothing"))
        _flushed(sys.stdout)
        _flushed(sys.stderr)

    def arm(self, uid: int, fds: tuple[int, int, int, int, int]) -> Stage:
        """Turns this fresh fork into a process with a student's rights, waiting to be told what to run."""
        dup2 = os.dup2
        in_r, out_w, err_w, said_w, go_r = fds
        dup2(in_r, 0)
        dup2(out_w, 1)
        dup2(err_w, 2)
        dup2(go_r, _GO_FD)
        dup2(said_w, _SAID_FD, False)
        os.closerange(_GO_FD + 1, _SAID_FD)
        adjust = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        write(adjust, b"1000")  # if memory runs out, this one goes first, not PID 1
        os.close(adjust)
        os.nice(_NICE)
        os.setsid()
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        set_dumpable(1)  # as any ordinary process: else /proc/self belongs to root
        os.mkdir(WORK, 0o700)
        os.chdir(WORK)
        return self

    def run(self) -> None:
        """Reads the request and runs it to its end, the way CPython would. Never returns."""
        pieces = []
        while piece := os.read(_GO_FD, 1 << 16):
            pieces.append(piece)
        os.close(_GO_FD)
        told = b"".join(pieces)
        del pieces
        if not told:
            _exit(0)
        code = 1
        try:
            (length,) = wire.LENGTH.unpack_from(told, NONCE_BYTES)
            start = NONCE_BYTES + 4
            header: wire.Header = marshal.loads(told[start : start + length])
            say = _Mouth(told[:NONCE_BYTES])
            source = _unpack(told, start + length, header[10])
            del told
            cpu_s = header[2] // 1000 + 2  # backup only: the leader sees the whole tree and is earlier
            resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
            data = self.data_bytes + (header[6] or _DATA_KIB) * 1024
            resource.setrlimit(resource.RLIMIT_DATA, (data, data))
            forks.put_in_order()
            gc.enable()
            code = _end(self._run(source, say, *header[11:]), self.main, say)
        finally:
            if code < 0:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                kill(getpid(), -code)
            _exit(code)

    def _run(self, source: bytes, say: _Mouth, function: str, arguments_json: str, test_name: str) -> int:
        """Runs the student's code; returns the exit code, negative for the signal that is due."""
        try:
            code = compile(source, "main.py", "exec", dont_inherit=True)
        except (*_UNREADABLE, MemoryError) as error:
            out_of_memory = isinstance(error, MemoryError) and len(source) > _PARSER_BYTES
            say(MEMORY if out_of_memory else COMPILE)
            error.__traceback__ = None
            sys.excepthook(type(error), error, None)
            return 1
        try:
            if not function and not test_name:
                exec(code, self.main.__dict__)
                return 0
            self._be_imported()
            exec(code, self.main.__dict__)
            if function:
                self._call(function, arguments_json, say)
            else:
                say(TESTS, tester.report(test_name))
        except SystemExit as error:
            return _exit_code(error.code)
        except BaseException as error:
            return _uncaught(error, say)
        return 0

    def _be_imported(self) -> None:
        """``if __name__ == "__main__"`` is for the student's own runs, not for the tests of a function or a module."""
        self.main.__name__ = "main"
        sys.modules["main"] = self.main
        sys.modules["__main__"] = types.ModuleType("__main__")

    def _call(self, name: str, arguments_json: str, say: _Mouth) -> None:
        function = getattr(self.main, name, None)
        if not callable(function):
            raise NameError(f"name '{name}' is not defined as a function")
        value = function(*_decode(arguments_json))
        try:
            said = _encode(value)
        except (TypeError, ValueError, RecursionError) as error:
            print(f"{name}() returned something that cannot be compared: {error}", file=sys.stderr)
        else:
            say(VALUE, said.encode())


class _Mouth:
    """The program's own channel to the leader; speaks once, and only for the process that was started."""

    def __init__(self, nonce: bytes) -> None:
        self._nonce, self._pid = nonce, getpid()

    def __call__(self, kind: bytes, payload: bytes = b"") -> None:
        if getpid() != self._pid or not self._nonce:
            return
        view = memoryview(self._nonce + SAID_HEADER.pack(kind, len(payload)) + payload)
        self._nonce = b""
        while view:
            view = view[write(_SAID_FD, view) :]


def _limit(name: int, value: int) -> None:
    """Sets a limit, soft and hard. gVisor knows no other than its own value for some, and says so with an error."""
    try:
        resource.setrlimit(name, (value, value))
    except ValueError:
        if name not in _LIMITS_OF_LINUX_ALONE:
            raise


def _unpack(told: bytes, at: int, files: list[tuple[str, int]]) -> bytes:
    """Writes the files of the request into the working directory; returns the student's source."""
    source = b""
    for name, size in files:
        content = told[at : at + size]
        at += size
        fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        write(fd, content)  # the request is known to fit into /tmp
        os.close(fd)
        if name == "main.py":
            source = content
    return source


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
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        say(MEMORY)
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_HARNESS):
        trace = trace.tb_next
    error.__traceback__ = trace
    try:
        sys.excepthook(type(error), error, trace)
    except BaseException:
        sys.__excepthook__(type(error), error, trace)  # a student may replace the hook with anything
    return -signal.SIGINT if isinstance(error, KeyboardInterrupt) else 1


def _end(code: int, main: types.ModuleType, say: _Mouth) -> int:
    """What CPython does after the last line: threads, atexit, destructors, flush. Returns the exit code."""
    if _thread._count() or threading._threading_atexits:  # type: ignore[attr-defined]
        try:
            threading._shutdown()  # type: ignore[attr-defined]
        except BaseException as error:
            _uncaught(error, say)
    _run_exitfuncs()
    _clear(main)
    if not (_flushed(sys.stdout) and _flushed(sys.stderr)):
        code = code or 120
    if sys.__stdout__ is not sys.stdout:
        _flushed(sys.__stdout__)  # redirected for good: what it still holds is shown all the same
    return code


def _clear(main: types.ModuleType) -> None:
    """Lets the module's objects go in CPython's order, so that destructors speak and open files are flushed."""
    names = main.__dict__
    for private in (True, False):
        for name in list(names):
            if name != "__builtins__" and (name[:1] == "_" and name[1:2] != "_") is private:
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
