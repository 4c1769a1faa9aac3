"""Grading asks the sandbox one test at a time, judges outside of it, and gives nothing hidden away."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from coderunner_core.contract import Call, Limits, Outcome, RunResult, Stream, TestReport, UnitTestReport, Verdict
from coderunner_core.curriculum import Problem, TestCase
from sandbox import Cancellation, SandboxBroken
from tests.unit.grading.fakes import SECRET, FakeSandbox, case, ended, function_problem, printed, problem
from worker.grading import execute, grade

WALL_MS = 15_000
SOURCE = "print(1)"


def graded(lesson: Problem, *answers: RunResult, wall_ms: int = WALL_MS) -> Verdict:
    return grade(lesson, SOURCE, FakeSandbox(answers), submit_wall_ms=wall_ms)


def test_all_tests_passed_is_accepted_with_100() -> None:
    """And times add up, memory is the largest."""
    verdict = graded(problem(), printed("1\n"), printed(f"{SECRET}\n", wall_ms=30))
    assert (verdict.outcome, verdict.score, verdict.explanation) == (Outcome.ACCEPTED, 100, "")
    assert (verdict.wall_ms, verdict.cpu_ms, verdict.memory_kib) == (40, 10, 9_000)


def test_the_container_is_told_the_question_and_never_the_answer() -> None:
    """One program start for each test, with its own input and limits."""
    sandbox = FakeSandbox([printed("1\n"), printed("2\n")])
    grade(problem(), SOURCE, sandbox, submit_wall_ms=WALL_MS)
    assert [program.stdin for program, _ in sandbox.asked] == [b"input of Three\n", b"input of Hidden 1\n"]
    assert [program.source for program, _ in sandbox.asked] == [SOURCE, SOURCE]
    assert SECRET not in repr(sandbox.asked)


def test_the_outcome_is_that_of_the_first_failing_test() -> None:
    """In the order of the problem, whatever follows."""
    lesson = problem(case("A"), case("B"), case("C"))
    verdict = graded(lesson, printed("1\n"), ended(Outcome.RUNTIME_ERROR), printed("2\n"))
    assert verdict.outcome == Outcome.RUNTIME_ERROR
    assert [report.outcome for report in verdict.tests] == [
        Outcome.ACCEPTED,
        Outcome.RUNTIME_ERROR,
        Outcome.WRONG_ANSWER,
    ]


@pytest.mark.parametrize(
    ("weights", "passed", "score"),
    [
        ([1, 1, 1], [0], 33),
        ([2, 1, 1, 1], [0], 40),
        ([29, 71], [0], 29),
        ([0.1, 0.2, 0.7], [0, 1], 30),
        ([1000, 0.001], [0], 99),
        ([1, 1], [], 0),
        ([0.3, 0.7], [0, 1], 100),
    ],
)
def test_the_score_is_by_weight_rounded_down(weights: list[float], passed: list[int], score: int) -> None:
    """100 is for those who passed all."""
    lesson = problem(*(case(f"T{index}", weight=weight) for index, weight in enumerate(weights)))
    answers = [printed("1\n" if index in passed else "0\n") for index in range(len(weights))]
    assert graded(lesson, *answers).score == score


def test_hidden_tests_reveal_name_outcome_time_and_memory_only() -> None:
    """Neither what went in nor what came out, nor why it was wrong; not even through an error message."""
    lesson = problem(case("Hidden 1", SECRET, visible=False), case("Hidden 2", SECRET, visible=False))
    leak = f'  File "main.py", line 4\nValueError: {SECRET}'
    verdict = graded(lesson, printed(f"{SECRET}?"), ended(Outcome.RUNTIME_ERROR, leak))
    assert verdict.tests[0] == TestReport(
        "Hidden 1", Outcome.WRONG_ANSWER, visible=False, wall_ms=10, cpu_ms=5, memory_kib=9_000
    )
    assert verdict.tests[1].outcome == Outcome.RUNTIME_ERROR
    assert SECRET not in repr(asdict(verdict))
    assert "input of" not in repr(asdict(verdict))


def test_a_hidden_error_is_explained_without_its_message_or_line() -> None:
    """A line number would tell something of the input."""
    lesson = problem(case("A"), case("Hidden 1", visible=False))
    stderr = f'  File "main.py", line 4\nValueError: {SECRET}'
    verdict = graded(lesson, printed("1\n"), ended(Outcome.RUNTIME_ERROR, stderr))
    assert verdict.explanation == (
        "In the test “Hidden 1”, your program was stopped by an error. Think of inputs that you have not tried."
    )


def test_visible_tests_show_input_output_and_the_first_difference() -> None:
    """What a student needs to see the mistake."""
    report = graded(problem(case("A", "1\n2\n")), printed("1\n3\n")).tests[0]
    assert report.first_difference == "line 2: expected `2` but got `3`"
    assert (report.input_shown, report.stdout_shown) == ("input of A\n", "1\n3\n")


def test_a_long_output_is_cut_in_the_row() -> None:
    """256 KB in each of ten rows would be a heavy page."""
    report = graded(problem(case("A")), printed("x" * 10_000)).tests[0]
    assert report.stdout_shown.endswith("… (6,000 more characters)")


def test_a_compile_error_ends_the_grading_and_is_shown() -> None:
    """No other test could end otherwise, and no input can be seen in it."""
    stderr = '  File "main.py", line 3\n    x = = 1\nSyntaxError: invalid syntax\n'
    sandbox = FakeSandbox([ended(Outcome.COMPILE_ERROR, stderr)])
    verdict = grade(problem(), SOURCE, sandbox, submit_wall_ms=WALL_MS)
    assert (verdict.outcome, verdict.score, len(verdict.tests)) == (Outcome.COMPILE_ERROR, 0, 1)
    assert verdict.stderr == stderr
    assert verdict.explanation.startswith("Python could not read line 3 of your program: SyntaxError: invalid syntax.")


def test_a_compile_error_after_a_start_that_compiled_is_forged_and_shows_nothing() -> None:
    """A program that claims one in a hidden test, to have its stderr shown, is a program that failed."""
    forged = ended(Outcome.COMPILE_ERROR, f"SyntaxError: {SECRET}\n")
    verdict = graded(
        problem(case("A"), case("Hidden 1", visible=False), case("B")), printed("1\n"), forged, printed("1\n")
    )
    assert [report.outcome for report in verdict.tests] == [Outcome.ACCEPTED, Outcome.RUNTIME_ERROR, Outcome.ACCEPTED]
    assert SECRET not in repr(asdict(verdict))


def test_a_compile_error_in_a_hidden_first_test_shows_nothing_either() -> None:
    """The loader refuses such a problem; grading does not rely on it."""
    verdict = graded(problem(case("Hidden 1", visible=False)), ended(Outcome.COMPILE_ERROR, f"SyntaxError: {SECRET}\n"))
    assert (verdict.outcome, verdict.explanation) == (Outcome.COMPILE_ERROR, "Python could not read your program.")
    assert SECRET not in repr(asdict(verdict))


def test_the_wall_clock_budget_is_for_all_tests_together() -> None:
    """Each test gets at most what is left; those that get nothing are not started."""
    lesson = problem(case("A"), case("B"), case("C"))
    sandbox = FakeSandbox([printed("1\n", wall_ms=4_000), ended(Outcome.TIME_LIMIT, wall_ms=2_000, cpu_ms=0)])
    verdict = grade(lesson, SOURCE, sandbox, submit_wall_ms=6_000)
    assert [limits.wall_ms for _, limits in sandbox.asked] == [5_000, 2_000]
    assert [report.outcome for report in verdict.tests] == [Outcome.ACCEPTED, Outcome.TIME_LIMIT, Outcome.TIME_LIMIT]
    assert (verdict.outcome, verdict.score) == (Outcome.TIME_LIMIT, 33)
    assert verdict.explanation == "All tests together took more than 6 seconds. The tests after that were not run."


def test_waiting_for_a_busy_machine_is_not_charged_to_the_budget() -> None:
    """A test that passed although it took longer than its limit was kept waiting by others."""
    lesson = problem(case("A"), case("B"))
    sandbox = FakeSandbox([replace(printed("1\n", wall_ms=14_000), waited_ms=12_000), printed("1\n")])
    verdict = grade(lesson, SOURCE, sandbox, submit_wall_ms=15_000)
    assert [limits.wall_ms for _, limits in sandbox.asked] == [5_000, 5_000]
    assert verdict.outcome == Outcome.ACCEPTED


def test_running_out_of_the_budget_between_tests_is_explained() -> None:
    """All tests were slow, none was too slow."""
    verdict = graded(problem(case("A"), case("B")), printed("1\n", wall_ms=5_000), wall_ms=5_000)
    assert verdict.explanation == "All tests together took more than 5 seconds. The tests after that were not run."


@pytest.mark.parametrize("ending", [Outcome.INTERNAL_ERROR, Outcome.CANCELLED])
def test_our_failure_and_a_stop_end_the_grading_without_a_score(ending: Outcome) -> None:
    """Also after a test that failed: neither is counted against the student."""
    lesson = problem(case("A"), case("B"), case("C"))
    verdict = graded(lesson, printed("wrong"), ended(ending))
    assert (verdict.outcome, verdict.score, len(verdict.tests)) == (ending, None, 2)


def test_a_broken_sandbox_is_for_the_caller() -> None:
    """The worker decides whether to try again."""
    with pytest.raises(SandboxBroken, match="no engine"):
        grade(problem(), SOURCE, FakeSandbox([SandboxBroken("no engine")]), submit_wall_ms=WALL_MS)


def test_each_report_is_heard_at_once_and_cancel_is_handed_on() -> None:
    """A page can fill its rows while the rest still runs, and Stop reaches the program."""
    heard: list[TestReport] = []
    cancel = Cancellation()
    sandbox = FakeSandbox([printed("1\n"), printed("2\n")])
    verdict = grade(problem(), SOURCE, sandbox, submit_wall_ms=WALL_MS, on_test=heard.append, cancel=cancel)
    assert tuple(heard) == verdict.tests
    assert sandbox.cancels == [cancel, cancel]
    assert sandbox.on_outputs == [None, None]


def test_a_function_is_asked_by_call_and_judged_by_value() -> None:
    """What it prints does not matter; a value that never came is a wrong answer."""
    lesson = function_problem(case("A", "6"), case("B", "6"), case("C", "6"))
    answers = [replace(printed("noise"), value_json=value) for value in ("6", "7", None)]
    sandbox = FakeSandbox(answers)
    verdict = grade(lesson, SOURCE, sandbox, submit_wall_ms=WALL_MS)
    assert sandbox.asked[0][0].call == Call("double", "[3]")
    assert [report.first_difference for report in verdict.tests] == [
        "",
        "expected `6` but got `7`",
        "the function gave back nothing that can be compared",
    ]
    assert verdict.tests[0].input_shown == "double(3)"


def unittest_problem() -> Problem:
    test = TestCase(
        "Doubling", True, 1.0, test_source="import unittest", test_class="TestIt", test_methods=("test_a", "test_b")
    )
    return replace(problem(test), kind="unittest")


@pytest.mark.parametrize(
    ("reports", "difference"),
    [
        ([("test_a", True, ""), ("test_b", True, "")], ""),
        ([("TestIt.test_a", True, ""), ("TestIt.test_b", True, "")], ""),
        ([("test_a", True, ""), ("test_b", False, "AssertionError: 6 != 5\n\nmore")], "test_b: 6 != 5"),
        ([("test_a", True, ""), ("test_b", False, "")], "test_b: did not pass"),
        ([("test_a", False, "sub 1"), ("test_a", True, ""), ("test_b", True, "")], "test_a: sub 1"),
        ([("test_a", True, "")], "test_b was not run"),
        ([], "test_a was not run"),
        ([("test_forged", True, "")], "test_a was not run"),
    ],
)
def test_every_method_the_author_wrote_must_be_reported_and_passed(
    reports: list[tuple[str, bool, str]], difference: str
) -> None:
    """A report without it proves nothing."""
    answer = replace(printed(""), unit_tests=tuple(UnitTestReport(*report) for report in reports))
    verdict = graded(unittest_problem(), answer)
    assert verdict.tests[0].first_difference == difference
    assert (verdict.outcome is Outcome.ACCEPTED) == (difference == "")


def test_a_unittest_start_has_its_file_and_its_class() -> None:
    """One class a start, so that one cannot disturb the next."""
    sandbox = FakeSandbox([printed("")])
    grade(unittest_problem(), SOURCE, sandbox, submit_wall_ms=WALL_MS)
    program = sandbox.asked[0][0]
    assert (program.test_source, program.test_name) == ("import unittest", "TestIt")


@pytest.mark.parametrize(
    ("files", "difference"),
    [
        ({"out.txt": b"a\n"}, ""),
        ({"out.txt": b"b\n"}, "out.txt: line 1: expected `a` but got `b`"),
        ({}, "the file out.txt was not written"),
        ({"out.txt": b"\xff\0"}, "out.txt: line 1: expected `a` but got `�␀`"),
    ],
)
def test_written_files_are_compared_too(files: dict[str, bytes], difference: str) -> None:
    """They are asked for by name, and data files travel with the program."""
    test = replace(case("A"), expected_files={"out.txt": "a\n"}, files={"in.txt": b"data"})
    sandbox = FakeSandbox([replace(printed("1\n"), files=files)])
    lesson = replace(problem(test), collect=("out.txt",))
    verdict = grade(lesson, SOURCE, sandbox, submit_wall_ms=WALL_MS)
    assert verdict.tests[0].first_difference == difference
    program = sandbox.asked[0][0]
    assert (dict(program.files), program.collect) == ({"in.txt": b"data"}, ("out.txt",))


def test_a_run_gives_back_what_happened_without_a_score() -> None:
    """With the student's own input, the problem's data files, and the output as it comes."""
    heard: list[tuple[Stream, bytes]] = []

    def on_output(stream: Stream, chunk: bytes) -> None:
        heard.append((stream, chunk))

    sandbox = FakeSandbox([replace(printed("hi\0\xff"), stdout=b"hi\0\xff", stderr=b"e", truncated=True)])
    lesson = replace(problem(), files={"in.txt": b"data"})
    limits, cancel = Limits(cpu_ms=100), Cancellation()
    verdict = execute(lesson, SOURCE, "3\ud800\n", sandbox, limits, on_output, cancel)
    assert (verdict.outcome, verdict.score, verdict.tests, verdict.explanation) == (Outcome.OK, None, (), "")
    assert (verdict.stdout, verdict.stderr, verdict.exit_code, verdict.truncated) == ("hi␀�", "e", 0, True)
    program, asked_limits = sandbox.asked[0]
    assert (program.stdin, dict(program.files), asked_limits) == (b"3?\n", {"in.txt": b"data"}, limits)
    assert (sandbox.cancels, sandbox.on_outputs) == ([cancel], [on_output])


def test_a_run_without_a_problem_is_a_run() -> None:
    """A playground needs no lesson."""
    assert execute(None, SOURCE, "", FakeSandbox([printed("1")]), Limits()).outcome == Outcome.OK
