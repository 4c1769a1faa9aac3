"""A program in the sandbox behaves as with `python3 main.py`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coderunner_core.contract import Limits, Outcome, Program, RunResult
from sandbox import Sandbox

Run = Callable[..., RunResult]
_LIMITS = Limits(cpu_ms=3_000, wall_ms=8_000)


@pytest.fixture
def run(sandbox: Sandbox) -> Run:
    """Runs source with input."""

    def start(source: str, stdin: bytes = b"") -> RunResult:
        return sandbox.run(Program(source, stdin), _LIMITS)

    return start


@pytest.mark.parametrize(
    ("source", "exit_code", "stderr"),
    [
        ("", 0, b""),
        ("import sys; sys.exit()", 0, b""),
        ("import sys; sys.exit(3)", 3, b""),
        ("import sys; sys.exit(256 + 4)", 4, b""),
        ("raise SystemExit('sorry')", 1, b"sorry\n"),
        ("raise SystemExit([1])", 1, b"[1]\n"),
        ("import os; os._exit(9)", 9, b""),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", -15, b""),
        ("import ctypes; ctypes.string_at(0)", -11, b""),
    ],
)
def test_exit_codes_are_python_s(run: Run, source: str, exit_code: int, stderr: bytes) -> None:
    """Whatever way it ends."""
    result = run(source)
    assert (result.exit_code, result.stderr) == (exit_code, stderr)
    assert result.outcome is (Outcome.RUNTIME_ERROR if exit_code else Outcome.OK)


def test_a_traceback_shows_the_student_s_lines_and_no_others(run: Run) -> None:
    """File name main.py, source lines, nothing of the harness."""
    result = run("def half(n):\n    return n / 0\n\nhalf(4)\n")
    assert result.outcome is Outcome.RUNTIME_ERROR
    assert result.stderr.decode().splitlines() == [
        "Traceback (most recent call last):",
        '  File "main.py", line 4, in <module>',
        "    half(4)",
        '  File "main.py", line 2, in half',
        "    return n / 0",
        "           ~~^~~",
        "ZeroDivisionError: division by zero",
    ]


def test_a_chained_exception_shows_only_the_student_s_lines(run: Run) -> None:
    """Causes are stripped as well."""
    result = run("try:\n    {}['ada']\nexcept KeyError as error:\n    raise ValueError('no') from error\n")
    assert b"/opt/" not in result.stderr
    assert result.stderr.count(b'File "main.py"') == 2


def test_an_exception_in_a_thread_is_told_and_does_not_end_the_program(run: Run) -> None:
    """The others go on, the exit code is 0."""
    result = run("import threading\nthreading.Thread(target=lambda: 1 / 0).start()\nprint('on')")
    assert (result.outcome, result.stdout) == (Outcome.OK, b"on\n")
    assert b"ZeroDivisionError" in result.stderr


def test_keyboard_interrupt_ends_like_a_signal(run: Run) -> None:
    """As CPython does it, so that a shell would see it."""
    result = run("raise KeyboardInterrupt")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (-2, b"KeyboardInterrupt")


def test_the_end_of_a_program_is_complete(run: Run) -> None:
    """Threads are waited for, then atexit handlers, destructors and buffers have their turn."""
    source = """
import atexit, threading, time
class Last:
    def __del__(self): print("destructor")
last = Last()
atexit.register(print, "atexit")
def later():
    time.sleep(0.05)
    print("thread")
threading.Thread(target=later).start()
print("no newline", end="")
print()
"""
    assert run(source).stdout.split() == [b"no", b"newline", b"thread", b"atexit", b"destructor"]


def test_main_is_a_real_main_module(run: Run) -> None:
    """What looks itself up finds itself: pickling, importing, reading one's own file."""
    source = """
import pickle, sys, inspect, dataclasses
@dataclasses.dataclass
class Point:
    x: int
print(__name__, __file__, sys.argv, pickle.loads(pickle.dumps(Point(3))))
print(inspect.getsource(Point).count("class"), open(__file__).read().count("pickle.loads("))
if __name__ == "__main__":
    import main
    print(main.Point is Point, main.__name__)
"""
    assert run(source).stdout.decode().splitlines()[:2] == ["__main__ main.py ['main.py'] Point(x=3)", "3 2"]
    assert run(source).stdout.decode().splitlines()[-1] == "False main"


