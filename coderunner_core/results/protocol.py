"""What every result store promises; one suite of contract tests holds all drivers to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coderunner_core.contract import Verdict

BATCH = 500  # ids in one statement: within what every driver takes, and short enough to let others in between


@dataclass(frozen=True, slots=True)
class ExecutionResult:
    """The body of one run. ``verdict`` is None until the run is final."""

    run_id: str
    source: str
    stdin: str
    verdict: Verdict | None
    created_at: datetime


class ResultStore(Protocol):
    """Short-lived, large, append-only: written twice at most (pending, then final), read often, purged by age."""

    async def put_pending(self, run_id: str, source: str, stdin: str) -> None:
        """Keep what is to be run. A second call with the same id changes nothing."""

    async def finish(self, run_id: str, verdict: Verdict) -> bool:
        """Add the verdict. Only the first one counts: False when there was one already or there is no such run."""

    async def get(self, run_id: str) -> ExecutionResult | None:
        """The body, or None when it never was or has expired."""

    async def get_many(self, run_ids: Sequence[str]) -> dict[str, ExecutionResult]:
        """The bodies that are there, by run id; what never was or has expired is left out."""

    async def present(self, run_ids: Sequence[str]) -> set[str]:
        """Which of these have a body that ``get`` would give, without reading the bodies."""

    async def delete_many(self, run_ids: Sequence[str]) -> int:
        """Delete bodies now, kept or not; how many there were."""

    async def keep(self, run_ids: Sequence[str]) -> int:
        """Let these never expire, until ``expire`` is called; how many of them are there."""

    async def expire(self, run_ids: Sequence[str], at: datetime) -> int:
        """Let these expire at a moment (aware of its zone), kept or not; how many of them are there."""

    async def purge(self) -> int:
        """Delete what has expired, in batches; how many."""


def batches(run_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in portions of BATCH."""
    for start in range(0, len(run_ids), BATCH):
        yield run_ids[start : start + BATCH]
