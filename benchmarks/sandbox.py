"""How fast the sandbox is beside a bare interpreter and beside a container a run: ``python -m benchmarks.sandbox``.

They take turns in one call, so that they meet the same machine. CPU overhead is everything that the run costs above the
student's own lines: the calling process, the engine with its helpers, and the container; for the bare interpreter it is
the interpreter's own start. It is read from the processes themselves, so a busy neighbour slows the other figures but
does not enter this one, unless it uses the same Docker engine.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.spending import EngineCpu, container_cpu_s
from coderunner_core.contract import Limits, Outcome, Program
from sandbox import Sandbox, SandboxConfig, policy
from sandbox.engine import Engine
from sandbox.images import resolve

PYTHON = "/usr/bin/python3"
SOURCE = "print(sum(range(1000)))\n"
EXPECTED = b"499500\n"
_engine_cpu = EngineCpu()


@dataclass
class Contestant:
    """One way to run a program, and what was measured of it."""

    run: Callable[[], None]  # one run; raises when the answer is not the expected one
    cpu_s: Callable[[], float]  # CPU time that all its runs have used so far
    parallel: int  # how many at once for the sustained rate
    latencies_ms: list[float] = field(default_factory=list)
    overheads_ms: list[float] = field(default_factory=list)
    runs: int = 0
    seconds: float = 0.0

    def one_after_another(self, count: int) -> None:
        """Latency and CPU of ``count`` runs, each after the one before."""
        before = self.cpu_s()
        for _ in range(count):
            started = time.perf_counter()
            self.run()
            self.latencies_ms.append((time.perf_counter() - started) * 1000)
        self.overheads_ms.append((self.cpu_s() - before) * 1000 / count)

    def all_together(self, seconds: float) -> None:
        """As many runs as go through in ``seconds``."""
        started = time.perf_counter()
        end = started + seconds
        counts = [0] * self.parallel

        def loop(place: int) -> None:
            while time.perf_counter() < end:
                self.run()
                counts[place] += 1

        threads = [threading.Thread(target=loop, args=(place,)) for place in range(self.parallel)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.runs += sum(counts)
        self.seconds += time.perf_counter() - started

    def figures(self, own_cpu_ms: float) -> dict[str, float]:
        """What is printed of it."""
        cuts = statistics.quantiles(self.latencies_ms, n=20)
        return {
            "p50_ms": round(statistics.median(self.latencies_ms), 2),
            "p95_ms": round(cuts[18], 2),
            "runs_per_s": round(self.runs / self.seconds, 1),
            "overhead_cpu_ms": round(statistics.mean(self.overheads_ms) - own_cpu_ms, 2),
        }


def measure(rounds: int, leak_runs: int) -> dict[str, Any]:
    """Everything, as the JSON that is printed."""
    config = SandboxConfig(pool_size=2 * (os.cpu_count() or 1) + 2, owner="benchmark", label="coderunner-benchmark")
    engine = Engine()
    with tempfile.TemporaryDirectory() as folder, Sandbox(config) as sandbox:
        file = Path(folder) / "main.py"
        file.write_text(SOURCE)
        contestants = {
            "python3": _bare(file),
            "docker_run": _docker_run(resolve(engine, config.image)),
            "docker_api": _docker_api(engine, resolve(engine, config.image)),
            "sandbox": _sandboxed(sandbox, engine, config.label),
        }
        _until_full(sandbox, config.pool_size)
        counts = {
            "python3": (30, 1.0),
            "docker_run": (4, 1.5),
            "docker_api": (4, 1.5),
            "sandbox": (60, 1.0),
        }  # runs, seconds: short turns
        for _ in range(rounds):
            for name, contestant in contestants.items():
                contestant.one_after_another(counts[name][0])
                contestant.all_together(counts[name][1])
        own_cpu_ms = _own_cpu_ms()
        figures = {name: contestant.figures(own_cpu_ms) for name, contestant in contestants.items()}
        leaks = _leaks(contestants["sandbox"], engine, config.label, leak_runs)
    python3, docker_run, docker_api, ours = figures.values()
    ratios = {
        "p50_vs_python3": round(ours["p50_ms"] / python3["p50_ms"], 3),
        "throughput_vs_python3": round(ours["runs_per_s"] / python3["runs_per_s"], 2),
        "throughput_vs_docker_run": round(ours["runs_per_s"] / docker_run["runs_per_s"], 1),
        "throughput_vs_docker_api": round(ours["runs_per_s"] / docker_api["runs_per_s"], 1),
    }
    return {**figures, "ratios": ratios, "after_runs": leaks, "load_1min": round(os.getloadavg()[0], 2)}


def _bare(file: Path) -> Contestant:
    command = f"{PYTHON} -I {file}"

    def run() -> None:
        said = subprocess.run(["/bin/sh", "-c", command], stdout=subprocess.PIPE, check=True).stdout
        _check(said)

    return Contestant(run, _children_cpu_s, os.cpu_count() or 1)


def _children_cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _docker_run(image: str) -> Contestant:
    """``docker run --rm`` with the same policy. Its container takes its CPU figure along: the overhead is a least."""
    host = policy.container(image, policy.FIRST_UIDS[0], "", {})["HostConfig"]
    command = ["docker", "run", "--rm", "--network=none", "--ipc=none", "--read-only", "--log-driver=none"]
    command += [
        f"--memory={host['Memory']}",
        f"--memory-swap={host['MemorySwap']}",
        f"--pids-limit={host['PidsLimit']}",
    ]
    command += [f"--cpu-period={host['CpuPeriod']}", f"--cpu-quota={host['CpuQuota']}"]
    command += [f"--tmpfs={path}:{options}" for path, options in host["Tmpfs"].items()]
    command += ["--cap-drop=ALL", *(f"--cap-add={name}" for name in host["CapAdd"])]
    command += ["--security-opt=no-new-privileges", f"--security-opt=seccomp={policy.SECCOMP_PROFILE}"]
    command += [f"--ulimit={one['Name']}={one['Soft']}:{one['Hard']}" for one in host["Ulimits"]]
    command += [image, "python3", "-I", "-c", SOURCE]

    def run() -> None:
        _check(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)

    return Contestant(run, lambda: _engine_cpu.seconds() + _children_cpu_s(), os.cpu_count() or 1)


def _docker_api(engine: Engine, image: str) -> Contestant:
    """What ``docker run --rm`` does, without the cost of its command line program."""
    used = [0.0]

    def run() -> None:
        body = policy.container(image, policy.FIRST_UIDS[0], "", {})
        body |= {"Cmd": ["python3", "-I", "-c", SOURCE], "OpenStdin": False, "AttachStdin": False}
        container = engine.create(f"benchmark-{threading.get_ident()}-{time.monotonic_ns()}", body)
        try:
            sock = engine.attach(container)
            engine.start(container)
            said = b""
            while piece := sock.recv(65536):
                said += piece
            sock.close()
            used[0] += container_cpu_s(container)
        finally:
            engine.remove(container)
        _check(said[8:])

    return Contestant(run, lambda: _engine_cpu.seconds() + time.process_time() + used[0], os.cpu_count() or 1)


def _sandboxed(sandbox: Sandbox, engine: Engine, label: str) -> Contestant:
    program, limits = Program(SOURCE), Limits()
    seen: dict[str, float] = {}  # CPU seconds by container, the last look before it was retired included

    def run() -> None:
        result = sandbox.run(program, limits)
        if result.outcome is not Outcome.OK:
            raise RuntimeError(f"unexpected outcome: {result}")
        _check(result.stdout)

    def cpu_s() -> float:
        for container in engine.containers(label):
            seen[container["Id"]] = max(seen.get(container["Id"], 0.0), container_cpu_s(container["Id"]))
        return _engine_cpu.seconds() + time.process_time() + sum(seen.values())

    return Contestant(run, cpu_s, os.cpu_count() or 1)


def _check(said: bytes) -> None:
    if said != EXPECTED:
        raise RuntimeError(f"unexpected answer: {said!r}")


def _until_full(sandbox: Sandbox, size: int) -> None:
    end = time.monotonic() + 60
    while sandbox.stats().ready < size and time.monotonic() < end:
        time.sleep(0.05)


def _own_cpu_ms() -> float:
    """What the program's own lines cost: compiled and run a hundred times here, where nothing has to be started."""
    started = time.process_time()
    for _ in range(100):
        exec(compile(SOURCE.replace("print", "str"), "main.py", "exec"), {})
    return (time.process_time() - started) * 1000 / 100


