"""Pages whose run waits: each hears how it comes forward, and the queue is looked at once for all of them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from coderunner_app.push import RawDelta
from coderunner_app.queue_watch import QueueWatch
from coderunner_app.state.problem import ProblemState
from coderunner_core.contract import RunKind
from coderunner_core.load import QueueLoad
from tests.fakes import FakeLoad


class FakePages:
    """Open pages, and what each was told."""

    def __init__(self) -> None:
        self.closed: set[str] = set()
        self.told: list[tuple[str, Any]] = []

    def is_open(self, token: str) -> bool:
        return token not in self.closed

    async def tell(self, token: str, event: Any) -> None:
        self.told.append((token, event.values["queue"] if isinstance(event, RawDelta) else "look again"))


class CountingLoad(FakeLoad):
    """Counts how often it was looked at."""

    def __init__(self, line: list[str]) -> None:
        super().__init__()
        self.line, self.looks = line, 0
        self.now = QueueLoad(waiting=len(line), workers=2, mean_ms=100)

    async def places(self, kind: RunKind) -> tuple[QueueLoad, dict[str, int]]:
        self.looks += 1
        return await super().places(kind)


def say(place: int, wait_s: float | None) -> RawDelta:
    return RawDelta(ProblemState, {"queue": (place, wait_s)})


def watch_for(*run_ids: str) -> QueueWatch:
    """One page for each run, named after it."""
    watch = QueueWatch()
    for run_id in run_ids:
        watch.wait(f"page-{run_id}", run_id, RunKind.RUN, say, ProblemState.look_again())  # type: ignore[operator]
    return watch


@pytest.fixture
def pages() -> FakePages:
    return FakePages()


async def test_two_hundred_waiting_pages_cost_one_look_and_a_message_each(pages: FakePages) -> None:
    """And nothing more until the queue moves."""
    line = [f"run{n}" for n in range(200)]
    load, watch = CountingLoad(line), watch_for(*line)
    told = [await watch.look(load, pages) for _ in range(3)]
    assert (told, load.looks, pages.told[7]) == ([200, 0, 0], 3, ("page-run7", (7, 0.35)))


async def test_a_queue_that_moves_brings_everybody_forward(pages: FakePages) -> None:
    """Place and wait both become less."""
    load, watch = CountingLoad(["a", "b", "c"]), watch_for("c")
    for line in (["a", "b", "c"], ["b", "c"], ["c"]):
        load.line = line
        await watch.look(load, pages)
    assert pages.told == [("page-c", (2, 0.1)), ("page-c", (1, 0.05)), ("page-c", (0, 0.0))]


async def test_when_the_last_worker_goes_those_who_wait_are_told(pages: FakePages) -> None:
    """Their place is the same, but nothing will happen to it."""
    load, watch = CountingLoad(["a", "b"]), watch_for("b")
    await watch.look(load, pages)
    load.now = QueueLoad(waiting=2, workers=0, mean_ms=100)
    await watch.look(load, pages)
    assert pages.told[1:] == [("page-b", (1, None))]


async def test_a_run_that_left_the_queue_is_read_again_if_its_page_does_not_hear_of_it(pages: FakePages) -> None:
    """Not at once: the news of its beginning or its end is on its way."""
    load, watch = CountingLoad([]), watch_for("a")
    told = [await watch.look(load, pages) for _ in range(4)]
    assert (told, pages.told) == ([0, 0, 1, 0], [("page-a", "look again")])


async def test_a_closed_page_is_told_nothing(pages: FakePages) -> None:
    """Nor one that shows no waiting run any more."""
    load, watch = CountingLoad(["a", "b", "c"]), watch_for("a", "b", "c")
    pages.closed.add("page-a")
    watch.forget("page-b")
    await watch.look(load, pages)
    assert [token for token, _ in pages.told] == ["page-c"]


async def test_nobody_looks_while_nobody_waits_and_then_when_something_moved(pages: FakePages) -> None:
    """However many runs others have."""
    load, watch = CountingLoad(["a"]), watch_for()
    async with watch.watching(load, pages):
        watch.moved()
        await asyncio.sleep(0)
        assert load.looks == 0
        watch.wait("page-a", "a", RunKind.RUN, say, ProblemState.look_again())  # type: ignore[operator]
        async with asyncio.timeout(5):
            while not pages.told:
                await asyncio.sleep(0.01)
    assert (load.looks, pages.told) == (1, [("page-a", (0, 0.0))])
