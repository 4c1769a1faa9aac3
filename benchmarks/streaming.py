"""How soon a line that a program writes is in the worker's hands, and how often short programs meet the CPU quota.

``python -m benchmarks.streaming``. A program in a container reads the same monotonic clock as the worker: each line
carries the moment at which it was written, and is compared with the moment at which it arrived.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coderunner_core.contract import Limits, Outcome, Program, Stream
from sandbox import Sandbox, SandboxConfig
from sandbox.engine import Engine

SHORT = Program("print(sum(range(1000)))\n")
_PRINTER = "import time\nfor n in range({lines}):\n    print(time.monotonic_ns())\n    "
PRINTERS = {
    "sleeping": _PRINTER + "time.sleep(0.03)\n",
    "computing": _PRINTER + "sum(i * i for i in range(200_000))\n",
}
_LIMITS = Limits(cpu_ms=20_000, wall_ms=60_000)


def measure(lines: int, starts: int) -> dict[str, Any]:
    """Everything, as the JSON that is printed. ``starts`` are made one right after another."""
    config = SandboxConfig(pool_size=3, owner="benchmark", label="coderunner-benchmark-streaming")
    engine = Engine()
    try:
        with Sandbox(config) as sandbox:
            while sandbox.stats().ready < config.pool_size:
                time.sleep(0.05)
            late = {name: _late_ms(sandbox, source.format(lines=lines)) for name, source in PRINTERS.items()}
            containers = [str(one["Id"]) for one in engine.containers(config.label)]
            before = {name: _sum(containers, name) for name in ("usage", "throttled")}
            for _ in range(starts):
                sandbox.run(SHORT, _LIMITS)
            spent = {name: _sum(containers, name) - value for name, value in before.items()}
    finally:
        engine.close()
    return {
        "written_to_received": late,
        "starts_in_a_row": {
            "starts": starts,
            "container_cpu_ms_a_start": round(spent["usage"] / 1e6 / starts, 2),
            "met_the_quota": int(spent["throttled"]),
        },
        "load_1min": round(os.getloadavg()[0], 2),
    }


def _late_ms(sandbox: Sandbox, source: str) -> dict[str, float]:
    late: list[float] = []

    def received(_stream: Stream, piece: bytes) -> None:
        now = time.monotonic_ns()
        late.extend((now - int(line)) / 1e6 for line in piece.split())

    result = sandbox.run(Program(source), _LIMITS, received)
    if result.outcome is not Outcome.OK:
        raise RuntimeError(f"unexpected outcome: {result}")
    cuts = statistics.quantiles(late, n=20)
    return {"p50_ms": round(statistics.median(late), 2), "p95_ms": round(cuts[18], 2), "max_ms": round(max(late), 2)}


def _sum(containers: list[str], name: str) -> float:
    return sum(value for container in containers for key, value in _accounts(container) if key == name)


def _accounts(container: str) -> Iterator[tuple[str, float]]:
    """``usage``: CPU nanoseconds; ``throttled``: periods in which the container had to wait for its quota."""
    stat = Path(f"/sys/fs/cgroup/cpu/docker/{container}/cpu.stat")  # cgroup v1
    usage = Path(f"/sys/fs/cgroup/cpuacct/docker/{container}/cpuacct.usage")
    if usage.exists():
        yield "usage", float(usage.read_text())
    else:
        stat = Path(f"/sys/fs/cgroup/system.slice/docker-{container}.scope/cpu.stat")
    for line in stat.read_text().splitlines():
        key, value = line.split()
        if key == "usage_usec":
            yield "usage", float(value) * 1000
        elif key == "nr_throttled":
            yield "throttled", float(value)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.streaming", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--lines", type=int, default=200, help="lines that each program prints (default 200)")
    parser.add_argument("--starts", type=int, default=400, help="programs one right after another (default 400)")
    options = parser.parse_args()
    found = measure(options.lines, options.starts)
    if options.json:
        print(json.dumps(found))
        return
    for name, figures in found["written_to_received"].items():
        print(f"{name:10}", "  ".join(f"{key} {value}" for key, value in figures.items()))
    print("starts    ", "  ".join(f"{key} {value}" for key, value in found["starts_in_a_row"].items()))


if __name__ == "__main__":
    main()
