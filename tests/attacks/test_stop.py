"""Stop ends a program within a second, however little it wants to end."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from coderunner_core.contract import Limits, Outcome, Program, Stream
from sandbox import Cancellation, Sandbox
from tests.attacks.attack import HERE
from tests.attacks.containers import Containers
from tests.attacks.next_run import Facts, look_around

_STUBBORN = [
    "loops/spins_in_c",
    "loops/spins_catching_everything",
    "forks/fork_bomb_that_never_gives_up",
    "forks/own_session_and_group",
    "output/floods_stdout",
    "output/closes_its_pipes_then_sleeps",
    "signals/ignores_every_signal",
    "signals/stops_itself",
]
_LONG = Limits(cpu_ms=60_000, wall_ms=60_000, output_bytes=60_000_000)
_SECOND_AND_A_LOADED_MACHINE_S = 3.0


@pytest.mark.parametrize("name", _STUBBORN)
def test_a_stubborn_program_is_cancelled(name: str, sandbox: Sandbox, untouched: Facts, containers: Containers) -> None:
    """Cancelled from another thread while it runs: the right word, in time, and nothing left of it."""
    source = "import os\nos.write(1, b'started\\n')\n" + Path(HERE / f"{name}.py").read_text()
    cancel = Cancellation()
    cancelled_at: list[float] = []

    def stop() -> None:
        cancelled_at.append(time.monotonic())
        cancel.set()

    def stop_soon(stream: Stream, chunk: bytes) -> None:
        if not timers:
            timers.append(threading.Timer(0.1, stop))
            timers[0].start()

    timers: list[threading.Timer] = []
    result = sandbox.run(Program(source), _LONG, on_output=stop_soon, cancel=cancel)
    took_s = time.monotonic() - cancelled_at[0]
    timers[0].join()
    assert result.outcome is Outcome.CANCELLED
    assert result.stdout.startswith(b"started\n")
    assert took_s < _SECOND_AND_A_LOADED_MACHINE_S
    assert untouched == look_around(sandbox)
    containers.the_one()
