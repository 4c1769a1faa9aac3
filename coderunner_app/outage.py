"""While a store is away: remembers which pages were opened without it, and has them read again when it is back."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable

from reflex.event import EventSpec

from coderunner_app.background import in_background
from coderunner_core import migrations
from coderunner_core.database import Database
from coderunner_core.errors import Misconfigured, StoreAway
from coderunner_core.results import GuardedResultStore

log = logging.getLogger(__name__)

PROBE_EVERY_S = 1.0

Send = Callable[[str, EventSpec], Awaitable[None]]


class Outages:
    """The pages of this process that wait for the database, or for the result store where it is another one."""

    def __init__(self) -> None:
        self._pages: defaultdict[str, dict[str, EventSpec]] = defaultdict(dict)

    def wait(self, token: str, state: str, event: EventSpec) -> None:
        """Send the event to the page of this client token when a store is back; once for each of its states."""
        self._pages[token][state] = event

    @contextlib.asynccontextmanager
    async def watching(
        self, database: Database, send: Send, results: GuardedResultStore | None = None
    ) -> AsyncIterator[None]:
        """Look after the database, and a result store that is another, for as long as the block lasts.

        The database's schema is looked at now, or when it is there.
        """
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(in_background(self._watch(database, send), "outages"))
            if results is not None:
                await stack.enter_async_context(in_background(self._watch_results(results, send), "outages-results"))
            yield

    async def _watch_results(self, results: GuardedResultStore, send: Send) -> None:
        while True:
            await results.went_away.wait()
            while results.is_away:
                await asyncio.sleep(PROBE_EVERY_S)
                try:
                    await results.probe()
                except StoreAway:
                    continue
                except Exception:
                    log.exception("the result store answers a probe with an error")
            results.went_away.clear()
            await self._tell(send)

    async def _watch(self, database: Database, send: Send) -> None:
        is_known = await self._is_usable(database)
        if not is_known:
            database.give_up()
        while True:
            await database.went_away.wait()
            while database.is_away or not is_known:
                await asyncio.sleep(PROBE_EVERY_S)
                if await self._is_usable(database):
                    is_known = True
            database.went_away.clear()
            await self._tell(send)

    async def _is_usable(self, database: Database) -> bool:
        """A probe of our own, so that nobody has to press a button for the circuits to close."""
        try:
            await database.probe()
            await migrations.require_current(database)
        except Misconfigured as error:
            log.critical("%s", error.message)
            database.give_up()
        except StoreAway:
            return False
        except Exception:
            log.exception("the database answers a probe with an error")
            database.give_up()
        else:
            return True
        return False

    async def _tell(self, send: Send) -> None:
        pages, self._pages = self._pages, defaultdict(dict)
        for token, events in pages.items():
            for event in events.values():
                await send(token, event)


outages = Outages()
