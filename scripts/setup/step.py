"""What a step is, how its line is shown, and how it says that it needs a person."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


class NeedsHand(Exception):
    """A step that cannot go on: what is missing, and the command that a person can run."""

    def __init__(self, what: str, command: str = "", details: str = "") -> None:
        super().__init__(what)
        self.what, self.command, self.details = what, command, details

    def __str__(self) -> str:
        """Everything that the person at the terminal needs to read."""
        parts = [self.what]
        if self.details:
            parts.append("\n".join(f"  | {line}" for line in self.details.strip().splitlines()[-25:]))
        if self.command:
            parts.append(f"To do it by hand:\n  {self.command}")
        return "\n".join(parts)


@dataclass(frozen=True)
class Step:
    """One thing that must be there. ``ensure`` returns how it was found or made, in a few words."""

    name: str
    ensure: Callable[[], str]


def perform(steps: Sequence[Step]) -> None:
    """Go through the steps in order, one line each; raises NeedsHand where one cannot go on."""
    width = max(len(step.name) for step in steps)
    for step in steps:
        begun = time.monotonic()
        _say(f"  {step.name:<{width}}  ")
        try:
            found = step.ensure()
        except BaseException:
            _say("failed\n")
            raise
        _say(f"{found} ({time.monotonic() - begun:.1f} s)\n")


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
