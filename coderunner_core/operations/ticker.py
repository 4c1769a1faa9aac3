"""Wakes the operations pages every two seconds: one process does it for all, and only while somebody looks."""

from __future__ import annotations

import asyncio
import logging

from redis.exceptions import RedisError

from coderunner_core.control import Control

log = logging.getLogger(__name__)

TICK_S = 2.0
CHARTS_EVERY = 15  # ticks: charts change slowly and cost more to read
_LEASE_S = 3 * TICK_S


class Ticker:
    """Asks each TICK_S whether it is needed and whether it is the one. ``who`` is unique among all processes."""

    def __init__(self, control: Control, who: str) -> None:
        self._control, self._who = control, who
        self._ticks = 0

    async def step(self) -> bool:
        """One turn; whether it ticked. The data says whether the charts are due, too."""
        if not await self._control.looked_at() or not await self._control.lead("ops-ticker", self._who, _LEASE_S):
            return False
        await self._control.tick({"charts": self._ticks % CHARTS_EVERY == 0})
        self._ticks += 1
        return True

    async def run(self) -> None:
        """For as long as the process lives."""
        while True:
            try:
                await self.step()
            except (RedisError, OSError):
                log.debug("no tick without Redis")
            await asyncio.sleep(TICK_S)
