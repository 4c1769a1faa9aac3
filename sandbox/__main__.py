"""The sandbox's commands: ``python -m sandbox run|build|selftest|sweep``."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from pathlib import Path

from coderunner_core.contract import Limits, Program, RunResult
from sandbox import selftest
from sandbox.build import build
from sandbox.config import SandboxConfig
from sandbox.engine import Engine
from sandbox.errors import SandboxBroken
from sandbox.pool import sweep
from sandbox.service import Sandbox


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit status: 0 well, 1 not well, 2 wrongly asked."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(message)s")
    try:
        config = SandboxConfig.from_env(os.environ)
        return int(options.command(options, config))
    except (SandboxBroken, ValueError, OSError) as error:
        print(f"sandbox: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="Runs untrusted programs in containers.")
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help="run one Python file and print what happened")
    run.add_argument("file", type=Path)
    run.add_argument("--stdin", type=Path, help="a file for its standard input")
    run.add_argument("--seconds", type=float, help="of CPU and, as a backstop, of waiting (default: 2 and 5)")
    run.add_argument("--json", action="store_true", help="print everything as one JSON object")
    run.set_defaults(command=_run)
    make = commands.add_parser("build", help="build the sandbox image, if it is not there yet")
    make.add_argument("--base", default="", help="an image with python3 on the PATH")
    make.set_defaults(command=_build)
    test = commands.add_parser("selftest", help="prove on this host that the sandbox holds")
    test.set_defaults(command=_selftest)
    clear = commands.add_parser("sweep", help="remove containers whose worker is gone")
    clear.set_defaults(command=_sweep)
    return parser


def _run(options: argparse.Namespace, config: SandboxConfig) -> int:
    source = options.file.read_bytes().decode("utf-8", "surrogateescape")
    stdin = options.stdin.read_bytes() if options.stdin else b""
    limits = Limits()
    if options.seconds is not None:
        limits = Limits(cpu_ms=round(options.seconds * 1000), wall_ms=round(options.seconds * 1000))
    with Sandbox(SandboxConfig(config.image, config.runtime, 1, 1, "cli", config.docker_host, config.label)) as sandbox:
        result = sandbox.run(Program(source, stdin), limits)
    if options.json:
        print(json.dumps(_as_json(result)))
    else:
        sys.stdout.buffer.write(result.stdout)
        sys.stdout.flush()
        sys.stderr.buffer.write(result.stderr)
        print(f"[{result.outcome}, {result.cpu_ms} ms CPU, {result.wall_ms} ms]", file=sys.stderr)
    return 0


def _as_json(result: RunResult) -> dict[str, object]:
    return {
        "outcome": result.outcome.value,
        "stdout": result.stdout.decode("utf-8", "replace"),
        "stderr": result.stderr.decode("utf-8", "replace"),
        "exit_code": result.exit_code,
        "cpu_ms": result.cpu_ms,
        "wall_ms": result.wall_ms,
        "memory_kib": result.memory_kib,
        "truncated": result.truncated,
    }


def _build(options: argparse.Namespace, config: SandboxConfig) -> int:
    build(config, options.base)
    return 0


def _selftest(options: argparse.Namespace, config: SandboxConfig) -> int:
    findings = selftest.check(config)
    for finding in findings:
        print(f"WRONG  {finding.what}\n       to mend it: {finding.fix}")
    if not findings:
        print("The sandbox holds on this host.")
    return 1 if findings else 0


def _sweep(options: argparse.Namespace, config: SandboxConfig) -> int:
    engine = Engine(config.docker_host)
    try:
        print(f"{sweep(engine, config.label)} containers removed")
    finally:
        engine.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