def test_standard_streams_are_ordinary(run: Run) -> None:
    """Text in UTF-8 with a buffer below, in both directions."""
    source = "import sys\nprint(input('name? '))\nsys.stdout.buffer.write(sys.stdin.read().encode()[::-1])"
    assert run(source, "ñandú\nöl".encode()).stdout == "name? ñandú\n".encode() + "öl".encode()[::-1]


def test_the_end_of_input_is_an_eof_error(run: Run) -> None:
    """As at the end of a file."""
    assert run("input()").stderr.splitlines()[-1] == b"EOFError: EOF when reading a line"


def test_output_that_is_not_utf_8_comes_through_as_bytes(run: Run) -> None:
    """Replacing is for whoever shows it."""
    assert run("import sys; sys.stdout.buffer.write(b'\\xff\\x00\\xfe')").stdout == b"\xff\x00\xfe"


def test_a_surrogate_on_stdout_is_an_error_and_on_stderr_is_escaped(run: Run) -> None:
    """CPython's own error handlers."""
    result = run("import sys\nsys.stderr.write('\\ud800\\n')\nprint('\\ud800')")
    assert result.stderr.startswith(b"\\ud800\n")
    assert b"UnicodeEncodeError" in result.stderr


@pytest.mark.parametrize(
    "source",
    [
        "def f(:\n",
        "print('a",
        "x = 1\n  y = 2",
        "a = '\0'",
        "# coding: klingon\n",
        "\ud800",
        "f(**{}, *[])",
        "(" * 300,
        "-" * 90_000 + "1",
    ],
    ids=["syntax", "open string", "indentation", "NUL", "encoding", "surrogate", "order", "nesting", "depth"],
)
def test_what_python_cannot_read_is_a_compile_error(run: Run, source: str) -> None:
    """With Python's own words about it, and nothing of ours."""
    result = run(source)
    assert result.outcome is Outcome.COMPILE_ERROR
    assert b"Error" in result.stderr
    assert b"/opt/" not in result.stderr


@pytest.mark.parametrize("source", ["exec('def f(:')", "raise SyntaxError('mine')", "compile('\\0', 'x', 'exec')"])
def test_a_syntax_error_that_the_program_raises_is_a_runtime_error(run: Run, source: str) -> None:
    """Python could read the program; what it did then is another matter."""
    assert run(source).outcome is Outcome.RUNTIME_ERROR


def test_endless_recursion_is_an_exception_like_any_other(run: Run) -> None:
    """At Python's own limit."""
    result = run("import sys\nprint(sys.getrecursionlimit())\ndef f(): f()\nf()")
    assert (result.stdout, result.outcome) == (b"1000\n", Outcome.RUNTIME_ERROR)
    assert b"RecursionError" in result.stderr


def test_random_numbers_differ_between_runs_of_one_container(run: Run) -> None:
    """Although every program is forked from the same interpreter."""
    assert len({run("import random; print(random.random())").stdout for _ in range(6)}) == 6


def test_the_order_of_a_set_is_the_same_in_every_run(run: Run) -> None:
    """A verdict does not depend on luck."""
    assert len({run("print(set('the quick brown fox'.split()))").stdout for _ in range(4)}) == 1


def test_threads_and_processes_work(run: Run) -> None:
    """clone3 does not exist in here; the C library copes."""
    source = """
import subprocess, sys, threading, multiprocessing, asyncio
threads = [threading.Thread(target=print, args=(n,)) for n in range(20)]
[t.start() for t in threads]; [t.join() for t in threads]
print(subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True).stdout, end="")
child = multiprocessing.Process(target=print, args=("child",)); child.start(); child.join()
print(asyncio.run(asyncio.sleep(0.01, "slept")))
"""
    result = run(source)
    assert result.stderr == b""
    assert sorted(result.stdout.split()[:20], key=int) == [b"%d" % n for n in range(20)]
    assert result.stdout.split()[20:] == [b"42", b"child", b"slept"]


def test_a_program_cannot_stop_its_own_exit_code(run: Run) -> None:
    """Replaced functions fool only the program itself."""
    result = run("import os, sys\nos._exit = os.kill = sys.exit = lambda *_: None\nraise ValueError('seen')")
    assert (result.outcome, result.exit_code) == (Outcome.RUNTIME_ERROR, 1)