def _processes(container: str) -> int:
    v1 = Path(f"/sys/fs/cgroup/pids/docker/{container}/pids.current")
    v2 = Path(f"/sys/fs/cgroup/system.slice/docker-{container}.scope/pids.current")
    return next((int(path.read_text()) for path in (v1, v2) if path.exists()), 0)


def _leaks(contestant: Contestant, engine: Engine, label: str, runs: int) -> dict[str, Any]:
    """What ``runs`` more runs have left behind."""

    def now() -> dict[str, int]:
        gc.collect()
        ours = [container["Id"] for container in engine.containers(label)]
        rss = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024
        return {
            "rss_kib": rss,
            "open_files": len(os.listdir("/proc/self/fd")),  # noqa: PTH208
            "threads": threading.active_count(),
            "containers": len(ours),
            "processes": sum(map(_processes, ours)),
        }

    before = now()
    for _ in range(runs):
        contestant.run()
    end = time.monotonic() + 30
    while now()["processes"] > before["processes"] and time.monotonic() < end:
        time.sleep(0.1)
    after = now()
    return {"runs": runs, "before": before, "after": after}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sandbox", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--rounds", type=int, default=8, help="how often they take turns (default 8)")
    parser.add_argument("--leak-runs", type=int, default=1000, help="runs that may leave nothing (default 1000)")
    options = parser.parse_args()
    found = measure(options.rounds, options.leak_runs)
    if options.json:
        print(json.dumps(found))
        return
    for name in ("python3", "docker_run", "docker_api", "sandbox"):
        print(f"{name:12}", "  ".join(f"{key} {value}" for key, value in found[name].items()))
    print("ratios      ", "  ".join(f"{key} {value}" for key, value in found["ratios"].items()))
    print("after", found["after_runs"])


if __name__ == "__main__":
    main()
