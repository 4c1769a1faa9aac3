"""A page that hears too much: what comes at once, what waits, and that nothing is lost."""

from __future__ import annotations

import asyncio

from coderunner_app.gathering import Gathering, News


class Pages:
    """What was sent, and a pause that ends when the test says so."""

    def __init__(self) -> None:
        self.sent: list[list[News]] = []
        self.pauses: list[float] = []
        self._over: asyncio.Queue[None] = asyncio.Queue()
        self.gathering = Gathering(self._send, 0.5, self._sleep)

    async def _send(self, news: list[News]) -> None:
        self.sent.append(news)

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await self._over.get()

    async def end_pause(self) -> None:
        self._over.put_nowait(None)
        for _ in range(5):  # lets the task that slept go on
            await asyncio.sleep(0)


def cell(user: int) -> News:
    return ("cell", {"user": user, "problem": "countdown"})


async def test_the_first_news_is_sent_at_once() -> None:
    """Whoever waits for one change sees it without delay."""
    pages = Pages()
    await pages.gathering.add(cell(1))
    assert pages.sent == [[cell(1)]]


async def test_what_comes_in_the_pause_is_sent_together_when_it_ends() -> None:
    """However much it is, and what was said twice only once."""
    pages = Pages()
    for user in (1, 2, 3, 2):
        await pages.gathering.add(cell(user))
    await pages.end_pause()
    assert pages.sent == [[cell(1)], [cell(2), cell(3)]]


async def test_every_sending_begins_a_pause() -> None:
    """So that a page is redrawn at most twice a second for as long as it goes on."""
    pages = Pages()
    for user in (1, 2):
        await pages.gathering.add(cell(user))
    await pages.end_pause()
    await pages.gathering.add(cell(3))
    assert pages.sent == [[cell(1)], [cell(2)]]
    await pages.end_pause()
    assert (pages.sent[2:], pages.pauses) == ([[cell(3)]], [0.5, 0.5, 0.5])
    pages.gathering.stop()


async def test_after_a_quiet_pause_news_is_sent_at_once_again() -> None:
    """A class that works slowly is seen as it is."""
    pages = Pages()
    await pages.gathering.add(cell(1))
    await pages.end_pause()
    await pages.gathering.add(cell(2))
    assert pages.sent == [[cell(1)], [cell(2)]]
    pages.gathering.stop()


async def test_what_waits_is_forgotten_with_the_page() -> None:
    """Nobody is there to read it."""
    pages = Pages()
    await pages.gathering.add(cell(1))
    await pages.gathering.add(cell(2))
    pages.gathering.stop()
    await pages.end_pause()
    assert pages.sent == [[cell(1)]]
