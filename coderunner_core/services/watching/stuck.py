"""When a student counts as stuck at a problem, and how a teacher reads it. Pure: the table of rules is one function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coderunner_core.settings import Settings

# Longer than this without anything happening, a page that is still open has nobody before it.
NOBODY_THERE = timedelta(hours=2)


class StuckKind(StrEnum):
    """The three signs, the one that says most first."""

    SAME_ERROR = "same_error"
    FAILURES = "failures"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class StuckReason:
    """Why somebody is stuck, in words that a teacher reads."""

    kind: StuckKind
    words: str


@dataclass(frozen=True, slots=True)
class StuckRules:
    """How much of each sign it takes."""

    failures: int
    same_error: int
    idle: timedelta

    @classmethod
    def of(cls, settings: Settings) -> StuckRules:
        """The rules of this installation."""
        return cls(settings.stuck_failures, settings.stuck_same_error, timedelta(minutes=settings.stuck_idle_min))


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of one student at one problem. ``here_since`` is None when they are not at it now."""

    solved: bool
    failures_in_row: int
    same_error_in_row: int
    last_error: str
    last_at: datetime  # the newest press, or when the problem was opened
    here_since: datetime | None = None

    @property
    def idle_since(self) -> datetime | None:
        """Since when they sit there without a press; None when they are not there."""
        return max(self.here_since, self.last_at) if self.here_since else None


def reason(signs: Signs, now: datetime, rules: StuckRules) -> StuckReason | None:
    """Why the student is stuck, or None. A problem that is solved has nobody stuck at it, whatever is tried later."""
    if signs.solved:
        return None
    if signs.last_error and signs.same_error_in_row >= rules.same_error:
        return StuckReason(StuckKind.SAME_ERROR, f"the same error {signs.same_error_in_row} times: {signs.last_error}")
    if signs.failures_in_row >= rules.failures:
        return StuckReason(StuckKind.FAILURES, f"{signs.failures_in_row} tries in a row failed")
    if signs.idle_since is not None and rules.idle <= now - signs.idle_since < NOBODY_THERE:
        return StuckReason(StuckKind.IDLE, f"{(now - signs.idle_since) // timedelta(minutes=1)} minutes without a run")
    return None


def idle_from(signs: Signs, rules: StuckRules) -> datetime | None:
    """When they become stuck if nothing happens any more; None when they are not there or have solved it."""
    if signs.solved or signs.idle_since is None:
        return None
    return signs.idle_since + rules.idle
