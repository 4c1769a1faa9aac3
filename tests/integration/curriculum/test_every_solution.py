"""Every reference solution is accepted, and every wrong one gets the verdict its author declared: for real."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coderunner_core.contract import Outcome
from coderunner_core.curriculum import Problem, WrongSolution, load
from sandbox import Sandbox, SandboxConfig
from worker.grading import grade

CURRICULUM = load(Path(__file__).parents[3] / "curriculum")
SUBMIT_WALL_MS = 15_000
WRONG = [(problem, wrong) for problem in CURRICULUM.problems for wrong in problem.wrong]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The real one, with the policy of production."""
    with Sandbox(SandboxConfig.from_env(os.environ)) as box:
        yield box


@pytest.mark.parametrize("problem", CURRICULUM.problems, ids=lambda problem: problem.id)
def test_the_reference_is_accepted(problem: Problem, sandbox: Sandbox) -> None:
    """With every point."""
    verdict = grade(problem, problem.reference, sandbox, submit_wall_ms=SUBMIT_WALL_MS)
    assert (verdict.outcome, verdict.score, verdict.explanation) == (Outcome.ACCEPTED, 100, "")


@pytest.mark.parametrize(("problem", "wrong"), WRONG, ids=[f"{one.id}-{wrong.name}" for one, wrong in WRONG])
def test_a_wrong_solution_gets_its_verdict(problem: Problem, wrong: WrongSolution, sandbox: Sandbox) -> None:
    """And words that say why."""
    verdict = grade(problem, wrong.source, sandbox, submit_wall_ms=SUBMIT_WALL_MS)
    assert (verdict.outcome, verdict.explanation != "") == (wrong.outcome, True)


@pytest.mark.parametrize("problem", CURRICULUM.problems, ids=lambda problem: problem.id)
def test_the_starter_runs_but_does_not_pass(problem: Problem, sandbox: Sandbox) -> None:
    """A student begins with something that works and still has something to do."""
    verdict = grade(problem, problem.starter, sandbox, submit_wall_ms=SUBMIT_WALL_MS)
    assert verdict.outcome == Outcome.WRONG_ANSWER
