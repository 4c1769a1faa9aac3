"""A school at work: students with open pages press Run and Submit at the pace of people, through everything real.

``python -m benchmarks.load --students 100 --json`` starts a platform of its own, and says how busy it kept the machine
beside what ``coderunner_core/cost/capacity.toml`` predicts for that load. ``--save-every 10`` has them type, too; other
paces are ``--run-every`` and ``--submit-every``. ``--idle`` opens the pages, lets them rest and measures what an open
page holds and how fast an event is answered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any

from sqlmodel import select

from benchmarks.platform import LABEL, PROBLEM, STATE, Refused, open_pages, percentile, press, settings_of, type_on
from benchmarks.spending import MIB, Spending, Spent, machine_busy_s
from coderunner_core.contract import RunKind
from coderunner_core.core import Core, open_core
from coderunner_core.cost.capacity import burst_s
from coderunner_core.cost.costs import Load, busy_processors, engine_processors, figures
from coderunner_core.models import Run, utc_now
from coderunner_core.services.upkeep.bill import this_machine
from tests.instance import Instance, running_instance
from tests.socket_client import Page

BURST = 30


@dataclass(frozen=True, slots=True)
class Habits:
    """Seconds between what one student does; 0: they do not type."""

    run_every_s: float = 20.0
    submit_every_s: float = 120.0
    save_every_s: float = 0.0


class Tally:
    """What happened to the presses."""

    def __init__(self) -> None:
        self.took_ms: defaultdict[str, list[float]] = defaultdict(list)
        self.saved = 0
        self.refused = 0
        self.errors: list[str] = []

    async def press(self, page: Page, kind: str, source: str = "") -> None:
        """One press, counted as what it became."""
        try:
            self.took_ms[kind].append(await press(page, submit_source=source))
        except Refused as refusal:
            self.refused += 1
            await page.send(f"{STATE}.dismiss")
            await page.until(lambda: not page.get(STATE, "trouble"))
            self.errors.append(str(refusal))
        except Exception as error:
            self.errors.append(f"{type(error).__name__}: {error}")


async def _work(page: Page, tally: Tally, until: float, chance: random.Random, solution: str, habits: Habits) -> None:
    """One student: presses come as people press, at random around their means."""
    every_s = habits.run_every_s
    await asyncio.sleep(chance.uniform(0, every_s))
    while time.monotonic() < until:
        submits = chance.random() < every_s / habits.submit_every_s
        await tally.press(page, "submit" if submits else "run", solution if submits else "")
        await asyncio.sleep(min(chance.expovariate(1 / every_s), max(0.0, until - time.monotonic())))


async def _type(page: Page, tally: Tally, until: float, chance: random.Random, habits: Habits) -> None:
    """The same student's pauses in typing."""
    serial = 0
    while habits.save_every_s:
        pause_s = chance.expovariate(1 / habits.save_every_s)
        if time.monotonic() + pause_s > until:
            return
        await asyncio.sleep(pause_s)
        serial += 1
        await type_on(page, serial)
        tally.saved += 1


async def _busy(instance: Instance, core: Core, students: int, seconds: float, habits: Habits) -> dict[str, Any]:
    pages = await open_pages(core, instance, students)
    solution = core.curriculum.problem(PROBLEM).reference
    tally, chance = Tally(), random.Random(7)
    with Spending(instance, LABEL) as spending:
        before, machine_before_s, begun = spending.now(), machine_busy_s(), time.monotonic()
        until = begun + seconds
        await asyncio.gather(
            *(_work(page, tally, until, chance, solution, habits) for page in pages),
            *(_type(page, tally, until, chance, habits) for page in pages),
        )
        took_s, after, machine_s = time.monotonic() - begun, spending.now(), machine_busy_s() - machine_before_s
    burst_at = utc_now()
    burst = Tally()
    burst_begun = time.perf_counter()
    await asyncio.gather(*(burst.press(page, "run") for page in pages[:BURST]))
    burst_ms = (time.perf_counter() - burst_begun) * 1000
    async with core.database.reading() as session:
        runs = (await session.exec(select(Run).limit(100_000))).all()
    waits_ms: defaultdict[bool, list[float]] = defaultdict(list)  # by whether it was of the burst
    for run in runs:
        if run.started_at:
            waits_ms[run.created_at >= burst_at].append((run.started_at - run.created_at).total_seconds() * 1000)
    for page in pages:
        await page.close()
    done = sum(len(times) for times in tally.took_ms.values())
    load = Load(
        students, len(tally.took_ms["run"]) / took_s, len(tally.took_ms["submit"]) / took_s, tally.saved / took_s
    )
    return {
        "students": students,
        "seconds": round(took_s, 1),
        "runs_per_s": round(done / took_s, 1),
        "run_p50_ms": percentile(tally.took_ms["run"], 50),
        "run_p95_ms": percentile(tally.took_ms["run"], 95),
        "submit_p50_ms": percentile(tally.took_ms["submit"], 50),
        "submit_p95_ms": percentile(tally.took_ms["submit"], 95),
        "queue_wait_p95_ms": percentile(waits_ms[False], 95),
        "refused": tally.refused,
        "errors": len(tally.errors),
        "first_errors": tally.errors[:3],
        "burst_all_ms": round(burst_ms, 1),
        "burst_queue_wait_p95_ms": percentile(waits_ms[True], 95),
        "burst_errors": len(burst.errors),
        "processes": _costs(before, after, took_s),
        "machine_busy": round(machine_s / took_s, 2),  # processors, with this benchmark's pages and everything else
        **_beside(core, load, runs, _processors(before, after, took_s), min(BURST, students)),
    }


