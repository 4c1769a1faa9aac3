"""What every result store promises; one suite of contract tests holds all drivers to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coderunner_core.contract import Verdict


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

    async def purge(self) -> int:
        """Delete what has expired; how many."""
