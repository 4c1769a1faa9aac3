"""The activity of a student: counted once a verdict, with what the failures have in common."""

from __future__ import annotations

import pytest
from sqlmodel import select

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, TestReport, Verdict
from coderunner_core.core import Core
from coderunner_core.models import Activity
from coderunner_core.services.running import verdicts
from coderunner_core.services.watching.activity import signature
from tests.unit.core.classes.conftest import press

TRACEBACK = 'Traceback (most recent call last):\n  File "main.py", line {line}, in <module>\n{last}\n'


def report(name: str, outcome: Outcome, *, visible: bool = True, stderr: str = "") -> TestReport:
    return TestReport(name, outcome, visible, stderr_shown=stderr, first_difference="expected secret-expected")


def crash(last: str, line: int = 1) -> Verdict:
    return Verdict(Outcome.RUNTIME_ERROR, stderr=TRACEBACK.format(line=line, last=last))


async def _row(core: Core) -> Activity:
    async with core.database.reading() as session:
        return (await session.exec(select(Activity))).one()


SIGNATURES = [
    (crash("NameError: name 'x' is not defined"), "NameError: name ‘…’ is not defined"),
    (crash("NameError: name 'total' is not defined", 7), "NameError: name ‘…’ is not defined"),
    (
        crash("ValueError: invalid literal for int() with base 10: 'abc'"),
        "ValueError: invalid literal for int() with base #: ‘…’",
    ),
    (crash("IndexError: list index out of range"), "IndexError: list index out of range"),
    (crash("KeyError: 42"), "KeyError: #"),
    (crash("RecursionError"), "RecursionError"),
    (crash("look, I wrote to stderr"), "ended with an error"),
    (Verdict(Outcome.RUNTIME_ERROR), "ended with an error"),
    (
        Verdict(Outcome.COMPILE_ERROR, stderr="  File 'main.py'\nSyntaxError: invalid syntax\n"),
        "SyntaxError: invalid syntax",
    ),
    (Verdict(Outcome.TIME_LIMIT), "ran too long"),
    (Verdict(Outcome.MEMORY_LIMIT), "used too much memory"),
    (Verdict(Outcome.OUTPUT_LIMIT), "printed too much"),
    (Verdict(Outcome.OK), ""),
    (Verdict(Outcome.CANCELLED), ""),
    (
        Verdict(
            Outcome.WRONG_ANSWER,
            25,
            (report("Example", Outcome.ACCEPTED), report("Hidden 1", Outcome.WRONG_ANSWER, visible=False)),
        ),
        "wrong answer in Hidden 1",
    ),
    (
        Verdict(
            Outcome.RUNTIME_ERROR,
            0,
            (report("Example", Outcome.RUNTIME_ERROR, stderr="ZeroDivisionError: division by zero"),),
        ),
        "ZeroDivisionError: division by zero",
    ),
    (
        Verdict(
            Outcome.RUNTIME_ERROR,
            0,
            (report("Hidden 1", Outcome.RUNTIME_ERROR, visible=False, stderr="ValueError: secret input 77"),),
            stderr="ValueError: secret input 77",
        ),
        "ended with an error in Hidden 1",
    ),
    (Verdict(Outcome.TIME_LIMIT, 0, (report("Example", Outcome.TIME_LIMIT),)), "ran too long in Example"),
]


@pytest.mark.parametrize(("verdict", "words"), SIGNATURES, ids=[words or "none" for _, words in SIGNATURES])
def test_what_failures_have_in_common(verdict: Verdict, words: str) -> None:
    """The same mistake reads the same, and nothing of a hidden test is in it."""
    assert signature(verdict) == words


def test_a_long_message_is_cut() -> None:
    """It has to fit its column."""
    assert len(signature(crash("ValueError: " + "x" * 1000))) == 200


async def test_each_verdict_counts_once(core: Core, ada: Actor) -> None:
    """The second verdict of a run, of a worker thought dead, changes nothing."""
    run_id = await press(ada, core, Outcome.RUNTIME_ERROR)
    assert not await verdicts.finish(core, run_id, Verdict(Outcome.RUNTIME_ERROR))
    row = await _row(core)
    assert (row.runs, row.submissions, row.failures_in_row, row.last_run_id) == (1, 0, 1, run_id)


async def test_runs_and_submissions_are_counted_apart(core: Core, ada: Actor) -> None:
    """And both move the last moment."""
    await press(ada, core, Outcome.OK)
    await press(ada, core, Outcome.WRONG_ANSWER, RunKind.SUBMIT)
    row = await _row(core)
    assert (row.runs, row.submissions, row.last_kind, row.last_outcome, row.last_score) == (
        1,
        1,
        "submit",
        "wrong_answer",
        0,
    )


async def test_the_same_error_is_counted_and_another_begins_anew(core: Core, ada: Actor) -> None:
    """While the failures go on."""
    for last in ("NameError: name 'x' is not defined", "NameError: name 'y' is not defined", "KeyError: 1"):
        await press(ada, core, Outcome.RUNTIME_ERROR, verdict=crash(last))
    row = await _row(core)
    assert (row.failures_in_row, row.same_error_in_row, row.last_error) == (3, 1, "KeyError: #")


async def test_a_program_that_runs_well_ends_a_row_of_crashes(core: Core, ada: Actor) -> None:
    """The error is gone."""
    await press(ada, core, Outcome.RUNTIME_ERROR)
    await press(ada, core, Outcome.OK)
    row = await _row(core)
    assert (row.failures_in_row, row.same_error_in_row, row.last_error) == (0, 0, "")


async def test_a_run_between_wrong_answers_does_not_hide_them(core: Core, ada: Actor) -> None:
    """Such a program ran well all the time; only an accepted one says that it is right."""
    wrong = Verdict(Outcome.WRONG_ANSWER, 0, (report("Example", Outcome.WRONG_ANSWER),))
    for _ in range(3):
        await press(ada, core, Outcome.WRONG_ANSWER, RunKind.SUBMIT, verdict=wrong)
        await press(ada, core, Outcome.OK)
    row = await _row(core)
    assert (row.failures_in_row, row.same_error_in_row) == (3, 3)
    await press(ada, core, Outcome.ACCEPTED, RunKind.SUBMIT)
    assert (await _row(core)).failures_in_row == 0


@pytest.mark.parametrize("outcome", [Outcome.CANCELLED, Outcome.INTERNAL_ERROR])
async def test_what_is_not_a_try_leaves_no_trace(core: Core, ada: Actor, outcome: Outcome) -> None:
    """Neither a failure nor an end of failures."""
    await press(ada, core, Outcome.RUNTIME_ERROR)
    await press(ada, core, outcome)
    row = await _row(core)
    assert (row.runs, row.failures_in_row, row.last_outcome) == (1, 1, "runtime_error")
