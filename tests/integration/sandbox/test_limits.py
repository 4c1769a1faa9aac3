"""Each limit ends what passes it, with the right word and what came before."""

from __future__ import annotations

import pytest

from coderunner_core.contract import Limits, Outcome, Program, RunResult
from sandbox import Sandbox

_SHORT = Limits(cpu_ms=300, wall_ms=900)
_LONG = Limits(cpu_ms=4_000, wall_ms=10_000)


def _run(sandbox: Sandbox, source: str, limits: Limits) -> RunResult:
    return sandbox.run(Program(source), limits)


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "print('x')\nimport time\nwhile True: time.sleep(10)",
        "import signal\nfor s in set(signal.Signals) - {9, 19}: signal.signal(s, signal.SIG_IGN)\nwhile True: pass",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
        "import os\nfor fd in range(3): os.close(fd)\nwhile True: pass",
        "import os\nif os.fork():\n    os.wait()\nwhile True: pass",
        "import threading\nthreading.Thread(target=input).start()\nthreading.Event().wait()",
        "sum(range(10**12))",
    ],
    ids=["spins", "sleeps", "ignores signals", "stops itself", "closes its streams", "child spins", "deadlock", "in C"],
)
def test_what_does_not_end_is_ended(sandbox: Sandbox, source: str) -> None:
    """By CPU time or, for what waits, by the clock."""
    result = _run(sandbox, source, _SHORT)
    assert (result.outcome, result.exit_code) == (Outcome.TIME_LIMIT, None)


def test_cpu_time_counts_every_process_of_the_program(sandbox: Sandbox) -> None:
    """Also of children that nobody waits for."""
    spin = """
import os, time
for _ in range(3): os.fork()
start = time.process_time()
while time.process_time() < start + 0.2: pass
"""
    result = _run(sandbox, spin, Limits(cpu_ms=700, wall_ms=10_000))
    assert result.outcome is Outcome.TIME_LIMIT


def test_a_background_process_does_not_outlive_its_program(sandbox: Sandbox) -> None:
    """A daemon ends with the program that made it, which keeps its own good end."""
    daemon = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(60)\nprint('parent')"
    assert (_run(sandbox, daemon, _SHORT).outcome, _run(sandbox, "print(1)", _SHORT).stdout) == (Outcome.OK, b"1\n")


@pytest.mark.parametrize(
    "source",
    [
        "x = 'a' * 10**10",
        "hoard = []\nwhile True: hoard.append(bytearray(b'x') * 100_000)",
        "import mmap\nm = mmap.mmap(-1, 300 << 20)\nfor i in range(0, 300 << 20, 4096): m[i] = 1",
        "import os\nchild, h = os.fork(), []\nwhile not child: h.append(b'x' * 10**6 + b'')\nos.wait()",
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()",
    ],
    ids=["one giant", "grows", "mapped", "a child", "frames"],
)
def test_memory_beyond_the_limit_is_a_memory_limit(sandbox: Sandbox, source: str) -> None:
    """Whoever of its processes took it, and whatever the others did then."""
    assert _run(sandbox, source, _LONG).outcome is Outcome.MEMORY_LIMIT


def test_a_problem_s_own_memory_limit_counts(sandbox: Sandbox) -> None:
    """Below the container's."""
    source = "hoard = bytearray(b'x') * 40_000_000"
    outcomes = [_run(sandbox, source, Limits(memory_kib=kib)).outcome for kib in (20 * 1024, 60 * 1024)]
    assert outcomes == [Outcome.MEMORY_LIMIT, Outcome.OK]


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_output_beyond_the_limit_is_cut_and_said_so(sandbox: Sandbox, stream: str) -> None:
    """What came before is kept, to the byte."""
    source = f"import sys\nwhile True: sys.{stream}.write('0123456789' * 50 + '\\n')"
    result = _run(sandbox, source, Limits(output_bytes=10_000))
    assert (result.outcome, result.truncated) == (Outcome.OUTPUT_LIMIT, True)
    assert len(getattr(result, stream)) == 10_000


def test_output_of_exactly_the_limit_is_fine(sandbox: Sandbox) -> None:
    """The limit is what is allowed, not what is forbidden."""
    result = _run(sandbox, "print('x' * 9_999)", Limits(output_bytes=10_000))
    assert (result.outcome, len(result.stdout), result.truncated) == (Outcome.OK, 10_000, False)


def test_both_streams_share_one_limit(sandbox: Sandbox) -> None:
    """And stderr is not lost to a flood on stdout."""
    source = "import sys\nsys.stderr.write('first\\n')\nwhile True: print('x' * 100)"
    result = _run(sandbox, source, Limits(output_bytes=5_000))
    assert (len(result.stdout) + len(result.stderr), result.stderr) == (5_000, b"first\n")


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("f = open('big', 'wb')\nwhile True: f.write(b'x' * 100_000)", b"OSError"),
        ("n = 0\nwhile True:\n    open(str(n), 'w').close()\n    n += 1", b"OSError"),
        ("import os\nwhile True: os.fork()", b"BlockingIOError"),
        ("files = []\nwhile True: files.append(open('main.py'))", b"OSError: [Errno 24]"),
        ("open('/etc/passwd', 'a')", b"PermissionError"),
    ],
    ids=["bytes", "inodes", "processes", "open files", "the system's"],
)
def test_files_and_processes_are_limited(sandbox: Sandbox, source: str, error: bytes) -> None:
    """Each as an ordinary error that the program may handle."""
    result = _run(sandbox, source, _LONG)
    assert result.outcome is Outcome.RUNTIME_ERROR
    assert error in result.stderr


def test_a_long_wait_for_the_machine_is_told(sandbox: Sandbox) -> None:
    """Half a processor: a program that computes all the time waits about half of it."""
    result = _run(sandbox, "import time\nwhile time.process_time() < 0.6: pass", _LONG)
    assert result.outcome is Outcome.OK
    assert result.wall_ms > result.waited_ms > 100
