"""A hundred programs near their limits get the same verdicts on an idle machine and with every core busy."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from coderunner_core.contract import Limits, Outcome, Program
from sandbox import Sandbox

# What is measured includes a few milliseconds of Python's own start and end, hence the distance from the limit.
_CPU_MS, _WALL_MS, _MEMORY_MB = 200, 600, 48
_BELOW, _ABOVE = 0.85, 1.15
_LIMITS = Limits(cpu_ms=_CPU_MS, wall_ms=_WALL_MS, memory_kib=_MEMORY_MB * 1000)
_MEMORY_LIMITS = Limits(cpu_ms=2_000, wall_ms=6_000, memory_kib=_MEMORY_MB * 1000)

_BURN = "import time\nwhile time.process_time() < {s}: pass\n"
_CPU_SHAPES = {
    "in one loop": _BURN,
    "in pieces": """
import time
for piece in range(1, 5):
    while time.process_time() < {s} * piece / 4: pass
    time.sleep(0.005)
""",
    "in C": "import time\nwhile time.process_time() < {s}: sum(range(2000))\n",
    "in two threads": """
import threading, time
def burn():
    while time.process_time() < {s}: pass
other = threading.Thread(target=burn)
other.start()
burn()
other.join()
""",
    "half in a child": """
import os, time
if os.fork() == 0:
    while time.process_time() < {s} / 2: pass
    os._exit(0)
while time.process_time() < {s} / 2: pass
os.wait()
""",
    "printing": "import time\nwhile time.process_time() < {s}: print(end='.', flush=True) or sum(range(5000))\n",
}
_MEMORY_SHAPES = {
    "in one piece": "print(len(bytearray(b'x') * {n}))",
    "in pieces": "hoard = [bytearray(b'x') * 500_000 for _ in range({n} // 500_000)]\nprint(len(hoard))",
    "for a moment": "print(len(b'x' * ({n} // 2) + b'y' * 1) // 1); x = b'x' * {n}; del x; print('given back')",
    "as small objects": "hoard = [bytes(1000) for _ in range({n} // 1041)]\nprint(len(hoard))",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A program near a limit and its only right verdict."""

    name: str
    source: str
    limits: Limits
    expected: Outcome


def _cases() -> list[Case]:
    found = []
    for share, verdict in ((_BELOW, Outcome.OK), (_ABOVE, Outcome.TIME_LIMIT)):
        for shape, source in _CPU_SHAPES.items():
            case = Case(f"{share:.0%} of the CPU {shape}", source.format(s=share * _CPU_MS / 1000), _LIMITS, verdict)
            found += [case] * 6
    for share, verdict in ((_BELOW, Outcome.OK), (_ABOVE, Outcome.MEMORY_LIMIT)):
        for shape, source in _MEMORY_SHAPES.items():
            size_bytes = int(share * _MEMORY_MB * 1_000_000)
            case = Case(f"{share:.0%} of the memory {shape}", source.format(n=size_bytes), _MEMORY_LIMITS, verdict)
            found += [case] * 3
    for share, verdict in ((_BELOW, Outcome.OK), (1.5, Outcome.TIME_LIMIT)):
        source = f"import time\ntime.sleep({share * _WALL_MS / 1000})"
        found += [Case(f"{share:.0%} of the wall clock asleep", source, _LIMITS, verdict)] * 2
    return found


@contextmanager
def _every_core_busy() -> Iterator[None]:
    """As many spinning processes as there are cores, at ordinary priority."""
    spin = [sys.executable, "-c", "while True: pass"]
    burners = [subprocess.Popen(spin) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()


def _surprises(sandbox: Sandbox, cases: list[Case]) -> list[str]:
    found = []
    for case in cases:
        result = sandbox.run(Program(case.source), case.limits)
        if result.outcome is not case.expected:
            measured = f"{result.cpu_ms} ms CPU, {result.wall_ms} ms wall, {result.memory_kib} KiB"
            found.append(f"{case.name}: {result.outcome} instead of {case.expected} ({measured})")
    return found


def test_a_hundred_programs_near_their_limits_are_judged_alike_idle_and_loaded(sandbox: Sandbox) -> None:
    """Alone, then beside one spinning process per core: each time every verdict is the right one."""
    cases = _cases()
    assert len(cases) == 100
    alone = _surprises(sandbox, cases)
    with _every_core_busy():
        loaded = _surprises(sandbox, cases)
    assert (alone, loaded) == ([], [])
