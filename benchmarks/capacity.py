"""What a run, a submission, an event, an open page and an idle platform cost, each measured by itself.

``python -m benchmarks.capacity > coderunner_core/cost/capacity.toml`` writes the file from which capacity is reckoned;
``benchmarks.load`` then says how well it predicts. Both want a machine, and a Docker engine, that do nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from sqlmodel import col, select

from benchmarks.platform import LABEL, PROBLEM, open_pages, press, settings_of, type_on
from benchmarks.spending import MIB, PARTS, Spending, Spent
from coderunner_core.contract import RunKind
from coderunner_core.core import Core, open_core
from coderunner_core.models import Run, utc_now
from tests.instance import Instance, running_instance
from tests.socket_client import Page

STUDENTS = 60
PRESSES_PER_S = {RunKind.RUN: 6.0, RunKind.SUBMIT: 3.0}  # of all students: a third of two processors
SAVES_PER_S = 20.0
SETTLED_AFTER_S = 5.0
WITHIN_S = 60.0

Act = Callable[[Page, int], Awaitable[object]]  # what a student does for the n-th time


@dataclass(frozen=True, slots=True)
class Phase:
    """What was done over and over in some seconds, and what the platform spent meanwhile."""

    seconds: float
    count: int
    cpu_s: Mapping[str, float]
    program_cpu_ms: float = 0.0  # of one program, which is not the platform's cost

    def rate_ms(self, part: str) -> float:
        """Milliseconds of processor time in a second."""
        return 1000 * self.cpu_s[part] / self.seconds

    def each_ms(self, part: str, rest: Phase) -> float:
        """Of one press or event, above what open pages cost anyway."""
        own_ms = self.program_cpu_ms if part == "sandbox" else 0.0
        return max(0.0, (self.rate_ms(part) - rest.rate_ms(part)) * self.seconds / self.count - own_ms)


class Measuring:
    """One platform, looked at while one thing after the other is done on it."""

    def __init__(self, core: Core, spending: Spending, seconds: float) -> None:
        self._core, self._spending, self._seconds = core, spending, seconds
        self._chance = random.Random(7)

    async def resting(self) -> Phase:
        """Nobody does anything."""
        return await self._phase(asyncio.sleep(self._seconds), lambda: 1)

    async def doing(self, pages: Sequence[Page], per_s: float, act: Act) -> Phase:
        """All students together do it so often, at random as people do."""
        until, counted = time.monotonic() + self._seconds, [0] * len(pages)

        async def student(place: int) -> None:
            while True:
                pause_s = self._chance.expovariate(per_s / len(pages))
                if time.monotonic() + pause_s > until:
                    return
                await asyncio.sleep(pause_s)
                counted[place] += 1
                await act(pages[place], counted[place])

        everybody = asyncio.gather(*(student(place) for place in range(len(pages))))
        return await self._phase(everybody, lambda: sum(counted))

    async def pressing(self, pages: Sequence[Page], kind: RunKind) -> Phase:
        """Everybody presses the one or the other."""
        since, source = utc_now(), self.solution(kind)
        phase = await self.doing(pages, PRESSES_PER_S[kind], lambda page, _: press(page, submit_source=source))
        runs = await self._runs(kind, since)
        program_cpu_ms = statistics.fmean(run.cpu_ms for run in runs)
        return Phase(phase.seconds, phase.count, phase.cpu_s, program_cpu_ms)

    async def slot_ms(self, pages: Sequence[Page], kind: RunKind) -> float:
        """How long a worker is kept from the next run by one, its program's own running time aside: of a queue that
        was let grow and then worked off, the time from one start to the next.
        """
        control, since, source = self._core.control, utc_now(), self.solution(kind)
        slots = [one.slot for one in await control.workers() if one.kind is kind]
        for slot in slots:
            await control.drain(slot)
        await _until(lambda: self._held(kind))
        presses = asyncio.gather(*(press(page, submit_source=source) for page in pages))
        await _until(lambda: self._waiting(kind, len(pages)))
        for slot in slots:
            await control.resume(slot)
        await presses
        by_worker: defaultdict[str, list[Run]] = defaultdict(list)
        for run in await self._runs(kind, since):
            by_worker[run.worker].append(run)
        gaps_ms = [
            (after.started_at - before.started_at).total_seconds() * 1000 - before.wall_ms
            for runs in by_worker.values()
            for before, after in pairwise(runs)
            if before.started_at and after.started_at
        ]
        return statistics.median(gaps_ms)

    def solution(self, kind: RunKind) -> str:
        """What is submitted; empty for a run, which has the benchmarks' own small program."""
        return self._core.curriculum.problem(PROBLEM).reference if kind is RunKind.SUBMIT else ""

    async def _phase(self, work: Awaitable[object], count: Callable[[], int]) -> Phase:
        before, begun = self._spending.now(), time.monotonic()
        await work
        after, took_s = self._spending.now(), time.monotonic() - begun
        return Phase(took_s, max(1, count()), {part: after.cpu_s[part] - before.cpu_s[part] for part in PARTS})

    async def _runs(self, kind: RunKind, since: datetime) -> Sequence[Run]:
        statement = select(Run).where(Run.kind == kind, Run.created_at >= since).order_by(col(Run.started_at))
        async with self._core.database.reading() as session:
            return (await session.exec(statement)).all()

    async def _held(self, kind: RunKind) -> bool:
        return all(one.held for one in await self._core.control.workers() if one.kind is kind)

    async def _waiting(self, kind: RunKind, count: int) -> bool:
        return (await self._core.load.of(kind)).waiting == count


