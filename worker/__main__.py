"""Commands: start the workers, be one of them, wait until they are ready, grade a file against a problem."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import time

from coderunner_core import logs, metrics_folder, reporting
from coderunner_core.contract import RunKind
from coderunner_core.core import open_core
from coderunner_core.curriculum import Curriculum
from coderunner_core.errors import CodeRunnerError
from coderunner_core.settings import Settings, load_settings


def main(argv: list[str]) -> int:
    """Dispatch one command; the exit code is 0 when it did what it says."""
    if argv[:1] == ["grade"]:
        from worker import grade_cli

        return grade_cli.main(argv[1:])
    parser = argparse.ArgumentParser(prog="python -m worker", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="start all worker processes and keep them alive")
    commands.add_parser("grade", help="grade one file against one problem, without queue or web")
    process = commands.add_parser("process", help="be one worker process (started by 'start')")
    process.add_argument("kind", choices=[kind.value for kind in RunKind])
    process.add_argument("name")
    ready = commands.add_parser("ready", help="exit 0 once the stores answer and every worker has lately run a program")
    ready.add_argument("--wait", type=float, default=0.0, metavar="SECONDS")
    args = parser.parse_args(argv)
    try:
        settings = load_settings()
        if args.command == "start":
            return _start(settings)
        if args.command == "process":
            from worker.process import run_process

            run_process(settings, RunKind(args.kind), args.name)
            return 0
        return _ready(settings, args.wait)
    except CodeRunnerError as error:
        print(error.message, file=sys.stderr)
        return 1


def _start(settings: Settings) -> int:
    folder = metrics_folder.prepare("worker", settings)  # first: see there
    from coderunner_core import metrics
    from sandbox.selftest import check
    from worker.process import sandbox_config
    from worker.supervisor import supervise

    logs.configure("supervisor", settings)
    reporting.configure("supervisor", settings)
    metrics.count_errors("supervisor")
    findings = check(sandbox_config(settings, owner="selftest"))
    if findings:
        print("The sandbox does not work on this host:", *(f"  - {one}" for one in findings), sep="\n", file=sys.stderr)
        return 1
    try:
        supervise(settings)
    finally:
        metrics_folder.remove(folder)
    return 0


def _ready(settings: Settings, wait_s: float) -> int:
    from worker.readiness import Readiness, look

    async def ask() -> Readiness:
        deadline = time.monotonic() + wait_s
        async with open_core(settings, Curriculum(())) as core:  # probes ask often; no problem is needed for it
            while True:
                found = await look(core)
                if found.ok or time.monotonic() >= deadline:
                    return found
                await asyncio.sleep(0.1)

    logging.disable(logging.WARNING)  # what is missing is said once, below
    found = asyncio.run(ask())
    if not found.ok:
        print(found.in_words(), file=sys.stderr)
    return 0 if found.ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
