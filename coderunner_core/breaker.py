"""A circuit breaker: when a store is away, whoever asks is answered at once instead of waiting for a time-out each.

Closed, everything passes. After FAILURES outages in a row, or one that took longer than SLOW_S, it opens: everything is
refused without asking. Half open, one probe passes, and what becomes of it decides; the probe is made by whoever looks
after the store (for the web: coderunner_app/outage.py), so that nobody who presses a button has to wait for it.
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


class Circuit:
    """The breaker of one way into a store. ``is_outage`` tells a store that is away from one that said no.

    ``opened`` is set when it opens, so that somebody can wait for that.
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
        self.is_open = False
        self._is_outage, self._clock = is_outage, clock
        self._failures = 0
        self._probing = False

    def trip(self) -> None:
        """Open it without a failure of its own."""
        self.is_open = True
        self.opened.set()

    @asynccontextmanager
    async def guard(self, *, probe: bool = False) -> AsyncIterator[None]:
        """Run the block if the circuit lets it; raises StoreAway when it does not, and when the block met an outage.

        Through an open circuit a ``probe`` passes, one at a time.
        """
        if self.is_open and (self._probing or not probe):
            raise StoreAway
        self._probing = self._probing or probe
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

    def _answered(self) -> None:
        if self.is_open:
            log.warning("store is back", extra={"circuit": self.name})
        self._failures, self.is_open = 0, False

    def _failed(self, took_s: float, error: BaseException) -> None:
        self._failures += 1
        if self.is_open or (self._failures < FAILURES and took_s < SLOW_S):
            return
        reason = str(error).partition("\n")[0][:200]  # below it, SQLAlchemy prints statements with their values
        log.warning("store is away", extra={"circuit": self.name, "error": type(error).__name__, "reason": reason})
        self.trip()