async def _until(true: Callable[[], Awaitable[bool]]) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not await true():
        if time.monotonic() > deadline:
            raise TimeoutError("the platform did not get there in time")
        await asyncio.sleep(0.1)


async def measure(instance: Instance, students: int, seconds: float) -> str:
    """The whole file, as text."""
    async with open_core(settings_of(instance)) as core:
        with Spending(instance, LABEL) as spending:
            measuring = Measuring(core, spending, seconds)
            await asyncio.sleep(SETTLED_AFTER_S)
            empty, nobody = spending.now(), await measuring.resting()
            pages = await open_pages(core, instance, students)
            await asyncio.sleep(SETTLED_AFTER_S)
            opened, rest = spending.now(), await measuring.resting()
            saving = await measuring.doing(pages, SAVES_PER_S, type_on)
            pressing = {kind: await measuring.pressing(pages, kind) for kind in RunKind}
            slots_ms = {kind: await measuring.slot_ms(pages, kind) for kind in RunKind}
            for page in pages:
                await page.close()
            tests = len(core.curriculum.problem(PROBLEM).tests)
    return "\n".join(
        [
            *_head(core, students, seconds),
            *_press("run", pressing[RunKind.RUN], rest, slots_ms[RunKind.RUN]),
            "",
            *_press("submission", pressing[RunKind.SUBMIT], rest, slots_ms[RunKind.SUBMIT]),
            f"tests = {tests}",
            "",
            "[event] # what was typed is saved",
            *_ms(saving, rest, {"web": "web_cpu_ms", "redis": "redis_cpu_ms"}),
            "",
            *_page(empty, opened, nobody, rest, students),
            "",
            "[platform] # nobody is there",
            f"memory_mib = {sum(empty.memory_bytes.values()) / MIB:.0f}",
            f"cpu_ms_per_s = {sum(nobody.rate_ms(part) for part in PARTS if part != 'engine'):.1f}",
            f"engine_cpu_ms_per_s = {nobody.rate_ms('engine'):.1f}",
        ]
    )


def _head(core: Core, students: int, seconds: float) -> list[str]:
    settings = core.settings
    workers = f"{settings.worker_concurrency_execution} + {settings.worker_concurrency_submission}"
    return [
        "# What one run, one submission, one event, one open page and an idle platform cost a machine. Written by",
        "#   python -m benchmarks.capacity > coderunner_core/cost/capacity.toml",
        "# on a machine that did nothing else. Measure again on yours. `slot_ms`: how long a worker is kept from the",
        "# next one, above the program's own running time, which is not in any of these figures.",
        "",
        f"date = {datetime.now(UTC):%Y-%m-%d}",
        f'source = "benchmarks.capacity --students {students} --seconds {seconds:g}; {os.cpu_count()} processors, '
        f'{settings.web_workers} web process(es), {workers} workers"',
        "",
    ]


def _press(name: str, phase: Phase, rest: Phase, slot_ms: float) -> list[str]:
    parts = {
        "web": "web_cpu_ms",
        "workers": "worker_cpu_ms",
        "sandbox": "sandbox_cpu_ms",
        "engine": "engine_cpu_ms",
        "redis": "redis_cpu_ms",
    }
    return [f"[{name}] # {phase.count} of them", *_ms(phase, rest, parts), f"slot_ms = {slot_ms:.1f}"]


def _ms(phase: Phase, rest: Phase, names: Mapping[str, str]) -> list[str]:
    return [f"{name} = {phase.each_ms(part, rest):.2f}" for part, name in names.items()]


def _page(empty: Spent, opened: Spent, nobody: Phase, rest: Phase, students: int) -> list[str]:
    memory_kib = (opened.memory_bytes["web"] - empty.memory_bytes["web"]) / 1024 / students
    return [
        f"[page] # open, at rest: of {students}",
        f"memory_kib = {memory_kib:.0f}",
        *(
            f"{part}_cpu_ms_per_s = {max(0.0, rest.rate_ms(part) - nobody.rate_ms(part)) / students:.3f}"
            for part in ("web", "redis")
        ),
    ]


def main() -> None:
    """Measure, and print the file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capacity", description=__doc__)
    parser.add_argument("--students", type=int, default=STUDENTS, help=f"open pages (default {STUDENTS})")
    parser.add_argument("--seconds", type=float, default=40.0, help="of each of the five phases (default 40)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_instance(Path(folder), SANDBOX_LABEL=LABEL) as instance:
        print(asyncio.run(measure(instance, args.students, args.seconds)))


if __name__ == "__main__":
    main()
