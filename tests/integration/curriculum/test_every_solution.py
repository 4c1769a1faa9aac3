"""Every reference solution is accepted, and every wrong one gets the verdict its author declared: for real."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coderunner_core.contract import Outcome
from coderunner_core.curriculum import Problem, WrongSolution, load
from sandbox import Cancellation, Sandbox, SandboxConfig
from worker.grading import execute, grade

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


def test_stop_ends_a_submission_between_and_inside_tests(sandbox: Sandbox) -> None:
    """Here after the first of six slow tests: the second ends at once, the others never start."""
    problem = CURRICULUM.problem("step-counter")
    slow = next(wrong.source for wrong in problem.wrong if wrong.outcome == Outcome.TIME_LIMIT)
    cancel = Cancellation()
    verdict = grade(
        problem, slow, sandbox, submit_wall_ms=SUBMIT_WALL_MS, on_test=lambda report: cancel.set(), cancel=cancel
    )
    assert (verdict.outcome, verdict.score) == (Outcome.CANCELLED, None)
    assert [report.outcome for report in verdict.tests] == [Outcome.TIME_LIMIT, Outcome.CANCELLED]


def test_a_run_streams_and_has_the_data_files(sandbox: Sandbox) -> None:
    """Run shows what the starter prints of the file that lies beside it."""
    problem = CURRICULUM.problem("expense-report")
    heard: list[bytes] = []
    verdict = execute(problem, problem.starter, "", sandbox, problem.limits, lambda _, chunk: heard.append(chunk))
    assert (verdict.outcome, verdict.score, verdict.explanation) == (Outcome.OK, None, "")
    assert verdict.stdout.splitlines()[0] == "travel 89.90"
    assert b"".join(heard).decode() == verdict.stdout


def test_a_run_that_fails_is_explained(sandbox: Sandbox) -> None:
    """With the student's own line, whatever the harness around it."""
    problem = CURRICULUM.problem("countdown")
    verdict = execute(problem, "print('before')\nn = int(input())\n", "", sandbox, problem.limits)
    assert (verdict.outcome, verdict.stdout) == (Outcome.RUNTIME_ERROR, "before\n")
    assert verdict.explanation == (
        "Your program was stopped by an error on line 2: EOFError: EOF when reading a line. "
        "There was no line left to read. Call input() once for each line of the input."
    )
