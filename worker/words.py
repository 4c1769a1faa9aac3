"""The endings of a run in plain words: short sentences that a ten-year-old can act on and that do not bore an adult."""

from __future__ import annotations

import re
import signal
from dataclasses import replace

from coderunner_core.contract import Limits, Outcome, RunResult, TestReport
from coderunner_core.errors import APOLOGY

_FRAME = re.compile(r'^ *File "([^"]*)", line ([0-9]+)', re.MULTILINE)
_LIBRARY = ("/usr/", "/lib/", "<frozen")
_MESSAGE_CHARS = 200

# What to look at first, for the errors that beginners meet. The message of Python itself is always shown before it.
_ADVICE = {
    "EOFError": "There was no line left to read. Call input() once for each line of the input.",
    "IndentationError": "Check the spaces at the beginning of that line.",
    "IndexError": "It asked for a place that the list or text does not have. Counting begins at 0.",
    "KeyError": "The dictionary does not have that key.",
    "ModuleNotFoundError": "Only what comes with Python can be imported here.",
    "NameError": "Python does not know that name. Check its spelling, and whether it gets a value before.",
    "RecursionError": "A function called itself too many times. Check that it stops at some point.",
    "SyntaxError": "Check brackets, quotes and colons there and on the line before.",
    "TabError": "Use spaces only, or tabs only, at the beginning of the lines.",
    "TypeError": "A value has another type than that line needs. input() gives a text; int() makes a number of it.",
    "UnboundLocalError": "That variable gets its value later in the function than it is used.",
    "ValueError": "The value has the right type but cannot be used there, like int() on a word.",
    "ZeroDivisionError": "Nothing can be divided by 0. Check for that case before dividing.",
}


def ending(result: RunResult, limits: Limits) -> str:
    """Why one program start ended as it did; empty when it ended well. It may quote the program's stderr."""
    match result.outcome:
        case Outcome.OK:
            return ""
        case Outcome.RUNTIME_ERROR:
            return _stopped(result)
        case Outcome.COMPILE_ERROR:
            return _unreadable(result)
        case Outcome.TIME_LIMIT if result.cpu_ms < limits.cpu_ms:
            return f"Your program was still not done after {_seconds(limits.wall_ms)}. Was it waiting for something?"
        case Outcome.TIME_LIMIT:
            return (
                f"Your program used more than {_seconds(limits.cpu_ms)} of computing time. "
                "Look for a loop that never ends, or for a way with fewer steps."
            )
        case Outcome.MEMORY_LIMIT:
            return (
                f"Your program needed more than {limits.memory_kib // 1024} MB of memory. "
                "Look for a list or a text that keeps growing."
            )
        case Outcome.OUTPUT_LIMIT:
            return (
                f"Your program printed more than {_kilobytes(limits.output_bytes)}. "
                "Look for a loop that prints and never ends."
            )
        case Outcome.CANCELLED:
            return "You stopped this run."
        case _:
            return APOLOGY


def failed_test(report: TestReport, result: RunResult, limits: Limits) -> str:
    """Why a submission was not accepted, told by its first failing test. Quotes nothing of a hidden test."""
    if report.outcome is Outcome.COMPILE_ERROR:  # the same in every test, so none is named
        return ending(result if report.visible else replace(result, stderr=b""), limits)
    if report.outcome is Outcome.WRONG_ANSWER:
        return (
            f"Your program ran to its end, but the test “{report.name}” expects another answer."
            f"{'' if report.visible else ' Think of unusual inputs: the smallest, the largest, none at all.'}"
        )
    if report.outcome is Outcome.RUNTIME_ERROR and not report.visible:
        return (
            f"In the test “{report.name}”, your program was stopped by an error. "
            "Think of inputs that you have not tried."
        )
    return f"In the test “{report.name}”: {ending(result, limits)}"


def out_of_time(budget_ms: int) -> str:
    """The tests together took longer than a submission may."""
    return f"All tests together took more than {_seconds(budget_ms)}. The tests after that were not run."


def cut(text: str, limit_chars: int) -> str:
    """The beginning of a text, with a remark when there is more of it."""
    return (
        text if len(text) <= limit_chars else f"{text[:limit_chars]}\n… ({len(text) - limit_chars:,} more characters)"
    )


def _stopped(result: RunResult) -> str:
    kind, message, line = _python_error(result.stderr)
    if message:
        place = f" on line {line}" if line else ""
        return f"Your program was stopped by an error{place}: {_with_advice(kind, message)}"
    if result.exit_code is not None and result.exit_code < 0:
        return f"Your program was stopped by the signal {_signal_name(-result.exit_code)}."
    return f"Your program ended itself with the exit code {result.exit_code}; 0 means that all went well."


def _unreadable(result: RunResult) -> str:
    kind, message, line = _python_error(result.stderr)
    place = f" line {line} of" if line else ""
    return f"Python could not read{place} your program{f': {_with_advice(kind, message)}' if message else '.'}"


def _python_error(stderr: bytes) -> tuple[str, str, str]:
    """Kind, message and the student's line of the traceback at the end of stderr; empty where there is none."""
    text = stderr[-20_000:].decode("utf-8", "replace").replace("\0", "␀")
    lines = [line for line in text.splitlines() if line.strip()]
    found = re.match(r"([A-Za-z_][\w.]*)(: .*)?$", lines[-1]) if lines else None
    frames = [number for file, number in _FRAME.findall(text) if not file.startswith(_LIBRARY)]
    if not found or not (frames or found[1] in _ADVICE):
        return "", "", ""
    return found[1], lines[-1][:_MESSAGE_CHARS], frames[-1] if frames else ""


def _with_advice(kind: str, message: str) -> str:
    if kind not in _ADVICE:
        return message
    return f"{message}{'' if message.endswith(('.', '?', '!')) else '.'} {_ADVICE[kind]}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _seconds(milliseconds: int) -> str:
    return "1 second" if milliseconds == 1000 else f"{milliseconds / 1000:g} seconds"


def _kilobytes(size_bytes: int) -> str:
    return f"{size_bytes / 1024:g} KB" if size_bytes < 1024 * 1024 else f"{size_bytes / 1024 / 1024:g} MB"
