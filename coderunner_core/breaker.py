"""A circuit breaker: when a store is away, whoever asks is answered at once instead of waiting for a time-out each.

Closed, everything passes. After FAILURES outages in a row, or one that took longer than SLOW_S, it opens: everything is
refused without asking. After RETRY_AFTER_S it is half open: one probe passes, and what becomes of it decides.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from coderunner_core.errors import StoreAway

log = logging.getLogger(__name__)

FAILURES = 3
SLOW_S = 1.0  # a failure that took this long was a time-out: the next one would hold somebody up as long
RETRY_AFTER_S = 1.0


class Circuit:
    """The breaker of one way into a store. ``is_outage`` tells a store that is away from one that said no.

    ``opened`` is set while it is not closed, so that somebody can wait for that.
    """

    def __init__(
        self,
        name: str,
        is_outage: Callable[[BaseException], bool],
        opened: asyncio.Event | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.opened = opened or asyncio.Event()
        self._is_outage, self._clock = is_outage, clock
        self._failures = 0
        self._retry_at: float | None = None  # None: closed
        self._probing = False

    @property
    def is_open(self) -> bool:
        """Whether callers are refused, but for a probe now and then."""
        return self._retry_at is not None

    def trip(self) -> None:
        """Open it without a failure of its own."""
        self._retry_at = self._clock() + RETRY_AFTER_S
        self.opened.set()

    @asynccontextmanager
    async def guard(self) -> AsyncIterator[None]:
        """Run the block if the circuit lets it; raises StoreAway when it does not, and when the block met an outage."""
        probe = self._let_in()
        began = self._clock()
        try:
            yield
        except BaseException as error:
            if not self._is_outage(error):
                raise
            self._failed(self._clock() - began, error)
            raise StoreAway from error
        else:
            self._answered()
        finally:
            if probe:
                self._probing = False

    def _let_in(self) -> bool:
        """Whether this caller is the probe."""
        if self._retry_at is None:
            return False
        if self._probing or self._clock() < self._retry_at:
            raise StoreAway
        self._probing = True
        return True

    def _answered(self) -> None:
        if self._retry_at is not None:
            log.warning("store is back", extra={"circuit": self.name})
        self._failures, self._retry_at = 0, None

    def _failed(self, took_s: float, error: BaseException) -> None:
        self._failures += 1
        if self._retry_at is None and self._failures < FAILURES and took_s < SLOW_S:
            return
        if self._retry_at is None:
            reason = str(error).partition("\n")[0][:200]  # below it, SQLAlchemy prints statements with their values
            log.warning("store is away", extra={"circuit": self.name, "error": type(error).__name__, "reason": reason})
        self._retry_at = self._clock() + RETRY_AFTER_S
        self.opened.set()
