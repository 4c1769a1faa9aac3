"""How many students this installation carries at once, what saturates first, and when a second runner is due.

Processors and memory are shared out by what presses, events and open pages cost (``costs.py``). Workers are a queue:
presses come at random at a known pace, each occupies a worker for a while, and Erlang's C formula (A. K. Erlang, 1917;
any text on queues) says how likely a wait of a given length is. All is reckoned for steady work; a whole class that
presses in the same second is ``burst_s``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from coderunner_core.cost.costs import Costs, PressCost

PROCESSOR_SHARE = 0.7  # of all processors: above it waits grow faster than work
MEMORY_SHARE = 0.8  # the rest is for the page cache, and for a bad day
LONG_WAIT_S = 2.0  # proposal 8.3: a queue wait above it for five minutes asks for another runner
LONG_WAIT_SHARE = 0.05  # so many presses may wait longer
_MOST = 1_000_000  # nobody asks beyond
_KIB_PER_MIB = 1024
_ROUNDING = 1e-9  # 559.9999999999999 students are 560


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
    """What a student at work does, in seconds between two presses and between two pauses in typing.

    The presses are those of the load benchmark; what was typed is saved after each pause, here one in ten seconds.
    """

    run_every_s: float = 20.0
    submit_every_s: float = 120.0
    save_every_s: float = 10.0


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
    runs, submissions, saves = 1 / pace.run_every_s, 1 / pace.submit_every_s, 1 / pace.save_every_s  # of one, a second
    cpu_ms = (
        runs * costs.run.cpu_ms
        + submissions * costs.submission.cpu_ms
        + saves * costs.event.cpu_ms
        + costs.page.cpu_ms_per_s
    )
    web_ms = (
        runs * costs.run.web_cpu_ms
        + submissions * costs.submission.web_cpu_ms
        + saves * costs.event.web_cpu_ms
        + costs.page.web_cpu_ms_per_s
    )
    idle_ms = costs.platform.cpu_ms_per_s + costs.platform.engine_cpu_ms_per_s
    processors_ms = machine.processors * PROCESSOR_SHARE * 1000 - idle_ms
    web_processes_ms = machine.web_processes * PROCESSOR_SHARE * 1000
    room_kib = (machine.memory_mib * MEMORY_SHARE - costs.platform.memory_mib) * _KIB_PER_MIB

    def waits_well(workers: int, each: float, cost: PressCost) -> Callable[[int], bool]:
        return lambda students: (
            long_wait_share(workers, students * each, cost.slot_ms / 1000, LONG_WAIT_S) <= LONG_WAIT_SHARE
        )

    limits = sorted(
        (
            Limit("processors", _floor(processors_ms / cpu_ms), True),
            Limit("web processes", _floor(web_processes_ms / web_ms), False),
            Limit("memory", _floor(room_kib / costs.page.memory_kib), False),
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
    return Capacity(
        students=students,
        limits=tuple(limits),
        second_runner_at=min(limit.students for limit in limits if limit.eased_by_runner),
        runs_per_s=students * (runs + submissions),
        burst_s=burst_s(costs, machine, students),
    )


def burst_s(costs: Costs, machine: Machine, students: int) -> float:
    """Seconds until all have their result when so many press Run in the same second."""
    run = costs.run
    slowest_ms = max(
        run.slot_ms / machine.execution_workers,
        run.cpu_ms / machine.processors,
        run.web_cpu_ms / machine.web_processes,
    )
    return students * slowest_ms / 1000


def _floor(students: float) -> int:
    return max(0, min(_MOST, math.floor(students + _ROUNDING)))


def _most(holds: Callable[[int], bool]) -> int:
    """The largest number for which it holds; it holds for all below."""
    low, high = 0, _MOST
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
