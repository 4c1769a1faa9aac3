"""Grades a program against the tests of a problem, or just runs it. Answers are compared here, outside the sandbox.

The outcome of a submission is ``accepted`` when every test passed, otherwise that of the first test, in the order of
the problem, that did not. The score is the weight of the passed tests over the weight of all, rounded down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from coderunner_core.contract import (
    Call,
    Limits,
    Outcome,
    Program,
    RunResult,
    Stream,
    TestReport,
    Verdict,
)
from coderunner_core.curriculum import Problem, TestCase
from sandbox import Cancellation
from worker import words
from worker.judge import first_difference, text_of

SHOWN_CHARS = 4_000  # of an input or output in a test row

OnTest = Callable[[TestReport], None]
OnOutput = Callable[[Stream, bytes], None]

_OURS_OR_THEIR_WISH = (Outcome.INTERNAL_ERROR, Outcome.CANCELLED)  # these end a grading at once and give no score


class Runner(Protocol):
    """What grading needs of a sandbox."""

    def run(
        self,
        program: Program,
        limits: Limits,
        on_output: OnOutput | None = None,
        cancel: Cancellation | None = None,
    ) -> RunResult:
        """Run one program; raises SandboxBroken when that is our failure."""


def grade(
    problem: Problem,
    source: str,
    sandbox: Runner,
    *,
    submit_wall_ms: int,
    on_test: OnTest | None = None,
    cancel: Cancellation | None = None,
) -> Verdict:
    """Run every test in a program start of its own and judge it. ``on_test`` hears of each as soon as it is known.

    ``submit_wall_ms`` is for all tests together, counted while programs run and not while they wait for a container;
    tests that it leaves no time for get ``time_limit``. SandboxBroken passes through to the caller.
    """
    grading = _Grading(problem, submit_wall_ms, on_test or (lambda report: None))
    for test in problem.tests:
        if grading.remaining_ms <= 0:
            grading.skip(test)
            continue
        limits = replace(problem.limits, wall_ms=min(problem.limits.wall_ms, grading.remaining_ms))
        result = sandbox.run(_program(problem, source, test), limits, None, cancel)
        if grading.add(test, result, limits) in (*_OURS_OR_THEIR_WISH, Outcome.COMPILE_ERROR):
            break
    return grading.verdict()


def execute(
    problem: Problem | None,
    source: str,
    stdin: str,
    sandbox: Runner,
    limits: Limits,
    on_output: OnOutput | None = None,
    cancel: Cancellation | None = None,
) -> Verdict:
    """Run the program as it stands, with the student's own input and the problem's data files. There is no score."""
    files = problem.files if problem else {}
    # "replace": half of a surrogate pair, which a browser can send, is nothing that a pipe can carry
    result = sandbox.run(Program(source, stdin.encode("utf-8", "replace"), files=files), limits, on_output, cancel)
    return Verdict(
        outcome=result.outcome,
        stdout=text_of(result.stdout),
        stderr=text_of(result.stderr),
        exit_code=result.exit_code,
        cpu_ms=result.cpu_ms,
        wall_ms=result.wall_ms,
        memory_kib=result.memory_kib,
        truncated=result.truncated,
        explanation=words.ending(result, limits),
    )


def _program(problem: Problem, source: str, test: TestCase) -> Program:
    """What the container is told of one test: the question, never the answer."""
    if problem.kind == "function":
        return Program(source, call=Call(test.function, test.arguments_json), files=test.files)
    if problem.kind == "unittest":
        return Program(source, test_source=test.test_source, test_name=test.test_class, files=test.files)
    return Program(source, test.stdin.encode(), files=test.files, collect=problem.collect)


class _Grading:
    """What is known so far of one submission."""

    def __init__(self, problem: Problem, submit_wall_ms: int, on_test: OnTest) -> None:
        self._problem, self._submit_wall_ms, self._on_test = problem, submit_wall_ms, on_test
        self._reports: list[TestReport] = []
        self._spent_ms = 0
        self._last = RunResult(Outcome.INTERNAL_ERROR)
        self._explanation = ""

    @property
    def remaining_ms(self) -> int:
        """What is left of the wall-clock for all tests together."""
        return self._submit_wall_ms - self._spent_ms

    def skip(self, test: TestCase) -> None:
        """A test that no time was left for."""
        self._note(TestReport(test.name, Outcome.TIME_LIMIT, test.visible, test.weight))
        self._explanation = self._explanation or words.out_of_time(self._submit_wall_ms)

    def add(self, test: TestCase, result: RunResult, limits: Limits) -> Outcome:
        """A test that was run, and the outcome it gets; what a hidden one said stays here."""
        self._last = result
        self._spent_ms += result.wall_ms - result.waited_ms  # a busy machine must not change a verdict
        difference = first_difference(test, result) if result.outcome is Outcome.OK else ""
        outcome = result.outcome
        if outcome is Outcome.OK:
            outcome = Outcome.WRONG_ANSWER if difference else Outcome.ACCEPTED
        elif outcome is Outcome.COMPILE_ERROR and self._reports:
            outcome = Outcome.RUNTIME_ERROR  # forged: Python has read this very source before
        report = TestReport(
            name=test.name,
            outcome=outcome,
            visible=test.visible,
            weight=test.weight,
            wall_ms=result.wall_ms,
            cpu_ms=result.cpu_ms,
            memory_kib=result.memory_kib,
        )
        if test.visible:
            report = replace(
                report,
                first_difference=difference,
                input_shown=words.cut(test.input_shown, SHOWN_CHARS),
                stdout_shown=words.cut(text_of(result.stdout), SHOWN_CHARS),
                stderr_shown=words.cut(text_of(result.stderr), SHOWN_CHARS),
            )
        self._note(report)
        self._explain(report, result, limits)
        return outcome

    def _explain(self, report: TestReport, result: RunResult, limits: Limits) -> None:
        """The first failing test is told; after it, only what ends the grading."""
        if report.outcome in _OURS_OR_THEIR_WISH:
            self._explanation = words.ending(result, limits)
        elif report.outcome is Outcome.ACCEPTED or self._explanation:
            return
        elif self.remaining_ms <= 0 and limits.wall_ms < self._problem.limits.wall_ms:
            self._explanation = words.out_of_time(self._submit_wall_ms)
        else:
            self._explanation = words.failed_test(report, result, limits)

    def verdict(self) -> Verdict:
        """The one answer. Only a compile error shows its stderr as a whole, and not even that of a hidden test."""
        outcome, score = self._outcome_and_score()
        unreadable = outcome is Outcome.COMPILE_ERROR and self._reports[-1].visible
        return Verdict(
            outcome=outcome,
            score=score,
            tests=tuple(self._reports),
            stderr=text_of(self._last.stderr) if unreadable else "",
            exit_code=self._last.exit_code if unreadable else None,
            cpu_ms=sum(report.cpu_ms for report in self._reports),
            wall_ms=sum(report.wall_ms for report in self._reports),
            memory_kib=max(report.memory_kib for report in self._reports),
            explanation=self._explanation,
        )

    def _outcome_and_score(self) -> tuple[Outcome, int | None]:
        last = self._reports[-1].outcome
        if last in _OURS_OR_THEIR_WISH:
            return last, None
        failed = [report.outcome for report in self._reports if report.outcome is not Outcome.ACCEPTED]
        if not failed:
            return Outcome.ACCEPTED, 100
        passed = sum(report.weight for report in self._reports if report.outcome is Outcome.ACCEPTED)
        total = sum(test.weight for test in self._problem.tests)
        # The tiny addend keeps 29 % from becoming 28 by a binary fraction; 100 is for those who passed all.
        return failed[0], min(99, int(100 * passed / total + 1e-9))

    def _note(self, report: TestReport) -> None:
        self._reports.append(report)
        self._on_test(report)
