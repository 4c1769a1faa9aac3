"""A cancellation that a loop waiting on sockets hears at once."""

from __future__ import annotations

from sandbox.bell import Bell


class Cancellation:
    """Set once, from any thread; ``fileno`` is readable from then on, so that poll() wakes up."""

    def __init__(self) -> None:
        """Not cancelled yet."""
        self._bell = Bell()
        self._set = False

    def set(self) -> None:
        """Asks for the end. Harmless when repeated."""
        self._set = True
        self._bell.ring()

    def is_set(self) -> bool:
        """Whether somebody asked."""
        return self._set

    def fileno(self) -> int:
        """The descriptor to poll for reading."""
        return self._bell.fileno()
