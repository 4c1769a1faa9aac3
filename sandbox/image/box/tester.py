"""Runs one TestCase class of a unittest problem beside the student's module and writes down what each test said.

Weaker than the other kinds of problem, and documented so: the student's code runs in this very process.
"""

from __future__ import annotations

import json
import sys
import types
from typing import Any

TEST_FILE = "test_main.py"
_MESSAGE_CHARS = 500
_MAX_TESTS = 200


def report(class_name: str) -> bytes:
    """JSON list of ``[name, passed, message]``, one a test method; raises what importing the test file raises."""
    import unittest

    with open(TEST_FILE, encoding="utf-8") as file:
        source = file.read()
    module = types.ModuleType("test_main")
    module.__file__ = TEST_FILE
    sys.modules["test_main"] = module
    exec(compile(source, TEST_FILE, "exec", dont_inherit=True), module.__dict__)
    found = getattr(module, class_name, None)
    if not (isinstance(found, type) and issubclass(found, unittest.TestCase)):
        raise NameError(f"{TEST_FILE} has no TestCase named '{class_name}'")
    result = _make_result()
    unittest.defaultTestLoader.loadTestsFromTestCase(found).run(result)
    return json.dumps(result.said[:_MAX_TESTS]).encode()


def _make_result() -> Any:
    """A result that remembers a name, a verdict and one short message a test; made late, unittest being large."""
    import unittest

    class Result(unittest.TestResult):
        """Remembers a name, a verdict and one short message a test."""

        def __init__(self) -> None:
            super().__init__()
            self.said: list[tuple[str, bool, str]] = []

        def _say(self, test: Any, passed: bool, message: str = "") -> None:
            name = getattr(test, "_testMethodName", str(test))
            self.said.append((name, passed, message[:_MESSAGE_CHARS]))

        def addSuccess(self, test: Any) -> None:
            """It passed."""
            self._say(test, True)

        def addError(self, test: Any, err: Any) -> None:
            """It raised something else than a failed assertion."""
            self._say(test, False, _message(err))

        def addFailure(self, test: Any, err: Any) -> None:
            """An assertion failed."""
            self._say(test, False, _message(err))

        def addSkip(self, test: Any, reason: str) -> None:
            """A skipped test has shown nothing."""
            self._say(test, False, f"skipped: {reason}")

        def addExpectedFailure(self, test: Any, err: Any) -> None:
            """It failed as its author said."""
            self._say(test, True)

        def addUnexpectedSuccess(self, test: Any) -> None:
            """It passed although its author said that it cannot."""
            self._say(test, False, "passed unexpectedly")

        def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:
            """Only failing subtests are told: the method's own verdict would hide them."""
            if err is not None:
                self._say(test, False, _message(err))

    return Result()


def _message(err: Any) -> str:
    import traceback  # unittest has loaded it

    return "".join(traceback.format_exception_only(err[0], err[1])).strip()