def _processors(before: Spent, after: Spent, took_s: float) -> dict[str, float]:
    """How many each part kept busy."""
    return {part: (cpu_s - before.cpu_s[part]) / took_s for part, cpu_s in after.cpu_s.items()}


def _beside(core: Core, load: Load, runs: Sequence[Run], busy: Mapping[str, float], burst: int) -> dict[str, Any]:
    """What was measured beside what capacity.toml predicts; with what was pressed, so that it can be held later."""
    of_kind = {kind: [run for run in runs if run.kind == kind] for kind in RunKind}
    cpu_ms = {kind: fmean(run.cpu_ms for run in found) if found else 0.0 for kind, found in of_kind.items()}
    wall_ms = fmean(run.wall_ms for run in of_kind[RunKind.RUN]) if of_kind[RunKind.RUN] else 0.0
    costs = figures()
    costs = replace(
        costs,
        run=replace(costs.run, program_cpu_ms=cpu_ms[RunKind.RUN], slot_ms=costs.run.slot_ms + wall_ms),
        submission=replace(costs.submission, program_cpu_ms=cpu_ms[RunKind.SUBMIT]),
    )
    return {
        "pressed_per_s": {
            "run": round(load.runs_per_s, 3),
            "submission": round(load.submissions_per_s, 3),
            "event": round(load.events_per_s, 3),
        },
        "program_cpu_ms": {
            "run": round(cpu_ms[RunKind.RUN], 2),
            "submission": round(cpu_ms[RunKind.SUBMIT], 2),
        },
        "processors_busy": round(sum(busy.values()), 3),  # by the platform: web, workers, Redis, sandbox, engine
        "processors_busy_predicted": round(busy_processors(costs, load), 3),
        "of_these_engine": round(busy["engine"], 3),  # for whomever: other installations use it, too
        "of_these_engine_predicted": round(engine_processors(costs, load), 3),
        "burst_predicted_ms": round(1000 * burst_s(costs, this_machine(core), burst), 1),
    }


async def _idle(instance: Instance, core: Core, students: int, seconds: float) -> dict[str, Any]:
    with Spending(instance, LABEL) as spending:
        before = spending.now()
        pages = await open_pages(core, instance, students)
        await asyncio.sleep(5)
        opened = spending.now()
        events_ms: list[float] = []
        until, chance = time.monotonic() + seconds, random.Random(7)
        while time.monotonic() < until:
            events_ms.append(await _turn_over(chance.choice(pages)))
            await asyncio.sleep(0.1)
        after = spending.now()
    for page in pages:
        await page.close()
    return {
        "students": students,
        "event_p50_ms": percentile(events_ms, 50),
        "event_p95_ms": percentile(events_ms, 95),
        "web_kib_per_session": round((opened.memory_bytes["web"] - before.memory_bytes["web"]) / 1024 / students),
        "processes": _costs(opened, after, seconds),
    }


async def _turn_over(page: Page) -> float:
    """Have a page show another of its panes; milliseconds until it does."""
    pane = "code" if page.get(STATE, "pane") == "problem" else "problem"
    begun = time.perf_counter()
    await page.send(f"{STATE}.show_pane", name=pane)
    await page.until(lambda: page.get(STATE, "pane") == pane)
    return (time.perf_counter() - begun) * 1000


def _costs(before: Spent, after: Spent, seconds: float) -> dict[str, dict[str, float]]:
    return {
        name: {
            "cpu_percent": round(100 * (cpu_s - before.cpu_s[name]) / seconds, 1),
            "memory_mib": round(after.memory_bytes[name] / MIB, 1),
        }
        for name, cpu_s in after.cpu_s.items()
    }


async def _measure(instance: Instance, students: int, seconds: float, habits: Habits, *, idle: bool) -> dict[str, Any]:
    async with open_core(settings_of(instance)) as core:
        if idle:
            return await _idle(instance, core, students, seconds)
        return await _busy(instance, core, students, seconds, habits)


def main() -> None:
    """Print the figures, as JSON or as lines to read."""
    usual = Habits()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--run-every", type=float, default=usual.run_every_s, help="seconds between presses")
    parser.add_argument("--submit-every", type=float, default=usual.submit_every_s, help="seconds between submissions")
    parser.add_argument("--save-every", type=float, default=usual.save_every_s, help="seconds between saves; 0: none")
    parser.add_argument("--idle", action="store_true", help="open the pages and let them rest")
    parser.add_argument("--json", action="store_true", help="for scripts")
    args = parser.parse_args()
    habits = Habits(args.run_every, args.submit_every, args.save_every)
    with tempfile.TemporaryDirectory() as folder, running_instance(Path(folder), SANDBOX_LABEL=LABEL) as instance:
        found = asyncio.run(_measure(instance, args.students, args.seconds, habits, idle=args.idle))
    print(json.dumps(found) if args.json else "\n".join(f"{name:26} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
