"""The operations that people wait for, timed one after another as the services do them."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from benchmarks.stores.fill import PASSWORD, Filled
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.services.people import accounts
from coderunner_core.services.reviewing import history
from coderunner_core.services.running import runs, verdicts
from coderunner_core.services.watching import live

_PROGRAM = "for number in range(10):\n    print(number)\n"


class Operations:
    """Each call does an operation once, for another student each time."""

    def __init__(self, core: Core, filled: Filled) -> None:
        self._core, self._filled = core, filled
        self._turn = 0
        self._accepted: list[str] = []

    @property
    def all(self) -> dict[str, Callable[[], Awaitable[object]]]:
        """By name, in the order in which they have to be tried: what is finished was accepted before."""
        return {
            "accept a run": self.accept,
            "finish a run": self.finish,
            "open a history page": self.history,
            "open a class page": self.class_page,
            "sign in": self.sign_in,
        }

    async def accept(self) -> None:
        """A press of Run: stored, committed, queued."""
        student = self._filled.students[self._next() % len(self._filled.students)]
        view = await runs.submit(student, self._core, self._core.curriculum.problems[0].id, RunKind.RUN, _PROGRAM)
        self._accepted.append(view.id)

    async def finish(self) -> None:
        """A verdict: body, status and activity committed, news sent."""
        verdict = Verdict(Outcome.OK, stdout="0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", exit_code=0, cpu_ms=20, wall_ms=30)
        await verdicts.finish(self._core, self._accepted.pop(), verdict)

    async def history(self) -> None:
        """A teacher opens the newest runs of a student, and the first of them."""
        student = self._filled.students[self._next() % len(self._filled.students)]
        found = await history.page(self._filled.teacher, self._core, student.user_id)
        await history.one(self._filled.teacher, self._core, found.rows[0].run_id)

    async def class_page(self) -> None:
        """The live page of a class of 30."""
        await live.open(self._filled.teacher, self._core, self._filled.class_id)

    async def sign_in(self) -> None:
        """Name and password; nearly all of it is the hash, which is slow on purpose."""
        await accounts.sign_in(self._core, "ada", PASSWORD, ip="10.0.0.1")

    def _next(self) -> int:
        self._turn += 1
        return self._turn


async def timed_ms(work: Callable[[], Awaitable[object]], times: int) -> list[float]:
    """How long each of so many calls took."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        await work()
        took.append((time.perf_counter() - begun) * 1000)
    return took
