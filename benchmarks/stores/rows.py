"""The runs and bodies of the benchmark: classes at work for months, the same in every measurement."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from coderunner_core.contract import Outcome, RunKind, RunStatus, Verdict
from coderunner_core.models import utc_now
from coderunner_core.results.codec import encode

SOURCE = "".join(f"numbers_{n} = [value * {n} for value in range({n}, {n} + 10)]\n" for n in range(8))  # 0.4 KiB
STDIN = "3\n"
_OUTPUT = "".join(f"line {n} of what a small program prints\n" for n in range(8))
_SPAN = timedelta(days=120)

RUN_COLUMNS = (
    "id", "user_id", "problem_id", "problem_version", "kind", "status", "outcome", "score", "attempt", "worker",
    "cancel_requested", "created_at", "started_at", "finished_at", "cpu_ms", "wall_ms", "memory_kib", "body_kept",
)  # fmt: skip
BODY_COLUMNS = ("run_id", "source", "stdin", "verdict_json", "created_at", "expires_at")


@dataclass(frozen=True, slots=True)
class OneRun:
    """A finished run, as far as they differ."""

    run_id: str
    user_id: int
    problem: tuple[str, str]  # id and version
    kind: RunKind
    outcome: Outcome
    score: int | None
    at: datetime

    @property
    def run_row(self) -> tuple[Any, ...]:
        """Its values in the order of RUN_COLUMNS."""
        return (
            self.run_id, self.user_id, *self.problem, self.kind.value, RunStatus.FINISHED.value, self.outcome.value,
            self.score, 1, "host.1.run.1.1", False, self.at, self.at, self.at, 20, 30, 9_000, False,
        )  # fmt: skip

    def body_row(self, expires_at: datetime) -> tuple[Any, ...]:
        """The values of its body in the order of BODY_COLUMNS."""
        return (self.run_id, SOURCE, STDIN, verdict_json(self.outcome, self.score), self.at, expires_at)


def runs(students: Sequence[int], problems: Sequence[tuple[str, str]], count: int) -> Iterator[OneRun]:
    """So many runs, oldest first: the students take turns, three of ten are submissions."""
    chance = random.Random(7)
    step, at = _SPAN / count, utc_now() - _SPAN
    for n in range(count):
        at += step
        submitted = chance.random() < 0.3
        outcome = chance.choice([Outcome.ACCEPTED, Outcome.WRONG_ANSWER]) if submitted else Outcome.OK
        score = (100 if outcome is Outcome.ACCEPTED else 40) if submitted else None
        yield OneRun(
            uuid.UUID(int=chance.getrandbits(128)).hex,
            students[n % len(students)],
            chance.choice(problems),
            RunKind.SUBMIT if submitted else RunKind.RUN,
            outcome,
            score,
            at,
        )


@cache
def verdict_json(outcome: Outcome, score: int | None) -> str:
    """What the result store keeps of such an ending."""
    return encode(Verdict(outcome, score, stdout=_OUTPUT, exit_code=0, cpu_ms=20, wall_ms=30))
