"""What a student lately did with a problem: one row, changed in the same commit as the verdict that changes it."""

from __future__ import annotations

import re

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.contract import NOT_A_TRY, Outcome, RunKind, TestReport, Verdict
from coderunner_core.core import Core
from coderunner_core.models import Activity, Role, Run, utc_now
from coderunner_core.services import turns
from coderunner_core.services.checks import signed_in

_WELL = frozenset({Outcome.OK, Outcome.ACCEPTED})
_WRONG_ANSWER = "wrong answer in "
_MOST_CHARS = 200  # of the column

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
_NUMBER = re.compile(r"-?\b0x[0-9a-fA-F]+\b|-?\b\d[\d_.]*\b")
_EXCEPTION = re.compile(r"[A-Za-z_][\w.]*(:|$)")

_ENDINGS = {
    Outcome.TIME_LIMIT: "ran too long",
    Outcome.MEMORY_LIMIT: "used too much memory",
    Outcome.OUTPUT_LIMIT: "printed too much",
    Outcome.COMPILE_ERROR: "Python could not read the program",
    Outcome.RUNTIME_ERROR: "ended with an error",
}


async def opened(actor: Actor | None, core: Core, problem_id: str) -> None:
    """Note when a student first looked at a problem. Raises NotSignedIn and NotFound (problem)."""
    actor = signed_in(actor)
    core.curriculum.problem(problem_id)
    if actor.role is not Role.STUDENT:
        return
    key = (actor.user_id, problem_id)
    async with core.database.reading() as session:
        if await session.get(Activity, key) is not None:
            return
    try:
        async with core.database.writing() as session:
            session.add(Activity(user_id=actor.user_id, problem_id=problem_id))
    except IntegrityError:  # on another device, in the same moment
        return


async def record(session: AsyncSession, run: Run, verdict: Verdict) -> None:
    """Count one press that ended, within the transaction that finishes its run.

    What was stopped, or what we failed to run, changes nothing. A program that runs well ends a row of failures,
    unless the last of them was a wrong answer: such a program ran well before, too.
    """
    if verdict.outcome in NOT_A_TRY:
        return
    kind, now = RunKind(run.kind), utc_now()
    if kind is RunKind.RUN:  # a submission has had its turn since its progress was counted
        await turns.take(session, run.user_id)
    key = (run.user_id, run.problem_id)
    row = await session.get(Activity, key)
    if row is None:
        row = Activity(user_id=run.user_id, problem_id=run.problem_id, opened_at=run.created_at)
    if kind is RunKind.RUN:
        row.runs += 1
    else:
        row.submissions += 1
        row.last_score = verdict.score
    error = signature(verdict)
    if verdict.outcome not in _WELL:
        row.failures_in_row += 1
        row.same_error_in_row = row.same_error_in_row + 1 if error and error == row.last_error else 1
        row.last_error = error
    elif verdict.outcome is Outcome.ACCEPTED or not row.last_error.startswith(_WRONG_ANSWER):
        row.failures_in_row = row.same_error_in_row = 0
        row.last_error = ""
    row.last_kind, row.last_outcome, row.last_run_id, row.last_at = kind, verdict.outcome, run.id, now
    session.add(row)


def signature(verdict: Verdict) -> str:
    """What two presses that failed in the same way have in common, in words that a teacher may read.

    An exception by its type and message, where numbers and quoted names are taken out: they differ from press to
    press. A failed test by its name. Never the contents of a hidden test, which a message may quote.
    """
    if verdict.outcome in _WELL or verdict.outcome in NOT_A_TRY:
        return ""
    failed = next((test for test in verdict.tests if test.outcome is not Outcome.ACCEPTED), None)
    if verdict.outcome is Outcome.WRONG_ANSWER:
        return f"{_WRONG_ANSWER}{failed.name if failed else 'a test'}"[:_MOST_CHARS]
    error = _exception(failed.stderr_shown if failed and failed.visible else verdict.stderr if not failed else "")
    if error:
        return error
    return (_ENDINGS[verdict.outcome] + _where(failed))[:_MOST_CHARS]


def _where(failed: TestReport | None) -> str:
    return f" in {failed.name}" if failed else ""


def _exception(stderr: str) -> str:
    """The last line of a traceback without what differs; empty when there is none."""
    last = next((line.strip() for line in reversed(stderr.splitlines()) if line.strip()), "")
    if not _EXCEPTION.match(last):
        return ""
    return _NUMBER.sub("#", _QUOTED.sub("‘…’", last))[:_MOST_CHARS]
