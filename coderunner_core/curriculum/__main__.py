"""``python -m coderunner_core.curriculum check DIR``: tells an author what is there, or what is wrong with it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from coderunner_core.curriculum import Problem, load, load_problem
from coderunner_core.errors import BadProblem


def main(argv: Sequence[str] | None = None) -> int:
    """Check a whole curriculum or one problem folder. Exit code 0: it can be loaded; 2: it cannot, see stderr."""
    parser = argparse.ArgumentParser(prog="python -m coderunner_core.curriculum", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="load a curriculum or one problem folder and say what is in it")
    check.add_argument("directory", type=Path)
    directory: Path = parser.parse_args(argv).directory
    try:
        report = _problem(directory) if (directory / "problem.yaml").exists() else _curriculum(directory)
    except BadProblem as error:
        print(error.message, file=sys.stderr)
        return 2
    print("\n".join(report))
    return 0


def _curriculum(directory: Path) -> list[str]:
    lines = []
    curriculum = load(directory)
    for group in curriculum.age_groups:
        lines.append(group.title)
        for level in group.levels:
            lines.append(f"  {level.number} {level.title}")
            lines += [f"    {_summary(problem)}" for problem in level.problems]
    return [*lines, f"{len(curriculum.problems)} problems, all well formed"]


def _problem(folder: Path) -> list[str]:
    problem = load_problem(folder)
    tests = [f"  {test.name}: {test.note} (weight {test.weight:g})" for test in problem.tests]
    wrong = [f"  wrong/{solution.name} must get {solution.outcome}" for solution in problem.wrong]
    return [_summary(problem), *tests, *wrong]


def _summary(problem: Problem) -> str:
    visible = len(problem.examples)
    return (
        f"{problem.id}: {problem.title} ({problem.kind}, difficulty {problem.difficulty}, {visible} visible and "
        f"{len(problem.tests) - visible} hidden tests, {len(problem.hints_html)} hints, {len(problem.wrong)} wrong)"
    )


if __name__ == "__main__":
    sys.exit(main())
