"""What the cost page is given: the cost model's report, with what this installation measured beside what is assumed.

Capacity goes with it: the same measured programs, on the machine that this process sees.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import astuple, dataclass

import psutil

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.cost.capacity import Capacity, Machine, Pace, capacity
from coderunner_core.cost.costs import Costs, figures, with_programs
from coderunner_core.cost.measured import measure
from coderunner_core.cost.report import CostReport, build
from coderunner_core.cost.usage import Usage
from coderunner_core.errors import BadInput
from coderunner_core.services.permissions import admin

_MIB = 1024 * 1024
_LEAST_S, _MOST_S = 0.1, 86_400  # between two presses of one student
_MOST_PRESSES = 20_000  # a page that opens reads no more; the terminal's command does


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asks for. ``changes`` replaces inputs, by their names; ``days`` is how far back to measure."""

    scenario: str = "base"
    measured: bool = True
    days: int = 30
    changes: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """The whole answer. ``costs`` are what capacity was reckoned with."""

    report: CostReport
    machine: Machine
    costs: Costs
    capacity: Capacity
    busiest: int  # students who were at work at the same time, at most; 0 when nothing was measured


async def read(actor: Actor | None, core: Core, wanted: Wanted, pace: Pace | None = None) -> Bill:
    """Work it out. Raises NotSignedIn, NotAllowed, and BadInput for an input that makes no sense."""
    admin(actor)
    if pace is not None and not all(_LEAST_S <= one <= _MOST_S for one in astuple(pace)):
        raise BadInput(f"Seconds between presses: from {_LEAST_S:g} to {_MOST_S:,}.")
    changes = [f"{name}={value}" for name, value in (wanted.changes or {}).items() if value.strip()]
    build(wanted.scenario, changes)  # a mistyped input is said before the run table is read
    usage = await measure(core.database, days=wanted.days, max_presses=_MOST_PRESSES) if wanted.measured else None
    costs = with_programs(figures(), usage) if isinstance(usage, Usage) else figures()
    machine = this_machine(core)
    return Bill(
        report=build(wanted.scenario, changes, usage),
        machine=machine,
        costs=costs,
        capacity=capacity(costs, machine, pace),
        busiest=usage.peak_users if isinstance(usage, Usage) else 0,
    )


def this_machine(core: Core) -> Machine:
    """The machine of this process, with the numbers of processes that the settings give."""
    settings = core.settings
    return Machine(
        processors=len(os.sched_getaffinity(0)),
        memory_mib=psutil.virtual_memory().total / _MIB,
        web_processes=settings.web_workers,
        execution_workers=settings.worker_concurrency_execution,
        submission_workers=settings.worker_concurrency_submission,
    )
