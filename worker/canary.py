"""Proves that programs really run in this worker's sandbox: an idle worker runs a small one of ours now and then."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from coderunner_core.contract import Limits, Outcome, Program
from sandbox import SandboxBroken
from worker.grading import Runner

log = logging.getLogger(__name__)

EVERY_S = 25.0  # two failures in a row are seen within the minute that a proof is good for
_PROGRAM = Program("print(6 * 7)")
_ANSWER = b"42\n"
_LIMITS = Limits(cpu_ms=1_000, wall_ms=5_000)


class Canary:
    """``proven_at`` is when a program last ran, in seconds since 1970; 0 until one did."""

    def __init__(self, sandbox: Runner, clock: Callable[[], float] = time.time) -> None:
        self._sandbox, self._clock = sandbox, clock
        self._tried_at = 0.0
        self.proven_at = 0.0

    def note(self) -> None:
        """A student's program ran: the best of proofs."""
        self.proven_at = self._tried_at = self._clock()

    def sing(self) -> None:
        """Run the small program, unless one ran a moment ago. Never raises: whoever asks for the proof sees its age."""
        if self._clock() < self._tried_at + EVERY_S:
            return
        self._tried_at = self._clock()
        try:
            result = self._sandbox.run(_PROGRAM, _LIMITS)
        except SandboxBroken as error:
            log.error("the sandbox runs no program: %s", error)
            return
        if result.outcome is Outcome.OK and result.stdout == _ANSWER:
            self.proven_at = self._clock()
        else:
            log.error("the sandbox runs programs wrongly", extra={"outcome": result.outcome.value})
