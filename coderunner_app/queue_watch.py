"""Tells the pages whose run waits how many are ahead of it, as often as that changes and no oftener than is bearable.

However many pages wait, each queue is looked at once for all of them: when the hub heard of some run, which is when a
queue moves, and now and then without having heard, since workers come and go silently. Each page is told with one raw
delta, past its state; between two of them the browser counts the seconds down itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol

from redis.exceptions import RedisError
from reflex.event import EventSpec

from coderunner_app.background import in_background
from coderunner_app.push import RawDelta
from coderunner_core.contract import RunKind
from coderunner_core.load import Load

log = logging.getLogger(__name__)

EVERY_S = 1.0  # at most so often
SILENT_S = 5.0  # at least so often while somebody waits
PUSHES_PER_S = 50  # a long queue is told of less often, so that it does not become longer by that

Say = Callable[[int, float | None], RawDelta]  # how many are ahead, and the expected seconds if a worker is there


class Pages(Protocol):
    """What it needs of the hub."""

    def is_open(self, token: str) -> bool:
        """Whether a page of this process is connected."""

    async def tell(self, token: str, event: EventSpec | RawDelta) -> None:
        """Send something to one page, if it is open here."""


@dataclass
class _Waiter:
    run_id: str
    kind: RunKind
    say: Say
    missed: EventSpec
    told: tuple[int, bool] | None = None  # how many were ahead, and whether a worker was there
    absent: int = 0  # looks at the queue in a row that did not find the run


class QueueWatch:
    """The pages of this process that show a waiting run, by client token."""

    def __init__(self) -> None:
        self._waiters: dict[str, _Waiter] = {}
        self._somebody, self._moved = asyncio.Event(), asyncio.Event()

    def wait(self, token: str, run_id: str, kind: RunKind, say: Say, missed: EventSpec) -> None:
        """From now on the page is told with ``say`` how its run comes forward. ``missed`` has it read the run again, in
        case the run is not in the queue any more and the page has not heard of that.
        """
        known = self._waiters.get(token)
        if known is None or known.run_id != run_id:
            self._waiters[token] = _Waiter(run_id, kind, say, missed)
            self._somebody.set()

    def forget(self, token: str) -> None:
        """The page shows no waiting run any more."""
        self._waiters.pop(token, None)
        if not self._waiters:
            self._somebody.clear()

    def moved(self) -> None:
        """Some run began or ended: those behind it have come forward."""
        self._moved.set()

    @contextlib.asynccontextmanager
    async def watching(self, load: Load, pages: Pages) -> AsyncIterator[None]:
        """Watch the queues for as long as the block lasts."""
        async with in_background(self._run(load, pages), "queue-watch"):
            yield

    async def _run(self, load: Load, pages: Pages) -> None:
        while True:
            await self._somebody.wait()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), SILENT_S)
            silent = not self._moved.is_set()
            self._moved.clear()
            told = 0
            try:
                told = await self.look(load, pages, again=silent)
            except RedisError:
                log.debug("queues not seen", exc_info=True)
            except Exception:
                log.exception("places in the queue not told")
            await asyncio.sleep(max(EVERY_S, told / PUSHES_PER_S))

    async def look(self, load: Load, pages: Pages, *, again: bool = False) -> int:
        """Look once at each queue in which a page waits, and tell those whose place changed; how many were told.

        ``again``: tell the others, too, since what their browsers counted down to did not come.
        """
        told = 0
        for kind in {one.kind for one in self._waiters.values()}:
            now, places = await load.places(kind)
            for token, waiter in [(token, one) for token, one in self._waiters.items() if one.kind is kind]:
                if not pages.is_open(token):
                    self.forget(token)
                    continue
                place = places.get(waiter.run_id)
                if place is None:
                    told += await self._absent(token, waiter, pages)
                    continue
                waiter.absent = 0
                wait_s = now.wait_s(ahead=place)
                if again or waiter.told != (place, wait_s is not None):
                    waiter.told, told = (place, wait_s is not None), told + 1
                    await pages.tell(token, waiter.say(place, wait_s))
        return told

    async def _absent(self, token: str, waiter: _Waiter, pages: Pages) -> bool:
        """A worker has it, which the page hears in a moment; unless that news was lost."""
        waiter.absent += 1
        if waiter.absent < 3:
            return False
        self.forget(token)
        await pages.tell(token, waiter.missed)
        return True


queue_watch = QueueWatch()
