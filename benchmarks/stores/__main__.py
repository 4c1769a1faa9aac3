"""What the hot operations cost with ten thousand to a million stored runs, on each driver, and how large a run is.

python -m benchmarks.stores --markdown      # the table of docs/STORES.md
python -m benchmarks.stores --json
python -m benchmarks.stores --drivers sqlite postgresql --sizes 10000 100000
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.platform import percentile
from benchmarks.stores.drivers import DRIVERS, opened
from benchmarks.stores.fill import fill, size_of_a_body
from benchmarks.stores.operations import Operations, timed_ms
from tests.servers import running_redis

SIZES = (10_000, 100_000, 1_000_000)
# What it shows is that the driver works and that nothing grows with the runs, not how fast a MongoDB is.
STAND_IN_SIZES = (10_000, 100_000)


async def measure(driver: str, size: int, times: int, redis_folder: Path) -> dict[str, Any]:
    """One row of the table: p50 and p95 of each operation in milliseconds, and bytes a run."""
    with running_redis(redis_folder) as redis:
        async with opened(driver, redis) as store:
            empty_bytes = await store.size_bytes()
            begun = time.perf_counter()
            filled = await fill(store.core, size, store.mongodb_uri)
            filled_s = time.perf_counter() - begun
            bytes_a_run = (await store.size_bytes() - empty_bytes) / size
            row: dict[str, Any] = {
                "driver": _name(driver),
                "runs": size,
                "times": times,
                "students": len(filled.students),
                "bytes_a_run": round(bytes_a_run),
                "filled_in_s": round(filled_s, 1),
                "operations_ms": {},
            }
            for name, work in Operations(store.core, filled).all.items():
                took = await timed_ms(work, times)
                row["operations_ms"][name] = {"p50": percentile(took, 50), "p95": percentile(took, 95)}
            return row


def _name(driver: str) -> str:
    if driver != "mongodb":
        return driver
    return "mongodb" if "MONGODB_TEST_URI" in os.environ else "mongodb (stand-in)"


def _sizes(driver: str, given: list[int] | None) -> list[int]:
    if given:
        return given
    stand_in = driver == "mongodb" and "MONGODB_TEST_URI" not in os.environ
    return list(STAND_IN_SIZES if stand_in else SIZES)


def _table(rows: list[dict[str, Any]], load_before: float) -> str:
    names = list(rows[0]["operations_ms"]) if rows else []
    lines = [
        "| driver | stored runs | " + " | ".join(names) + " | bytes a run |",
        "| --- | ---: |" + " ---: |" * (len(names) + 1),
    ]
    for row in rows:
        cells = [f"{one['p50']} / {one['p95']}" for one in row["operations_ms"].values()]
        lines.append(f"| {row['driver']} | {row['runs']:,} | {' | '.join(cells)} | {row['bytes_a_run']:,} |")
    said = (
        f"p50 / p95 in milliseconds of {rows[0]['times']} each, one after another, by one process; {os.cpu_count()}"
        f" cores, load {load_before:.1f} before the first."
    )
    return "\n".join([*lines, "", said])


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stores", description=__doc__)
    parser.add_argument("--drivers", nargs="+", choices=DRIVERS, default=DRIVERS)
    parser.add_argument("--sizes", nargs="+", type=int, help="stored runs; default: 10⁴, 10⁵, 10⁶")
    parser.add_argument("--times", type=int, default=100, help="how often each operation is timed")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="print the table of docs/STORES.md; the default")
    form.add_argument("--json", action="store_true", help="print JSON instead")
    options = parser.parse_args(argv)
    load_before = os.getloadavg()[0]
    rows = []
    for driver in options.drivers:
        for size in _sizes(driver, options.sizes):
            begun = time.perf_counter()
            with tempfile.TemporaryDirectory() as folder:
                rows.append(asyncio.run(measure(driver, size, options.times, Path(folder))))
            print(f"{rows[-1]['driver']}, {size:,} runs: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    if options.json:
        said = {"program_and_output_bytes": size_of_a_body(), "load_before": load_before, "rows": rows}
        print(json.dumps(said, indent=2))
    else:
        print(_table(rows, load_before))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
