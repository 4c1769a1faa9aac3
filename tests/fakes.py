"""Stand-ins that tests put into a Core: each keeps what it was told, and can be told to fail."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from redis.exceptions import ConnectionError as RedisConnectionError

from coderunner_core.contract import Limits, RunKind, RunStatus
from coderunner_core.core import Core
from coderunner_core.curriculum import AgeGroup, Curriculum, Level, Problem, TestCase
from coderunner_core.database import open_database
from coderunner_core.errors import Busy, TooMany
from coderunner_core.events import Chunk
from coderunner_core.load import QueueLoad
from coderunner_core.objects import open_objects
from coderunner_core.presence import Here, Moved
from coderunner_core.quotas import Address, Allowance, Left
from coderunner_core.results import SpillingResultStore, SqlResultStore
from coderunner_core.settings import Settings, load_settings
from tests import databases
from tests.fake_control import FakeControl


class FakeQueue:
    """A list of what was enqueued; ``broken`` makes it refuse as an unreachable Redis would."""

    def __init__(self) -> None:
        self.jobs: list[tuple[RunKind, str, int]] = []
        self.broken = False

    async def enqueue(self, kind: RunKind, run_id: str, attempt: int = 0) -> None:
        if self.broken:
            raise Busy("The queue cannot be reached just now.")
        self.jobs.append((kind, run_id, attempt))

    async def place(self, kind: RunKind, run_id: str, attempt: int = 0) -> int | None:
        job = (kind, run_id, attempt)
        return self.jobs.index(job) if job in self.jobs else None


class FakeEvents:
    """What was announced, in order."""

    def __init__(self) -> None:
        self.said: list[tuple[str, ...]] = []
        self.announced: list[tuple[str, str, dict[str, Any]]] = []  # to a topic that is not a person
        self.chunks: list[Chunk] = []

    async def run_changed(self, user_id: int, run_id: str, problem_id: str, status: RunStatus) -> None:
        self.said.append(("run", run_id, status.value))

    async def progress_changed(self, user_id: int, problem_id: str) -> None:
        self.said.append(("progress", problem_id))

    async def announce(self, topic: str, kind: str, data: dict[str, Any]) -> None:
        self.announced.append((topic, kind, data))

    async def ask_to_stop(self, run_id: str) -> None:
        self.said.append(("stop", run_id))

    async def replay(self, run_id: str, after_seq: int = -1) -> list[Chunk]:
        return [chunk for chunk in self.chunks if chunk.run_id == run_id and chunk.seq > after_seq]

    async def forget(self, run_ids: Sequence[str]) -> None:
        self.chunks = [chunk for chunk in self.chunks if chunk.run_id not in run_ids]


class FakeThrottle:
    """Counts for ever, so that a test reaches the limit without waiting."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    async def hit(self, what: str, who: str, *, allowed: int, window_s: int, message: str) -> None:
        self.counts[what, who] += 1
        if self.counts[what, who] > allowed:
            raise TooMany(message, retry_after_s=window_s)

    async def forget(self, what: str, who: str, *, allowed: int, window_s: int) -> None:
        del self.counts[what, who]


class FakeQuotas:
    """Counts run ids for ever."""

    def __init__(self) -> None:
        self.taken: dict[tuple[int, RunKind], list[str]] = {}
        self.started: dict[tuple[int, RunKind], list[str]] = {}
        self.from_address: Counter[str] = Counter()

    async def take(
        self, user_id: int, kind: RunKind, run_id: str, allowance: Allowance, address: Address | None = None
    ) -> None:
        ids = self.taken.setdefault((user_id, kind), [])
        started = self.started.setdefault((user_id, kind), [])
        if len(ids) >= allowance.per_minute:
            raise TooMany("You have used your runs of this minute.", retry_after_s=60)
        if len(started) >= allowance.per_minute * allowance.starts_factor:
            raise TooMany("You have started many runs in this minute.", retry_after_s=60)
        if address is not None and self.from_address[address.name] >= address.per_minute:
            raise TooMany("Many programs were started from your network.", retry_after_s=60)
        if address is not None:
            self.from_address[address.name] += 1
        ids.append(run_id)
        started.append(run_id)

    async def give_back(self, user_id: int, kind: RunKind, run_id: str, *, was_started: bool = True) -> None:
        for ids in [self.taken] if was_started else [self.taken, self.started]:
            if run_id in ids.get((user_id, kind), []):
                ids[user_id, kind].remove(run_id)

    async def left(self, user_id: int, kind: RunKind, allowance: Allowance) -> Left:
        used = len(self.taken.get((user_id, kind), []))
        return Left(allowance.per_minute - used, allowance.per_day - used, 60 if used else None)

    async def forget(self, user_id: int) -> None:
        for kind in RunKind:
            self.taken.pop((user_id, kind), None)
            self.started.pop((user_id, kind), None)


