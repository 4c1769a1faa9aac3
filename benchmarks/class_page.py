"""How long a teacher waits for the page of a class of forty with a hundred problems, and for a change on it.

``python -m benchmarks.class_page --json`` fills databases of its own with up to a million runs, SQLite and, where it is
installed, PostgreSQL, and measures the one service call that opens the page; then it starts a platform with two web
processes and three teachers in Chromium, opens the page over the websocket, and measures from a verdict until its
square has changed on the last of the three screens. Nothing else should run on the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from benchmarks import class_cell, class_rows
from benchmarks.platform import percentile
from coderunner_core import garbage, migrations
from coderunner_core.actors import Actor
from coderunner_core.core import Core, open_core
from coderunner_core.models import Role
from coderunner_core.services.watching import live, presence
from coderunner_core.settings import load_settings
from scripts.setup.postgres_server import binaries
from tests.postgres import running_postgres
from tests.servers import running_redis

SIZES = (10_000, 100_000, 1_000_000)
OPENINGS = 100
WARM_UP = 5
ONLINE = 30
DATABASES = ("sqlite", "postgresql")
NO_POSTGRESQL = "not measured: PostgreSQL is not installed here"


def measure_opening(database: str, most: int = SIZES[-1], openings: int = OPENINGS) -> dict[str, Any] | str:
    """The opening call by number of stored runs; a plain word where there is no such database."""
    if database == "postgresql" and binaries() is None:
        return NO_POSTGRESQL
    sizes = [size for size in SIZES if size <= most]
    with tempfile.TemporaryDirectory() as folder, running_redis(Path(folder)) as redis, _address(database) as url:
        return asyncio.run(_openings(Path(folder), redis.url, url, sizes, openings))


@contextmanager
def _address(database: str) -> Iterator[str]:
    """DATABASE_URL; empty is SQLite in the folder of its own."""
    with running_postgres() if database == "postgresql" else nullcontext() as server:
        yield f"{server.url}/postgres" if server else ""


async def _openings(folder: Path, redis_url: str, url: str, sizes: list[int], openings: int) -> dict[str, Any]:
    settings = load_settings(_env_file=None, data_dir=folder, redis_url=redis_url, database_url=url)
    figures: dict[str, Any] = {}
    async with open_core(settings, class_rows.lessons()) as core:
        await migrations.upgrade(core.database)
        room = await class_rows.make(core, await class_rows.add_teacher(core))
        garbage.settle()  # as a web process does
        filled = 0
        for size in sizes:
            begun = time.perf_counter()
            await class_rows.fill(core, room, filled, size)
            _say(f"{core.database.url.get_backend_name()}: {size:,} runs in {time.perf_counter() - begun:.0f} s")
            filled = size
            figures[str(size)] = await measure_one_size(core, room, openings)
    return figures


async def measure_one_size(core: Core, room: class_rows.FilledClass, openings: int) -> dict[str, float]:
    """Milliseconds of opening the page and of reading one change. Raises RuntimeError when the page is not full."""
    teacher = Actor(room.teacher_id, "hopper", "Ms Hopper", Role.TEACHER)
    opened, changed, cpu = [], [], []
    for at, student in enumerate(room.student_ids[:ONLINE]):  # again for each size: who says nothing is gone
        await presence.seen(Actor(student, "", "", Role.STUDENT), core, room.problem_ids[at], "page")
    pair = (room.student_ids[0], room.problem_ids[0])
    for _ in range(WARM_UP + openings):
        begun, begun_cpu = time.perf_counter(), time.process_time()
        page = await live.open(teacher, core, room.class_id)
        opened.append((time.perf_counter() - begun) * 1000)
        cpu.append((time.process_time() - begun_cpu) * 1000)
        begun = time.perf_counter()
        await live.change(teacher, core, room.class_id, [pair])
        changed.append((time.perf_counter() - begun) * 1000)
    if len(page.cells) != class_rows.STUDENTS * class_rows.PROBLEMS or len(page.events) != 30:
        raise RuntimeError(f"the page is not full: {len(page.cells)} squares, {len(page.events)} events")
    opened, changed = opened[WARM_UP:], changed[WARM_UP:]
    return {
        "open_p50_ms": percentile(opened, 50),
        "open_p95_ms": percentile(opened, 95),
        "open_cpu_ms": percentile(cpu[WARM_UP:], 50),  # of this process, which a busy machine changes least
        "change_p50_ms": percentile(changed, 50),
        "change_p95_ms": percentile(changed, 95),
    }


def _say(words: str) -> None:
    """How far it is, beside the figures."""
    print(words, file=sys.stderr, flush=True)


def main() -> None:
    """Print the figures, as JSON or as lines to read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.class_page", description=__doc__)
    parser.add_argument("--json", action="store_true", help="for scripts")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="stop at so many stored runs")
    parser.add_argument("--only", choices=[*DATABASES, "cell"], help="one of the measurements alone")
    given = parser.parse_args()
    chosen = [given.only] if given.only else [*DATABASES, "cell"]
    figures: dict[str, Any] = {one: measure_opening(one, given.most) for one in DATABASES if one in chosen}
    if "cell" in chosen:
        figures |= class_cell.measure()
    if given.json:
        print(json.dumps(figures))
    else:
        _print_lines(figures)


def _print_lines(figures: dict[str, Any]) -> None:
    for database in DATABASES:
        sizes = figures.get(database, {})
        if isinstance(sizes, str):
            print(f"{database:10} {sizes}")
            continue
        for size, one in sizes.items():
            opened = f"opens p50 {one['open_p50_ms']:6.1f} ms   p95 {one['open_p95_ms']:6.1f} ms"
            print(f"{database:10} {int(size):9,} runs   {opened}   a change p95 {one['change_p95_ms']:6.1f} ms")
    for name, words in (("page", "load → whole board"), ("cell", "verdict → square")):
        if f"{name}_p95_ms" in figures:
            took = f"p50 {figures[f'{name}_p50_ms']:6.1f} ms   p95 {figures[f'{name}_p95_ms']:6.1f} ms"
            print(f"{words:20} {took}")


if __name__ == "__main__":
    main()
