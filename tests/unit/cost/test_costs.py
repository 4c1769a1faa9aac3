"""What a load costs: added up by hand, and held against loads that ``python -m benchmarks.load --json`` measured."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coderunner_core.cost.costs import (
    FIGURES_PATH,
    Costs,
    EventCost,
    Load,
    PageCost,
    PlatformCost,
    PressCost,
    busy_processors,
    costs_of,
    engine_processors,
    figures,
    with_programs,
    with_tests,
)
from coderunner_core.cost.usage import Timing
from tests.unit.cost.test_usage import press, summarised

RUN = PressCost(web_cpu_ms=20, worker_cpu_ms=10, sandbox_cpu_ms=6, engine_cpu_ms=2, redis_cpu_ms=2, slot_ms=25)
SUBMISSION = PressCost(web_cpu_ms=22, worker_cpu_ms=20, sandbox_cpu_ms=36, engine_cpu_ms=12, redis_cpu_ms=2, slot_ms=85)
COSTS = Costs(
    run=RUN,
    submission=SUBMISSION,
    tests=6,
    event=EventCost(web_cpu_ms=4, redis_cpu_ms=1),
    page=PageCost(memory_kib=256, web_cpu_ms_per_s=0.2, redis_cpu_ms_per_s=0.05),
    platform=PlatformCost(memory_mib=900, cpu_ms_per_s=40, engine_cpu_ms_per_s=10),
    source="by hand",
    date="today",
)

# Other numbers of students and other mixes than those with which capacity.toml was measured. Written by
#   python -m benchmarks.load --students … --json >> tests/unit/cost/measured_loads.jsonl
MEASURED = [json.loads(line) for line in Path(__file__).with_name("measured_loads.jsonl").read_text().splitlines()]
TOLERANCE = 0.2


def test_a_load_is_the_sum_of_its_parts() -> None:
    """50 + 100 x 0.25 + 5 x 40 + 2 x 92 + 10 x 5 = 509 ms in a second."""
    assert busy_processors(COSTS, Load(100, 5, 2, 10)) == pytest.approx(0.509)


def test_the_engine_is_a_part_of_it() -> None:
    """10 + 5 x 2 + 2 x 12 = 44 ms in a second."""
    assert engine_processors(COSTS, Load(100, 5, 2, 10)) == pytest.approx(0.044)


def test_nobody_there_costs_what_an_idle_platform_costs() -> None:
    """Workers prove their sandboxes all the same."""
    assert busy_processors(COSTS, Load(0, 0, 0)) == pytest.approx(0.05)


def test_a_submission_with_more_tests_starts_its_program_more_often() -> None:
    """Twelve instead of six: the sandbox 2 x 36, the engine 2 x 12, the worker 10 + 2 x 10, its slot 25 + 2 x 60."""
    more = with_tests(COSTS, 12).submission
    assert (more.sandbox_cpu_ms, more.engine_cpu_ms, more.worker_cpu_ms) == (72, 24, 30)
    assert (more.slot_ms, more.web_cpu_ms) == (145, 22)


def test_what_was_measured_here_takes_the_place_of_what_the_benchmark_ran() -> None:
    """Runs of 0.1 s with 40 ms of processor; a submission of 3 tests, half of what the file has: 24 + 15 + 24 ms."""
    usage = replace(summarised([press()]), submission=Timing(1, 0.5, 0.5, 0.5, 0.024), tests_per_submission=3)
    here = with_programs(COSTS, usage)
    assert (here.run.slot_ms, here.run.program_cpu_ms) == (125, 40)
    assert (here.submission.slot_ms, here.submission.cpu_ms) == (55 + 500, 22 + 15 + 24 + 2 + 24)


def test_the_written_figures_can_be_read() -> None:
    """They are data that an operator may replace."""
    assert figures().run.cpu_ms > 0


@pytest.mark.parametrize(("section", "value"), [("run", {}), ("submission", {"tests": 0}), ("page", {"colour": 1})])
def test_figures_that_lack_something_are_refused(section: str, value: dict[str, Any]) -> None:
    """A key that is missing, one that there is not, or a submission without a test."""
    read = tomllib.loads(FIGURES_PATH.read_text(encoding="utf-8"))
    read[section] = value if section == "run" else read[section] | value
    with pytest.raises((KeyError, TypeError, ValueError)):
        costs_of(read)


@pytest.mark.parametrize("said", MEASURED, ids=lambda said: f"{said['students']} students")
def test_a_measured_load_is_predicted(said: dict[str, Any]) -> None:
    """Within a fifth, out of costs that were each measured by themselves; without the engine, which others use, too."""
    program_ms, pressed = said["program_cpu_ms"], said["pressed_per_s"]
    costs = figures()
    costs = replace(
        costs,
        run=replace(costs.run, program_cpu_ms=program_ms["run"]),
        submission=replace(costs.submission, program_cpu_ms=program_ms["submission"]),
    )
    load = Load(said["students"], pressed["run"], pressed["submission"], pressed["event"])
    predicted = busy_processors(costs, load) - engine_processors(costs, load)
    assert predicted == pytest.approx(said["processors_busy"] - said["of_these_engine"], rel=TOLERANCE)


def test_there_are_several_measured_loads() -> None:
    """Small and large ones, with typing and without."""
    assert len({said["students"] for said in MEASURED}) >= 3
    assert {bool(said["pressed_per_s"]["event"]) for said in MEASURED} == {True, False}
