"""A sandbox that answers from a list, and problems small enough to read in a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from coderunner_core.contract import Limits, Outcome, Program, RunResult, Stream
from coderunner_core.curriculum import Problem, TestCase
from sandbox import Cancellation

OnOutput = Callable[[Stream, bytes], None]
SECRET = "the-hidden-answer"


class FakeSandbox:
    """Gives the next of the results (or raises it) and keeps what it was asked to run."""

    def __init__(self, answers: Iterable[RunResult | Exception]) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[Program, Limits]] = []
        self.cancels: list[Cancellation | None] = []
        self.on_outputs: list[OnOutput | None] = []

    def run(
        self,
        program: Program,
        limits: Limits,
        on_output: OnOutput | None = None,
        cancel: Cancellation | None = None,
    ) -> RunResult:
        self.asked.append((program, limits))
        self.cancels.append(cancel)
        self.on_outputs.append(on_output)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def printed(text: str, wall_ms: int = 10) -> RunResult:
    """A program that ended well and printed this."""
    return RunResult(Outcome.OK, text.encode(), exit_code=0, cpu_ms=5, wall_ms=wall_ms, memory_kib=9_000)


def ended(outcome: Outcome, stderr: str = "", wall_ms: int = 10, cpu_ms: int = 5) -> RunResult:
    """A program that ended otherwise."""
    return RunResult(outcome, b"", stderr.encode(), exit_code=1, cpu_ms=cpu_ms, wall_ms=wall_ms, memory_kib=9_000)


def case(name: str, expected: str = "1\n", *, visible: bool = True, weight: float = 1.0) -> TestCase:
    """A test of a program problem."""
    return TestCase(name, visible, weight, expected=expected, stdin=f"input of {name}\n", note=name)


def problem(*tests: TestCase) -> Problem:
    """A program problem with these tests, or with one visible and one hidden."""
    return Problem(
        id="double-it",
        title="Double it",
        kind="program",
        concepts=("input",),
        difficulty=1,
        limits=Limits(),
        statement_html="",
        hints_html=(),
        starter="",
        reference="",
        wrong=(),
        tests=tests or (case("Three"), case("Hidden 1", f"{SECRET}\n", visible=False)),
        version="1",
    )


def function_problem(*tests: TestCase) -> Problem:
    """A function problem with these tests."""
    changed = tuple(replace(test, function="double", arguments_json="[3]") for test in tests)
    return replace(problem(*changed), kind="function", function="double")
