"""Says for the students' open pages of this process that they are here, as long as their connections last.

The browser sends nothing for it: the connection's own ping already tells whether a page is there. A page that closed is
given a moment to come back, since a reload closes it, too. Pages of a process that was killed are noticed by any other:
each looks now and then who has gone silent.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from redis.exceptions import RedisError

from coderunner_app.background import in_background
from coderunner_core.core import Core
from coderunner_core.errors import StoreAway
from coderunner_core.presence import HEARTBEAT_S
from coderunner_core.services.watching import presence

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
GRACE_S = 4.0
SWEEP_EVERY_S = 10.0

IsOpen = Callable[[str], bool]


@dataclass
class _Page:
    user_id: int
    problem_id: str
    beat_at: float
    closed_at: float | None = None


class Heartbeat:
    """The pages of this process on which a student is signed in, by client token."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pages: dict[str, _Page] = {}
        self._swept_at = clock()

    def here(self, token: str, user_id: int, problem_id: str) -> None:
        """A page was opened, and Redis was just told; from now on it is told again and again."""
        self._pages[token] = _Page(user_id, problem_id, self._clock())

    def forget(self, token: str) -> None:
        """Nobody is signed in on that page any more; what was said of it expires."""
        self._pages.pop(token, None)

    @contextlib.asynccontextmanager
    async def beating(self, core: Core, is_open: IsOpen) -> AsyncIterator[None]:
        """Beat for as long as the block lasts."""
        try:
            async with in_background(self._run(core, is_open), "heartbeat"):
                yield
        finally:
            self._pages.clear()

    async def look(self, core: Core, is_open: IsOpen) -> None:
        """Go through the pages once."""
        for token, page in list(self._pages.items()):
            now = self._clock()
            if is_open(token):
                page.closed_at = None
                if now - page.beat_at >= HEARTBEAT_S:
                    page.beat_at = now
                    await presence.here(core, page.user_id, page.problem_id, token)
            elif page.closed_at is None:
                page.closed_at = now
            elif now - page.closed_at >= GRACE_S:
                self.forget(token)
                await presence.gone(core, page.user_id, token)
        if self._clock() - self._swept_at >= SWEEP_EVERY_S:
            self._swept_at = self._clock()
            await presence.sweep(core)

    async def _run(self, core: Core, is_open: IsOpen) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self.look(core, is_open)
            except (RedisError, StoreAway):  # the next beats fill it again
                log.debug("heartbeat not heard", exc_info=True)
            except Exception:
                log.exception("heartbeat failed")


heartbeat = Heartbeat()
