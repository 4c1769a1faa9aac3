"""From the facts that the leader reports to the one word that the student reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from coderunner_core.contract import Outcome

_BY_LIMIT = {
    "cpu": Outcome.TIME_LIMIT,
    "wall": Outcome.TIME_LIMIT,
    "memory": Outcome.MEMORY_LIMIT,
    "output": Outcome.OUTPUT_LIMIT,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the leader saw. ``said`` is the harness's own word: C (could not compile), M (ran out of memory), V, T."""

    ended: str  # exit | cpu | wall | memory | output | cancel
    exit_code: int
    cpu_us: int
    wall_us: int
    waited_us: int  # of wall_us: ready to run, but without a processor
    peak_kib: int
    oom_kills: int
    truncated: bool = False
    refused: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, told: dict[str, Any]) -> Facts:
        """From the RESULT frame; raises KeyError, TypeError or ValueError when it is not one."""
        return cls(
            ended=str(told["ended"]),
            exit_code=int(told["exit_code"]),
            cpu_us=int(told["cpu_us"]),
            wall_us=int(told["wall_us"]),
            waited_us=int(told["waited_us"]),
            peak_kib=int(told["peak_kib"]),
            oom_kills=int(told["oom_kills"]),
            truncated=bool(told.get("truncated", False)),
            refused=dict(told.get("refused", {})),
        )


def classify(facts: Facts, said: bytes) -> Outcome:
    """The outcome, the strongest reason first: who stopped it, what it ran out of, how it ended by itself."""
    if facts.ended == "cancel":
        return Outcome.CANCELLED
    if facts.oom_kills:
        return Outcome.MEMORY_LIMIT
    if facts.ended in _BY_LIMIT:
        return _BY_LIMIT[facts.ended]
    if said[:1] == b"M":
        return Outcome.MEMORY_LIMIT
    if said[:1] == b"C":
        return Outcome.COMPILE_ERROR
    return Outcome.OK if facts.exit_code == 0 else Outcome.RUNTIME_ERROR
