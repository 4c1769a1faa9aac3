"""What one run, one submission, one event, one open page and an idle platform cost a machine: measured, as data.

``python -m benchmarks.capacity`` measures each by itself and prints the file. What a load costs is their sum, so any
load can be reckoned, and held against one that was measured (``python -m benchmarks.load``).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from coderunner_core.cost.usage import Timing, Usage
from coderunner_core.errors import Misconfigured

FIGURES_PATH = Path(__file__).with_name("capacity.toml")


@dataclass(frozen=True, slots=True)
class PressCost:
    """One run or one submission. ``slot_ms``: how long it keeps a worker from the next one, the program included.

    ``sandbox`` is what goes on in containers besides the program, ``engine`` the Docker engine with its helpers.
    """

    web_cpu_ms: float
    worker_cpu_ms: float
    sandbox_cpu_ms: float
    engine_cpu_ms: float
    redis_cpu_ms: float
    slot_ms: float
    program_cpu_ms: float = 0.0

    @property
    def cpu_ms(self) -> float:
        """On all machines together."""
        runner_ms = self.worker_cpu_ms + self.sandbox_cpu_ms + self.engine_cpu_ms + self.program_cpu_ms
        return runner_ms + self.web_cpu_ms + self.redis_cpu_ms


@dataclass(frozen=True, slots=True)
class EventCost:
    """One event of an open page that is no press: what was typed is saved."""

    web_cpu_ms: float
    redis_cpu_ms: float

    @property
    def cpu_ms(self) -> float:
        """On all machines together."""
        return self.web_cpu_ms + self.redis_cpu_ms


@dataclass(frozen=True, slots=True)
class PageCost:
    """One open page, at rest: memory of its web process, and processor time for each second that it is open."""

    memory_kib: float
    web_cpu_ms_per_s: float
    redis_cpu_ms_per_s: float

    @property
    def cpu_ms_per_s(self) -> float:
        """On all machines together."""
        return self.web_cpu_ms_per_s + self.redis_cpu_ms_per_s


@dataclass(frozen=True, slots=True)
class PlatformCost:
    """Everything with nobody there: each worker proves its sandbox now and then, stores are looked after.

    ``cpu_ms_per_s`` is without the Docker engine.
    """

    memory_mib: float
    cpu_ms_per_s: float
    engine_cpu_ms_per_s: float


@dataclass(frozen=True, slots=True)
class Costs:
    """All of them. ``tests`` is how many tests the submission had."""

    run: PressCost
    submission: PressCost
    tests: float
    event: EventCost
    page: PageCost
    platform: PlatformCost
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Load:
    """What students do: so many pages are open, and so much happens on all of them together in a second."""

    students: float
    runs_per_s: float
    submissions_per_s: float
    events_per_s: float = 0.0


@cache
def figures() -> Costs:
    """The costs as measured and written down. Raises Misconfigured when the file cannot be read."""
    try:
        return costs_of(tomllib.loads(FIGURES_PATH.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Misconfigured([f"{FIGURES_PATH.name}: {type(error).__name__}: {error}"]) from error


def costs_of(read: dict[str, Any]) -> Costs:
    """The costs out of a file that was read. Raises KeyError, TypeError and ValueError for one that lacks something."""
    submission = dict(read["submission"])
    tests = float(submission.pop("tests"))
    if not tests > 0:
        raise ValueError(f"submission.tests must be more than 0, not {tests}")
    return Costs(
        run=PressCost(**read["run"]),
        submission=PressCost(**submission),
        tests=tests,
        event=EventCost(**read["event"]),
        page=PageCost(**read["page"]),
        platform=PlatformCost(**read["platform"]),
        source=str(read["source"]),
        date=str(read["date"]),
    )


def with_tests(costs: Costs, tests: float) -> Costs:
    """The costs with submissions of so many tests: each test is one more start of the program in the sandbox."""
    run, submission, share = costs.run, costs.submission, tests / costs.tests

    def part(of_run: float, of_submission: float) -> float:
        return of_run + max(0.0, of_submission - of_run) * share

    scaled = replace(
        submission,
        worker_cpu_ms=part(run.worker_cpu_ms, submission.worker_cpu_ms),
        sandbox_cpu_ms=submission.sandbox_cpu_ms * share,
        engine_cpu_ms=submission.engine_cpu_ms * share,
        slot_ms=part(run.slot_ms, submission.slot_ms),
    )
    return replace(costs, submission=scaled, tests=tests)


def with_programs(costs: Costs, usage: Usage) -> Costs:
    """The costs with programs as long and as busy as those that this installation ran, and with as many tests."""

    def longer(cost: PressCost, ran: Timing) -> PressCost:
        return replace(cost, slot_ms=cost.slot_ms + ran.mean_s * 1000, program_cpu_ms=ran.cpu_mean_s * 1000)

    if usage.tests_per_submission is not None:
        costs = with_tests(costs, usage.tests_per_submission)
    return replace(costs, run=longer(costs.run, usage.run), submission=longer(costs.submission, usage.submission))


def busy_processors(costs: Costs, load: Load) -> float:
    """How many processors such a load keeps busy, everything that belongs to the platform together."""
    spent_ms = (
        costs.platform.cpu_ms_per_s
        + costs.platform.engine_cpu_ms_per_s
        + load.students * costs.page.cpu_ms_per_s
        + load.runs_per_s * costs.run.cpu_ms
        + load.submissions_per_s * costs.submission.cpu_ms
        + load.events_per_s * costs.event.cpu_ms
    )
    return spent_ms / 1000


def engine_processors(costs: Costs, load: Load) -> float:
    """The Docker engine's part of it. Whoever measures a load cannot tell it from what the engine does for others."""
    spent_ms = (
        costs.platform.engine_cpu_ms_per_s
        + load.runs_per_s * costs.run.engine_cpu_ms
        + load.submissions_per_s * costs.submission.engine_cpu_ms
    )
    return spent_ms / 1000
