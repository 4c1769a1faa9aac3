"""A school at work: students with open pages press Run and Submit at the pace of people, through everything real.

``python -m benchmarks.load --students 100 --json`` starts a platform of its own. ``--idle`` opens the pages, lets them
rest and measures what an open page costs and how fast an event is answered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import psutil
from sqlmodel import select

from benchmarks.platform import PROBLEM, STATE, Refused, open_pages, percentile, press, settings_of
from coderunner_core.core import Core, open_core
from coderunner_core.cost.capacity import busy_processors, figures
from coderunner_core.models import Run, utc_now
from tests.instance import Instance, running_instance
from tests.socket_client import Page

RUN_EVERY_S = 20.0
SUBMIT_EVERY_S = 120.0
BURST = 30
MIB = 1024 * 1024


class Tally:
    """What happened to the presses."""

    def __init__(self) -> None:
        self.took_ms: defaultdict[str, list[float]] = defaultdict(list)
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


async def _work(page: Page, tally: Tally, until: float, chance: random.Random, solution: str) -> None:
    """One student: presses come as people press, at random around their means."""
    await asyncio.sleep(chance.uniform(0, RUN_EVERY_S))
    while time.monotonic() < until:
        submits = chance.random() < RUN_EVERY_S / SUBMIT_EVERY_S
        await tally.press(page, "submit" if submits else "run", solution if submits else "")
        await asyncio.sleep(min(chance.expovariate(1 / RUN_EVERY_S), max(0.0, until - time.monotonic())))


async def _busy(instance: Instance, core: Core, students: int, seconds: float) -> dict[str, Any]:
    pages = await open_pages(core, instance, students)
    solution = core.curriculum.problem(PROBLEM).reference
    tally, chance = Tally(), random.Random(7)
    before = _processes(instance)
    begun, busy_before_s = time.monotonic(), _busy_s()
    await asyncio.gather(*(_work(page, tally, begun + seconds, chance, solution) for page in pages))
    took_s = time.monotonic() - begun
    busy, burst_at = (_busy_s() - busy_before_s) / took_s, utc_now()
    costs = _costs(before, _processes(instance), took_s)
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
    predicted = busy_processors(figures(), len(tally.took_ms["run"]) / took_s, len(tally.took_ms["submit"]) / took_s)
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
        "processes": costs,
        "processors_busy": round(busy, 2),  # of the whole machine, this benchmark's pages included
        "processors_busy_predicted": round(predicted, 2),  # by coderunner_core/cost/capacity.toml
    }


async def _idle(instance: Instance, core: Core, students: int, seconds: float) -> dict[str, Any]:
    before = _processes(instance)
    pages = await open_pages(core, instance, students)
    await asyncio.sleep(5)
    opened = _processes(instance)
    events_ms: list[float] = []
    until, chance = time.monotonic() + seconds, random.Random(7)
    while time.monotonic() < until:
        events_ms.append(await _turn_over(chance.choice(pages)))
        await asyncio.sleep(0.1)
    costs = _costs(opened, _processes(instance), seconds)
    web_kib = (opened["web"][1] - before["web"][1]) / 1024 / students
    for page in pages:
        await page.close()
    return {
        "students": students,
        "event_p50_ms": percentile(events_ms, 50),
        "event_p95_ms": percentile(events_ms, 95),
        "web_kib_per_session": round(web_kib),
        "processes": costs,
    }


async def _turn_over(page: Page) -> float:
    """Have a page show another of its panes; milliseconds until it does."""
    pane = "code" if page.get(STATE, "pane") == "problem" else "problem"
    begun = time.perf_counter()
    await page.send(f"{STATE}.show_pane", name=pane)
    await page.until(lambda: page.get(STATE, "pane") == pane)
    return (time.perf_counter() - begun) * 1000


def _processes(instance: Instance) -> dict[str, tuple[float, int]]:
    """CPU seconds and bytes of memory of each part, with all its children."""
    roots = {name: process.pid for name, process in instance.processes.items()}
    if instance.redis.process is not None:
        roots["redis"] = instance.redis.process.pid
    found = {}
    for name, pid in roots.items():
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
        cpu_s = sum(one.cpu_times().user + one.cpu_times().system for one in family)
        found[name] = (cpu_s, sum(one.memory_info().rss for one in family))
    return found


def _busy_s() -> float:
    """Seconds that the machine's processors worked, since it was started."""
    spent = psutil.cpu_times()
    return float(sum(spent) - spent.idle - spent.iowait - spent.guest - spent.guest_nice)


def _costs(
    before: dict[str, tuple[float, int]], after: dict[str, tuple[float, int]], seconds: float
) -> dict[str, dict[str, float]]:
    return {
        name: {
            "cpu_percent": round(100 * (cpu_s - before[name][0]) / seconds, 1),
            "memory_mib": round(memory / MIB, 1),
        }
        for name, (cpu_s, memory) in after.items()
    }


async def _measure(instance: Instance, students: int, seconds: float, idle: bool) -> dict[str, Any]:
    async with open_core(settings_of(instance)) as core:
        return await (_idle if idle else _busy)(instance, core, students, seconds)


def main() -> None:
    """Print the figures, as JSON or as lines to read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--idle", action="store_true", help="open the pages and let them rest")
    parser.add_argument("--json", action="store_true", help="for scripts")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_instance(Path(folder)) as instance:
        figures = asyncio.run(_measure(instance, args.students, args.seconds, args.idle))
    print(json.dumps(figures) if args.json else "\n".join(f"{name:22} {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
