"""Asks every store that students depend on whether it answers, and how fast: for probes, metrics and alerts."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from coderunner_core.core import Core
from coderunner_core.objects import ObjectMissing

log = logging.getLogger(__name__)

ANSWER_WITHIN_S = 3.0
_NOT_VITAL = ("objects",)  # the ends of long outputs
_NO_OBJECT = "health/never-there"
_NO_RUN = "0" * 32  # looked for and never there: as cheap a question as a result store can be asked


@dataclass(frozen=True, slots=True)
class Part:
    """One store: whether it answered, and after how long. Without one that is not ``vital``, people can still work."""

    name: str
    ok: bool
    latency_ms: float
    vital: bool = True


def questions(core: Core) -> dict[str, Callable[[], Awaitable[object]]]:
    """What each part is asked, by its name."""
    return {
        "database": core.database.ping,
        "redis": core.control.ping,
        "results": lambda: core.results.get(_NO_RUN),
        "objects": lambda: _ask_objects(core),
    }


async def _ask_objects(core: Core) -> None:
    try:
        await core.objects.read(_NO_OBJECT)
    except ObjectMissing:
        return  # as it should be: the store has answered


async def check(core: Core) -> list[Part]:
    """All parts at once, each within ANSWER_WITHIN_S."""
    return list(await asyncio.gather(*(_ask(name, question) for name, question in questions(core).items())))


async def check_one(core: Core, name: str) -> Part:
    """One part."""
    return await _ask(name, questions(core)[name])


async def _ask(name: str, question: Callable[[], Awaitable[object]]) -> Part:
    began = time.perf_counter()
    try:
        await asyncio.wait_for(question(), ANSWER_WITHIN_S)
        ok = True
    except Exception as error:  # each driver has its own; what it means is the same
        log.warning("%s does not answer", name, extra={"error": type(error).__name__})
        ok = False
    return Part(name, ok, round((time.perf_counter() - began) * 1000, 2), name not in _NOT_VITAL)
