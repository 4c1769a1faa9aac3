"""A cancellation that a loop waiting on sockets hears at once."""

from __future__ import annotations

import os


class Cancellation:
    """Set once, from any thread; ``fileno`` becomes readable then, so that poll() wakes up."""

    def __init__(self) -> None:
        """Not cancelled yet."""
        self._fd = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._set = False

    def set(self) -> None:
        """Asks for the end. Harmless when repeated."""
        self._set = True
        if self._fd >= 0:
            os.eventfd_write(self._fd, 1)

    def is_set(self) -> bool:
        """Whether somebody asked."""
        return self._set

    def fileno(self) -> int:
        """The descriptor to poll for reading."""
        return self._fd

    def close(self) -> None:
        """Frees the descriptor; also done when the object goes away."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def __del__(self) -> None:
        """Frees the descriptor."""
        self.close()
