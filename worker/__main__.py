"""Commands: start the workers, be one of them, wait until they are ready, grade a file against a problem."""

from __future__ import annotations

import argparse
import sys
import time

from redis import Redis
from redis.exceptions import RedisError

from coderunner_core import logs
from coderunner_core.contract import RunKind
from coderunner_core.errors import CodeRunnerError
from coderunner_core.load import ready_workers
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
    ready = commands.add_parser("ready", help="exit 0 once every configured worker process can take work")
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
    from sandbox.selftest import check
    from worker.process import sandbox_config
    from worker.supervisor import supervise

    logs.configure("supervisor", settings)
    findings = check(sandbox_config(settings, owner="selftest"))
    if findings:
        print("The sandbox does not work on this host:", *(f"  - {one}" for one in findings), sep="\n", file=sys.stderr)
        return 1
    supervise(settings)
    return 0


def _ready(settings: Settings, wait_s: float) -> int:
    wanted = settings.worker_concurrency_execution + settings.worker_concurrency_submission
    redis = Redis.from_url(settings.redis_url)
    deadline = time.monotonic() + wait_s
    while True:
        try:
            found = sum(ready_workers(redis, kind) for kind in RunKind)
        except RedisError as error:
            found = 0
            print(f"Redis does not answer: {type(error).__name__}", file=sys.stderr)
        if found >= wanted:
            return 0
        if time.monotonic() >= deadline:
            print(f"{found} of {wanted} workers are ready", file=sys.stderr)
            return 1
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
