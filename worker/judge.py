"""Decides whether a program that ended well gave the right answer, for each kind of problem."""

from __future__ import annotations

from coderunner_core.contract import RunResult
from coderunner_core.curriculum import TestCase
from worker.compare import text_difference
from worker.values import value_difference
from worker.words import cut

_MESSAGE_CHARS = 300


def first_difference(test: TestCase, result: RunResult) -> str:
    """In words, what is wrong with the answer; empty when the test is passed."""
    if test.test_class:
        return _unit_tests(test, result)
    if test.function:
        return value_difference(test.expected, result.value_json, test.comparison)
    return text_difference(test.expected, text_of(result.stdout), test.comparison) or _files(test, result)


def text_of(content: bytes) -> str:
    """What a student or a database may be shown of bytes: invalid UTF-8 and NUL are replaced by their signs."""
    return content.decode("utf-8", "replace").replace("\0", "␀")


def _files(test: TestCase, result: RunResult) -> str:
    for name, expected in test.expected_files.items():
        if name not in result.files:
            return f"the file {name} was not written"
        difference = text_difference(expected, text_of(result.files[name]), test.comparison)
        if difference:
            return f"{name}: {difference}"
    return ""


def _unit_tests(test: TestCase, result: RunResult) -> str:
    """Every method that the author wrote must be reported, and passed: a report without it proves nothing."""
    for method in test.test_methods:
        said = [report for report in result.unit_tests if report.name.rpartition(".")[2] == method]
        if not said:
            return f"{method} was not run"
        for report in said:  # several where a method has subtests
            if not report.passed:
                told = report.message.strip().partition("\n")[0]  # below it, unittest draws a diff
                return f"{method}: {cut(told.removeprefix('AssertionError: '), _MESSAGE_CHARS) or 'did not pass'}"
    return ""
