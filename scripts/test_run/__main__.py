"""``python3 -m scripts.test_run [PART …]``: set up, run the parts, print what each took; stops at the first failure."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scripts.setup import docker_engine
from scripts.setup.place import ROOT
from scripts.test_run import apart, summary
from scripts.test_run import parts as parts_of
from scripts.test_run.parts import REPORTS
from scripts.test_run.summary import Line

_BUDGET_S = 60 * 60  # all parts together
_LAST_WORDS_S = 30  # for pytest to stop what its fixtures started
_NO_TESTS = 5  # pytest's exit code for an empty folder


def main() -> int:
    """0 when every part passed and nothing is left behind."""
    parser = argparse.ArgumentParser(prog="python3 -m scripts.test_run", description=__doc__)
    known = parts_of.known()
    parser.add_argument("part", nargs="*", help=f"{', '.join(known)}; none: those of make test")
    names = parser.parse_args().part
    if unknown := set(names) - set(known):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    parts = parts_of.chosen(names)
    os.chdir(ROOT)
    lines: list[Line] = []
    run = apart.new_run()
    deadline = time.monotonic() + _BUDGET_S
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        set_up = (sys.executable, "-m", "scripts.setup", parts_of.goal(parts), "--keep-engine")
        lines.append(_run("set-up", set_up, os.environ, deadline))
        with _scratch() as scratch:
            for part in parts:
                if not _passed(lines):
                    break
                env = {**apart.environment(run, scratch), **part.variables}
                lines.append(_run(part.name, part.command, env, deadline))
            if len(lines) > 1:
                lines.append(_look_around(run))
    except KeyboardInterrupt:
        apart.remove(run)  # pytest's processes, where a part runs several, end without a word to their fixtures
        lines.append(Line("", "interrupted", 0))
    finally:
        if docker_engine.started_by_us():
            print(f"Docker engine: {docker_engine.stop_ours()}", flush=True)
    print("\n" + summary.table(lines), flush=True)
    return 0 if _passed(lines) else 1


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="coderunner-test-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL, which refuses to be root, has its folder in it
        yield Path(folder)


def _run(name: str, command: Sequence[str], env: Mapping[str, str], deadline: float) -> Line:
    """Run one part to its end, with its output passed through as it comes."""
    print(f"\n=== {name} " + "=" * (74 - len(name)), flush=True)
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    begun = time.monotonic()
    # A process group of its own, so that we can end what a part started together with it.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=dict(env), start_new_session=True)
    try:
        code = process.wait(timeout=max(1, deadline - begun))
        ended = {0: "passed", _NO_TESTS: "failed: no tests"}.get(code, f"failed, exit code {code}")
    except subprocess.TimeoutExpired:
        _end(process)
        ended = f"failed: the whole run may take {_BUDGET_S // 60} minutes"
    except KeyboardInterrupt:
        _end(process)
        raise
    return Line(name, ended, time.monotonic() - begun, *summary.read_report(report))


def _end(process: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C would, so that fixtures clean up; by force when they do not."""
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(timeout=_LAST_WORDS_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _look_around(run: str) -> Line:
    """Fails when a process or a running container of the run is still there; removes them all the same."""
    begun = time.monotonic()
    left = apart.left_behind(run)
    for line in left:
        print(f"left behind: {line}", flush=True)
    apart.remove(run)
    return Line("clean-up", f"failed: {len(left)} left behind" if left else "passed", time.monotonic() - begun)


def _passed(lines: list[Line]) -> bool:
    return all(line.ended == "passed" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
