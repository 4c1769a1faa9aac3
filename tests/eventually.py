"""Waits for a condition instead of for a length of time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

WITHIN_S = 120  # on a busy machine a worker takes half a minute to start
_ASK_EVERY_S = 0.02


async def eventually(question: Callable[[], Awaitable[T | None]], within_s: float = WITHIN_S) -> T:
    """The first true answer; fails when there is none in time."""
    deadline = time.monotonic() + within_s
    while True:
        if answer := await question():
            return answer
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(_ASK_EVERY_S)
