"""How many students fit: against values worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from coderunner_core.cost.capacity import Machine, Pace, burst_s, capacity, long_wait_share
from coderunner_core.cost.costs import Costs, EventCost, PageCost, PlatformCost, PressCost

_PRESS = PressCost(web_cpu_ms=20, worker_cpu_ms=20, sandbox_cpu_ms=3, engine_cpu_ms=2, redis_cpu_ms=5, slot_ms=30)
_COSTS = Costs(
    run=_PRESS,
    submission=_PRESS,
    tests=6,
    event=EventCost(web_cpu_ms=8, redis_cpu_ms=2),
    page=PageCost(memory_kib=512, web_cpu_ms_per_s=0, redis_cpu_ms_per_s=0),
    platform=PlatformCost(memory_mib=1024, cpu_ms_per_s=0, engine_cpu_ms_per_s=0),
    source="by hand",
    date="today",
)
_MACHINE = Machine(processors=2, memory_mib=4096, web_processes=1, execution_workers=2, submission_workers=1)
_RUNS_ONLY = Pace(run_every_s=20, submit_every_s=math.inf, save_every_s=math.inf)


def _students(name: str, costs: Costs = _COSTS, machine: Machine = _MACHINE, pace: Pace = _RUNS_ONLY) -> int:
    return next(limit.students for limit in capacity(costs, machine, pace).limits if limit.name == name)


@pytest.mark.parametrize(
    ("workers", "arrivals_per_s", "slot_s", "longer_than_s", "share"),
    [
        (1, 0.5, 1.0, 0.0, 0.5),  # one worker, half busy: half of the presses find it busy
        (2, 1.0, 1.0, 0.0, 1 / 3),  # a²/2/(1-a/2) / (1 + a + a²/2/(1-a/2)) = 1/3 with a = 1
        (1, 0.5, 1.0, 2.0, 0.18394),  # 0.5 e^-(1-0.5)2
        (3, 2.0, 1.0, 0.0, 0.44444),  # 4/9, the textbook case
        (1, 1.0, 1.0, 9.0, 1.0),  # never catches up
        (4, 0.0, 1.0, 0.0, 0.0),
    ],
)
def test_erlang_s_c_formula(
    workers: int, arrivals_per_s: float, slot_s: float, longer_than_s: float, share: float
) -> None:
    """As worked out by hand."""
    assert share == pytest.approx(long_wait_share(workers, arrivals_per_s, slot_s, longer_than_s), abs=1e-4)


def test_processors_are_shared_out_by_what_a_press_costs() -> None:
    """50 ms a press, one press in 20 s: 2.5 ms a second and student; 70 % of two processors are 1,400 ms."""
    assert _students("processors") == 560


def test_web_processes_run_out_on_their_own_share() -> None:
    """20 ms of 50: 1 ms a second and student; 70 % of one process are 700 ms."""
    assert _students("web processes") == 700


def test_typing_costs_processors_too() -> None:
    """10 ms each ten seconds are another millisecond a second and student, 8 ms of them in the web: 1,400 / 3.5 is
    400, and 700 / 1.8 is 388.9.
    """
    typing = replace(_RUNS_ONLY, save_every_s=10)
    assert (_students("processors", pace=typing), _students("web processes", pace=typing)) == (400, 388)


def test_an_open_page_and_an_idle_platform_cost_something() -> None:
    """100 ms a second are gone before anybody comes, and half a millisecond for each page: 1,300 / 3 is 433.3."""
    page = PageCost(memory_kib=512, web_cpu_ms_per_s=0.4, redis_cpu_ms_per_s=0.1)
    costs = replace(_COSTS, page=page, platform=PlatformCost(1024, cpu_ms_per_s=70, engine_cpu_ms_per_s=30))
    assert (_students("processors", costs), _students("web processes", costs)) == (433, 500)


def test_a_burst_lasts_as_long_as_its_slowest_part() -> None:
    """30 presses: 50 ms on two processors, 30 ms of two workers, 20 ms of one web process: 25 ms each are 0.75 s.
    With programs of 200 ms the workers are the slowest: 115 ms each are 3.45 s.
    """
    slow = replace(_COSTS, run=replace(_PRESS, slot_ms=230))
    assert (burst_s(_COSTS, _MACHINE, 30), burst_s(slow, _MACHINE, 30)) == pytest.approx((0.75, 3.45))


def test_memory_is_what_the_platform_leaves() -> None:
    """80 % of 4,096 MiB less 1,024 is 2,252.8 MiB; half a MiB a page."""
    assert _students("memory") == 4505


def test_a_machine_smaller_than_the_platform_carries_nobody() -> None:
    """Not a negative number of students."""
    assert _students("memory", machine=replace(_MACHINE, memory_mib=512)) == 0


def test_workers_run_out_when_one_in_twenty_waits_too_long() -> None:
    """At the number that is given the share is within the bound, with one student more it is not."""
    students = _students("workers for runs")
    shares = [long_wait_share(2, count / 20, 0.03, 2.0) for count in (students, students + 1)]
    assert [share <= 0.05 for share in shares] == [True, False]


def test_what_saturates_first_is_named_first() -> None:
    """Here it is the processors."""
    assert capacity(_COSTS, _MACHINE, _RUNS_ONLY).limits[0].name == "processors"


def test_long_programs_make_the_workers_the_first_to_saturate() -> None:
    """Two workers, four seconds each: half a press a second at the very most."""
    slow = replace(_COSTS, run=replace(_PRESS, slot_ms=4000))
    assert capacity(slow, _MACHINE, _RUNS_ONLY).limits[0].name == "workers for runs"


def test_a_second_runner_is_due_for_what_it_would_ease() -> None:
    """Memory of the web is not among it."""
    small = replace(_MACHINE, memory_mib=1300)
    found = capacity(_COSTS, small, _RUNS_ONLY)
    assert (found.limits[0].name, found.second_runner_at) == ("memory", 560)
