"""``python -m worker grade FOLDER SOLUTION.py``: grades one file against one problem, without queue or web.

Exit codes: 0, it was graded, whatever the verdict; 2, the folder, the file or the command cannot be used; 3, the
sandbox does not work here. Messages go to stderr, the verdict to stdout.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from coderunner_core.contract import Outcome, Verdict
from coderunner_core.curriculum import Problem, load_problem
from coderunner_core.errors import BadInput
from sandbox import Sandbox, SandboxBroken, SandboxConfig
from worker.grading import Runner, grade
from worker.words import cut

GRADED, UNUSABLE, BROKEN = 0, 2, 3
SOURCE_LIMIT_BYTES = 100_000
DEFAULT_WALL_S = 15.0


def main(argv: Sequence[str], sandbox: AbstractContextManager[Runner] | None = None) -> int:
    """Grade as the arguments say and return the exit code. ``sandbox`` is the real one unless a test brings its own."""
    args = _parser().parse_args(argv)
    try:
        problem, source = load_problem(args.folder), _source(args.solution)
        with sandbox or Sandbox(_config(os.environ)) as runner:
            verdict = grade(problem, source, runner, submit_wall_ms=round(args.seconds * 1000))
    except BadInput as error:
        print(error.message, file=sys.stderr)
        return UNUSABLE
    except SandboxBroken as error:
        print(f"The sandbox does not work here: {error}", file=sys.stderr)
        return BROKEN
    if args.json:
        print(json.dumps(_as_dict(problem, verdict), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_as_text(problem, verdict)))
    return BROKEN if verdict.outcome is Outcome.INTERNAL_ERROR else GRADED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m worker grade", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="a problem folder, with problem.yaml in it")
    parser.add_argument("solution", type=Path, help="the Python file to grade")
    parser.add_argument("--seconds", type=float, default=DEFAULT_WALL_S, help="for all tests together (default: 15)")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    return parser


def _config(environ: Mapping[str, str]) -> SandboxConfig:
    try:
        return replace(SandboxConfig.from_env(environ), owner="grade")
    except ValueError as error:
        raise BadInput(str(error)) from None


def _source(path: Path) -> str:
    try:
        content = path.read_bytes()
        source = content.decode("utf-8")
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path}: is not UTF-8 text") from None
    if len(content) > SOURCE_LIMIT_BYTES:
        raise BadInput(f"{path}: has {len(content):,} bytes; at most {SOURCE_LIMIT_BYTES:,} are allowed")
    return source


def _as_dict(problem: Problem, verdict: Verdict) -> dict[str, Any]:
    """Authors may know what students may not: the note of a hidden test is in here."""
    tests = [
        {
            "name": report.name,
            "outcome": report.outcome.value,
            "visible": report.visible,
            "weight": report.weight,
            "note": test.note,
            "cpu_ms": report.cpu_ms,
            "wall_ms": report.wall_ms,
            "memory_kib": report.memory_kib,
            "first_difference": report.first_difference,
        }
        for test, report in zip(problem.tests, verdict.tests, strict=False)
    ]
    return {
        "outcome": verdict.outcome.value,
        "score": verdict.score,
        "explanation": verdict.explanation,
        "problem": problem.id,
        "tests": tests,
    }


def _as_text(problem: Problem, verdict: Verdict) -> list[str]:
    score = "" if verdict.score is None else f", score {verdict.score}"
    lines = [f"{problem.id}: {verdict.outcome}{score}"]
    for test, report in zip(problem.tests, verdict.tests, strict=False):
        note = "" if test.note == test.name else f" ({test.note})"
        lines.append(f"  {report.outcome:<14} {report.wall_ms:>5} ms  {report.name}{note}  {report.first_difference}")
    return [line.rstrip() for line in lines] + ([cut(verdict.explanation, 500)] if verdict.explanation else [])
