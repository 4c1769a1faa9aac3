"""Gathers news for a page that would drown in it: the first at once, then everything since, at most so often.

A class of forty that works at the same time makes dozens of messages a second; a teacher's page is redrawn twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

EVERY_S = 0.5

Data = Mapping[str, Any]
News = tuple[str, Data]  # the kind of a message and its data
Send = Callable[[list[News]], Awaitable[None]]


@dataclass(frozen=True)
class Gathered:
    """An answer to several messages at once; the kinds of one topic that share it are gathered together.

    ``answer`` is given what came since it was last asked, in order, what was said twice only once.
    """

    answer: Callable[[list[News]], Any]
    every_s: float = EVERY_S


class Gathering:
    """What one page has not been told yet."""

    def __init__(self, send: Send, every_s: float, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._send, self._every_s, self._sleep = send, every_s, sleep
        self._waiting: list[News] = []
        self._pause: asyncio.Task[None] | None = None

    async def add(self, news: News) -> None:
        """Send the news now, or with what else comes in this pause."""
        if self._pause is None:
            self._pause = asyncio.create_task(self._rest(), name="push-pause")
            await self._send([news])
        elif news not in self._waiting:
            self._waiting.append(news)

    def stop(self) -> None:
        """Forget what was not sent: the page is gone."""
        self._waiting.clear()
        if self._pause is not None:
            self._pause.cancel()

    async def _rest(self) -> None:
        try:
            await self._sleep(self._every_s)
            while self._waiting:
                news, self._waiting = self._waiting, []
                await self._send(news)
                await self._sleep(self._every_s)
        finally:
            self._pause = None
