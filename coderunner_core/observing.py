"""What may be watched from outside without the watched knowing: services tell an observer what happened, and go on."""

from __future__ import annotations

from typing import Protocol

from coderunner_core.models import Run


class Observer(Protocol):
    """Hears of things that happened for good. It must neither fail nor wait."""

    def run_finished(self, run: Run) -> None:
        """A run got its one verdict, and the verdict is committed."""


class Nobody:
    """Nobody watches."""

    def run_finished(self, run: Run) -> None:
        """Nothing."""
