"""Every ending is told in words that say what to do next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coderunner_core.contract import Limits, Outcome, RunResult
from coderunner_core.errors import APOLOGY
from tests.unit.grading.fakes import ended, printed
from worker.words import ending

LIMITS = Limits(cpu_ms=2_000, wall_ms=5_000, memory_kib=128 * 1024, output_bytes=256 * 1024)
TRACEBACK = """some words of the program's own
Traceback (most recent call last):
  File "main.py", line 9, in <module>
    f()
  File "main.py", line 3, in f
    return int("x")
           ^^^^^^^^
{last}
"""


def failed(last: str) -> RunResult:
    return ended(Outcome.RUNTIME_ERROR, TRACEBACK.format(last=last))


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (printed(""), ""),
        (ended(Outcome.TIME_LIMIT, cpu_ms=2_004), "used more than 2 seconds of computing time"),
        (ended(Outcome.TIME_LIMIT, cpu_ms=3, wall_ms=5_001), "still not done after 5 seconds"),
        (ended(Outcome.MEMORY_LIMIT), "needed more than 128 MB of memory"),
        (ended(Outcome.OUTPUT_LIMIT), "printed more than 256 KB"),
        (ended(Outcome.CANCELLED), "You stopped this run."),
        (ended(Outcome.INTERNAL_ERROR), APOLOGY),
        (failed("NameError: name 'x' is not defined"), "by an error on line 3: NameError: name 'x' is not defined. Py"),
        (failed("ValueError"), "by an error on line 3: ValueError. The value"),
        (failed("mod.OwnError: no"), "by an error on line 3: mod.OwnError: no"),
        (failed("AttributeError: no 'x'. Did you mean: 'y'?"), "Did you mean: 'y'?"),
        (ended(Outcome.RUNTIME_ERROR, "EOFError: EOF when reading a line"), "Call input() once for each line"),
        (ended(Outcome.RUNTIME_ERROR), "ended itself with the exit code 1"),
        (ended(Outcome.RUNTIME_ERROR, "Sorry: no"), "ended itself with the exit code 1"),
        (replace(ended(Outcome.RUNTIME_ERROR), exit_code=-11), "stopped by the signal SIGSEGV"),
        (replace(ended(Outcome.RUNTIME_ERROR), exit_code=-99), "stopped by the signal 99"),
        (ended(Outcome.COMPILE_ERROR), "Python could not read your program."),
    ],
)
def test_an_ending_in_plain_words(result: RunResult, words: str) -> None:
    """With the limit that was met, or the line and the message of the error."""
    told = ending(result, LIMITS)
    assert words in told
    assert "!" not in told.replace("'!'", "")


def test_the_students_own_line_is_told_and_not_the_librarys() -> None:
    """An error deep in json is still an error of their call."""
    stderr = (
        '  File "main.py", line 2, in <module>\n    json.loads(x)\n'
        '  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads\n    return d(s)\n'
        "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n"
    )
    assert "on line 2: json.decoder.JSONDecodeError" in ending(ended(Outcome.RUNTIME_ERROR, stderr), LIMITS)


@pytest.mark.parametrize("stderr", [b"\xff\xfe" * 200_000, b"x" * 40_000, b"\n" * 100_000, b'File "main.py", line 1\0'])
def test_an_odd_stderr_does_no_harm(stderr: bytes) -> None:
    """It is the program's: it may hold anything."""
    told = ending(replace(ended(Outcome.RUNTIME_ERROR), stderr=stderr), LIMITS)
    assert len(told) < 500
    assert "\0" not in told
