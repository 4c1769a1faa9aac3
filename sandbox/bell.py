"""A bell that wakes a thread out of poll(): the one thing that threads here tell each other while they wait."""

from __future__ import annotations

import os


class Bell:
    """``fileno`` is readable after ``ring``, until ``silence``. Thread-safe; frees its descriptor when it goes away."""

    def __init__(self) -> None:
        """Silent."""
        self._fd = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)

    def fileno(self) -> int:
        """For poll() and select()."""
        return self._fd

    def ring(self) -> None:
        """Wakes whoever waits, now or next."""
        os.eventfd_write(self._fd, 1)

    def silence(self) -> None:
        """Forgets that it rang."""
        try:
            os.eventfd_read(self._fd)
        except BlockingIOError:
            pass  # it had not

    def __del__(self) -> None:
        """Frees the descriptor."""
        os.close(self._fd)
