"""A worker that finds no container: nothing of the program was run, so it waits for the engine, but not for ever."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, cast

from coderunner_core.contract import Limits, Outcome, Program, RunKind, RunResult
from coderunner_core.core import Core
from coderunner_core.services.running.verdicts import Claim
from sandbox import Cancellation, NoContainer
from tests.fakes import open_fake_core
from worker.runtime import Runtime

CLAIM = Claim("run", 1, "countdown", RunKind.SUBMIT, 1, "print(1)", "", 0)


class EngineAway:
    """A sandbox whose engine does not answer; somebody presses Stop at the second try."""

    def __init__(self, cancel: Cancellation) -> None:
        self.asked = 0
        self._cancel = cancel

    def run(self, program: Program, limits: Limits, *_: Any, **__: Any) -> RunResult:
        self.asked += 1
        if self.asked == 2:
            self._cancel.set()
        raise NoContainer("the engine does not answer")


def _runtime(core: Core, sandbox: EngineAway) -> Runtime:
    nothing = cast(Any, None)
    return Runtime("worker", core, sandbox, nothing, nothing, nothing)


async def test_it_tries_again_and_stop_ends_the_waiting(tmp_path: Path) -> None:
    """Somebody who presses Stop meanwhile need not wait for the engine."""
    cancel = Cancellation()
    engine = EngineAway(cancel)
    async with open_fake_core(tmp_path) as core:
        verdict = await asyncio.to_thread(_runtime(core, engine)._verdict, CLAIM, cancel)
    assert (verdict.outcome, engine.asked) == (Outcome.CANCELLED, 2)
