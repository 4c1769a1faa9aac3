"""How many students this installation carries at once, what saturates first, and when a second runner is due.

Processors and memory are shared out by what a press and an open page cost. Workers are a queue: presses come at random
at a known pace, each occupies a worker for a while, and Erlang's C formula (A. K. Erlang, 1917; any text on queues)
says how likely a wait of a given length is. All is reckoned for steady work; a whole class that presses in the same
second is `burst_s`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from coderunner_core.cost.usage import Usage
from coderunner_core.errors import Misconfigured

_FIGURES = Path(__file__).with_name("capacity.toml")
PROCESSOR_SHARE = 0.7  # of all processors: above it waits grow faster than work
MEMORY_SHARE = 0.8  # the rest is for the page cache, and for a bad day
LONG_WAIT_S = 2.0  # proposal 8.3: a queue wait above it for five minutes asks for another runner
LONG_WAIT_SHARE = 0.05  # so many presses may wait longer
_MOST = 1_000_000  # nobody asks beyond
_KIB_PER_MIB = 1024
_ROUNDING = 1e-9  # 559.9999999999999 students are 560


@dataclass(frozen=True, slots=True)
class PressCost:
    """What one run or one submission costs. ``slot_ms``: how long it occupies a worker, the program included."""

    web_cpu_ms: float
    worker_cpu_ms: float
    sandbox_cpu_ms: float
    redis_cpu_ms: float
    slot_ms: float
    program_cpu_ms: float = 0.0

    @property
    def runner_cpu_ms(self) -> float:
        """On the machine where programs run."""
        return self.worker_cpu_ms + self.sandbox_cpu_ms + self.program_cpu_ms

    @property
    def cpu_ms(self) -> float:
        """On all machines together."""
        return self.runner_cpu_ms + self.web_cpu_ms + self.redis_cpu_ms


@dataclass(frozen=True, slots=True)
class Costs:
    """Of a run, of a submission, of an open page, and of the platform with nobody there."""

    run: PressCost
    submission: PressCost
    page_kib: float
    platform_mib: float
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Machine:
    """What there is: processors, memory, and processes of each kind."""

    processors: int
    memory_mib: float
    web_processes: int
    execution_workers: int
    submission_workers: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a student at work presses, in seconds between presses; the defaults are those of the load benchmark."""

    run_every_s: float = 20.0
    submit_every_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that runs out: at how many students, and whether another runner would help."""

    name: str
    students: int
    eased_by_runner: bool


@dataclass(frozen=True, slots=True)
class Capacity:
    """The answer. ``limits`` begins with what saturates first; ``students`` is where that is."""

    students: int
    limits: tuple[Limit, ...]
    second_runner_at: int  # students; from here on what a runner eases is what runs out
    runs_per_s: float  # with so many students
    burst_s: float  # until all have their result, when so many press Run in the same second


@cache
def figures() -> Costs:
    """The costs as measured and written down. Raises Misconfigured when the file cannot be read."""
    try:
        read = tomllib.loads(_FIGURES.read_text())
        return Costs(
            run=PressCost(**read["run"]),
            submission=PressCost(**read["submission"]),
            page_kib=float(read["page"]["memory_kib"]),
            platform_mib=float(read["platform"]["memory_mib"]),
            source=str(read["source"]),
            date=str(read["date"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Misconfigured([f"{_FIGURES.name}: {type(error).__name__}: {error}"]) from error


def with_programs(costs: Costs, usage: Usage) -> Costs:
    """The costs with programs as long and as busy as those that this installation ran."""

    def longer(cost: PressCost, wall_s: float, cpu_s: float) -> PressCost:
        return replace(cost, slot_ms=cost.slot_ms + wall_s * 1000, program_cpu_ms=cpu_s * 1000)

    return replace(
        costs,
        run=longer(costs.run, usage.run.mean_s, usage.run.cpu_mean_s),
        submission=longer(costs.submission, usage.submission.mean_s, usage.submission.cpu_mean_s),
    )


def long_wait_share(workers: int, arrivals_per_s: float, slot_s: float, longer_than_s: float) -> float:
    """The share of presses that wait longer than that for one of so many workers: Erlang C; 1 when they never catch up.

    >>> round(long_wait_share(1, 0.5, 1.0, 0.0), 3), round(long_wait_share(2, 1.0, 1.0, 0.0), 3)
    (0.5, 0.333)
    """
    offered = arrivals_per_s * slot_s
    if offered >= workers:
        return 1.0
    blocked = 1.0  # Erlang B by its recursion, which stays within floating point
    for n in range(1, workers + 1):
        blocked = offered * blocked / (n + offered * blocked)
    waits = blocked / (1 - offered / workers * (1 - blocked))
    return waits * math.exp(-(workers - offered) * longer_than_s / slot_s)


def capacity(costs: Costs, machine: Machine, pace: Pace | None = None) -> Capacity:
    """Work out how many students at work the machine carries, and what runs out first."""
    pace = pace or Pace()
    runs, submissions = 1 / pace.run_every_s, 1 / pace.submit_every_s  # of one student, a second
    cpu_s = (runs * costs.run.cpu_ms + submissions * costs.submission.cpu_ms) / 1000
    web_s = (runs * costs.run.web_cpu_ms + submissions * costs.submission.web_cpu_ms) / 1000
    room_kib = (machine.memory_mib * MEMORY_SHARE - costs.platform_mib) * _KIB_PER_MIB

    def waits_well(workers: int, each: float, cost: PressCost) -> Callable[[int], bool]:
        return lambda students: (
            long_wait_share(workers, students * each, cost.slot_ms / 1000, LONG_WAIT_S) <= LONG_WAIT_SHARE
        )

    limits = sorted(
        (
            Limit("processors", _floor(machine.processors * PROCESSOR_SHARE / cpu_s), True),
            Limit("web processes", _floor(machine.web_processes * PROCESSOR_SHARE / web_s), False),
            Limit("memory", _floor(room_kib / costs.page_kib), False),
            Limit("workers for runs", _most(waits_well(machine.execution_workers, runs, costs.run)), True),
            Limit(
                "workers for submissions",
                _most(waits_well(machine.submission_workers, submissions, costs.submission)),
                True,
            ),
        ),
        key=lambda limit: limit.students,
    )
    students = limits[0].students
    slowest = max(
        costs.run.slot_ms / machine.execution_workers, costs.run.cpu_ms / machine.processors, costs.run.web_cpu_ms
    )
    return Capacity(
        students=students,
        limits=tuple(limits),
        second_runner_at=min(limit.students for limit in limits if limit.eased_by_runner),
        runs_per_s=students * (runs + submissions),
        burst_s=students * slowest / 1000,
    )


def busy_processors(costs: Costs, runs_per_s: float, submissions_per_s: float) -> float:
    """How many processors such work keeps busy: what the load benchmark compares with what it measures."""
    return (runs_per_s * costs.run.cpu_ms + submissions_per_s * costs.submission.cpu_ms) / 1000


def _floor(students: float) -> int:
    return max(0, min(_MOST, math.floor(students + _ROUNDING)))


def _most(holds: Callable[[int], bool]) -> int:
    """The largest number for which it holds; it holds for all below."""
    low, high = 0, _MOST
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