class FakeLoad:
    """A queue as the test says it is; ``broken`` fails as an unreachable Redis would."""

    def __init__(self) -> None:
        self.now = QueueLoad(waiting=0, workers=2, mean_ms=100)
        self.line: list[str] = []  # the ids of the runs that wait, in order
        self.noted: list[tuple[RunKind, float]] = []
        self.broken = False

    async def of(self, kind: RunKind) -> QueueLoad:
        if self.broken:
            raise RedisConnectionError
        return self.now

    async def places(self, kind: RunKind) -> tuple[QueueLoad, dict[str, int]]:
        return await self.of(kind), {run_id: place for place, run_id in enumerate(self.line)}

    async def note(self, kind: RunKind, busy_ms: float) -> None:
        self.noted.append((kind, busy_ms))


class FakePresence:
    """Who is here, one page a person; ``broken`` fails as an unreachable Redis would."""

    def __init__(self) -> None:
        self.here: dict[int, Here] = {}
        self.silent: set[int] = set()  # whose pages nobody speaks for any more
        self.broken = False

    async def seen(self, user_id: int, problem_id: str, page: str) -> Moved:
        self._answer()
        before = self.here.get(user_id)
        if before is None or before.problem_id != problem_id:
            self.here[user_id] = Here(problem_id, int(time.time() * 1000))
        return Moved(before.problem_id if before else None, problem_id)

    async def gone(self, user_id: int, page: str) -> Moved:
        self._answer()
        before = self.here.pop(user_id, None)
        return Moved(before.problem_id if before else None, None)

    async def of(self, user_ids: Sequence[int]) -> dict[int, Here]:
        self._answer()
        return {one: self.here[one] for one in user_ids if one in self.here}

    async def lapsed(self) -> dict[int, Moved]:
        self._answer()
        gone = self.silent & set(self.here)
        return {one: Moved(self.here.pop(one).problem_id, None) for one in gone}

    async def forget(self, user_id: int) -> None:
        self.here.pop(user_id, None)

    def _answer(self) -> None:
        if self.broken:
            raise RedisConnectionError


class FakeClock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now_s = 1_000_000.0

    def __call__(self) -> float:
        return self.now_s


class FakeCache:
    """Remembers nothing, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def get(self, key: str, ttl_s: int, load: Callable[[], Awaitable[str]]) -> str:
        self.asked.append(key)
        return await load()


class FakeLeases:
    """Gives each lease once."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    async def take(self, name: str, for_s: int) -> bool:
        free = name not in self.taken
        self.taken.add(name)
        return free


def problem(problem_id: str = "countdown", **changes: object) -> Problem:
    """A small problem with one visible and one hidden test."""
    values: dict[str, object] = {
        "id": problem_id,
        "title": problem_id.title(),
        "kind": "program",
        "concepts": ("loops",),
        "difficulty": 2,
        "limits": Limits(),
        "statement_html": "<p>Count down.</p>",
        "hints_html": ("<p>Try range.</p>",),
        "starter": "n = int(input())\n",
        "reference": "print('the reference')\n",
        "wrong": (),
        "tests": (
            TestCase("Example", visible=True, weight=1, stdin="3\n", expected="3\n2\n1\n"),
            TestCase("Hidden 1", visible=False, weight=3, stdin="77\n", expected="secret-expected\n"),
        ),
        "version": "v1",
    }
    return Problem(**{**values, **changes})  # type: ignore[arg-type]


def curriculum(*problems: Problem) -> Curriculum:
    """One age group with one level that holds these problems."""
    shown = problems or (problem(), problem("even-numbers"))
    return Curriculum((AgeGroup("11-13", "11–13", "", (Level("11-13/3-loops", 3, "Loops", "", tuple(shown)),)),))


@asynccontextmanager
async def open_fake_core(folder: Path, lessons: Curriculum | None = None, **settings: object) -> AsyncIterator[Core]:
    """A Core over a real database with the newest schema; queue, events and throttle are fakes."""
    own = {"data_dir": folder, "database_url": databases.url_for(folder), "jwt_secret": "x" * 48, "_env_file": None}
    chosen: Settings = load_settings(**{**own, **settings})
    if not chosen.database_url:
        databases.put_sqlite(folder / "coderunner.db")
    database = open_database(chosen)
    objects = open_objects(chosen)  # a real directory beside the database
    try:
        yield Core(
            settings=chosen,
            database=database,
            results=SpillingResultStore(
                SqlResultStore(database, chosen.result_ttl_days), objects, chosen.inline_output_bytes
            ),
            objects=objects,
            queue=FakeQueue(),
            events=FakeEvents(),
            throttle=FakeThrottle(),
            quotas=FakeQuotas(),
            load=FakeLoad(),
            control=FakeControl(),
            presence=FakePresence(),
            cache=FakeCache(),
            leases=FakeLeases(),
            curriculum=lessons or curriculum(),
        )
    finally:
        await database.close()
