"""While the database is away: remembers which pages were opened without it, and has them read again when it is back."""

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

log = logging.getLogger(__name__)

PROBE_EVERY_S = 1.0

Send = Callable[[str, EventSpec], Awaitable[None]]


class Outages:
    """The pages of this process that wait for the database."""

    def __init__(self) -> None:
        self._pages: defaultdict[str, dict[str, EventSpec]] = defaultdict(dict)

    def wait(self, token: str, state: str, event: EventSpec) -> None:
        """Send the event to the page of this client token when the database is back; once for each of its states."""
        self._pages[token][state] = event

    @contextlib.asynccontextmanager
    async def watching(self, database: Database, send: Send) -> AsyncIterator[None]:
        """Look after the database for as long as the block lasts. Its schema is looked at now, or when it is there."""
        async with in_background(self._watch(database, send), "outages"):
            yield

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
