"""What somebody ran and submitted before: listed, opened, compared, and brought back into the editor."""

from __future__ import annotations

import asyncio
from datetime import datetime

from redis.exceptions import RedisError
from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, Busy, Gone, NotFound, StoreAway
from coderunner_core.models import Run
from coderunner_core.moments import ms
from coderunner_core.services import permissions
from coderunner_core.services.checks import signed_in
from coderunner_core.services.learning import drafts
from coderunner_core.services.reviewing import comments, diff
from coderunner_core.services.reviewing.work_views import Comparison, HistoryPage, HistoryRow, RunDetail
from coderunner_core.services.running.run_views import as_view
from coderunner_core.services.views import DraftView

PAGE = 30
_MOST = 100
COMPARED_PER_MINUTE = 30  # each may cost a noticeable part of a second of processor time
_NO_RUN = "There is no such run."
_EXPIRED = "This program is kept no longer, so it cannot be brought back."


async def page(
    actor: Actor | None,
    core: Core,
    student_id: int,
    problem_id: str | None = None,
    before: str = "",
    limit: int = PAGE,
) -> HistoryPage:
    """Runs and submissions of a student, newest first, of one problem or of all; ``before`` is an ``older`` of before.

    Raises NotSignedIn, NotFound (a student whom the actor neither is nor teaches) and BadInput (``before``).
    """
    await permissions.may_see_work_of(actor, core, student_id)
    statement = select(Run).where(Run.user_id == student_id)
    if problem_id is not None:
        statement = statement.where(Run.problem_id == problem_id)
    if before:
        moment, run_id = _position(before)
        # Both halves: the first lets the index skip ahead, the second tells apart what was pressed in one instant.
        statement = statement.where(
            col(Run.created_at) <= moment, (col(Run.created_at) < moment) | (col(Run.id) < run_id)
        )
    limit = max(1, min(limit, _MOST))
    statement = statement.order_by(col(Run.created_at).desc(), col(Run.id).desc()).limit(limit + 1)
    async with core.database.reading() as session:
        runs = list((await session.exec(statement)).all())
    more, runs = len(runs) > limit, runs[:limit]
    run_ids = [run.id for run in runs]
    try:
        there = await core.results.present(run_ids)
    except StoreAway:  # whoever opens one is told
        there = set(run_ids)
    said = await comments.per_run(core, run_ids)
    older = f"{runs[-1].created_at.isoformat()}|{runs[-1].id}" if more else ""
    return HistoryPage([_row(core, run, run.id in there, said.get(run.id, 0)) for run in runs], older)


async def one(actor: Actor | None, core: Core, run_id: str) -> RunDetail:
    """One run with its program and what its owner may see of its outcome. Raises NotSignedIn and NotFound."""
    return await _detail(core, await _visible(actor, core, run_id))


async def compare(actor: Actor | None, core: Core, run_a: str, run_b: str) -> Comparison:
    """What changed between two runs of one student and problem, whichever of them is the earlier.

    Raises NotSignedIn, NotFound, BadInput (the same run twice, or of different problems), TooMany and Busy.
    """
    runs = sorted([await _visible(actor, core, one) for one in (run_a, run_b)], key=lambda run: run.created_at)
    if run_a == run_b:
        raise BadInput("Choose two different ones to compare.")
    if len({(run.user_id, run.problem_id) for run in runs}) > 1:
        raise BadInput("Only two programs for the same problem can be compared.")
    await _count_comparison(signed_in(actor), core)
    left, right = [await _detail(core, run) for run in runs]
    if not (left.there and right.there):
        return Comparison(left.row, right.row, there=False)
    rows, cut = await asyncio.to_thread(diff.rows, left.source, right.source)
    return Comparison(left.row, right.row, there=True, rows=rows, cut=cut)


async def restore(actor: Actor | None, core: Core, run_id: str) -> DraftView:
    """Put one's own earlier program into the editor; what stood there is set aside, see ``drafts.bring_back``.

    Raises NotSignedIn, NotFound (no such run, or somebody else's), and Gone (kept no longer).
    """
    actor = signed_in(actor)
    run = await _visible(actor, core, run_id)
    if run.user_id != actor.user_id:
        raise NotFound(_NO_RUN)
    body = await core.results.get(run_id)
    if body is None:
        raise Gone(_EXPIRED)
    # A Submit has no input: what stands in the input box stays.
    return await drafts.replace(actor, core, run.problem_id, body.source, body.stdin or None)


async def _count_comparison(actor: Actor, core: Core) -> None:
    message = "You have compared many programs in a short time."
    try:
        await core.throttle.hit(
            "compare", str(actor.user_id), allowed=COMPARED_PER_MINUTE, window_s=60, message=message
        )
    except RedisError as error:
        raise Busy("Programs cannot be compared just now. Try again in a moment.") from error


def _position(before: str) -> tuple[datetime, str]:
    moment, _, run_id = before.partition("|")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        raise BadInput("This is no place in the history. Load the page again.") from None
    if at.tzinfo is None or "\0" in run_id:
        raise BadInput("This is no place in the history. Load the page again.")
    return at, run_id


async def _visible(actor: Actor | None, core: Core, run_id: str) -> Run:
    return await permissions.visible_run(actor, core, run_id)


async def _detail(core: Core, run: Run) -> RunDetail:
    body = await core.results.get(run.id)
    view = as_view(run, body.verdict if body else None)
    row = _row(core, run, body is not None)
    if body is None:
        return RunDetail(row, run.user_id, view, there=False)
    return RunDetail(row, run.user_id, view, True, body.source, body.stdin)


def _row(core: Core, run: Run, there: bool, said: int = 0) -> HistoryRow:
    finished = run.status == RunStatus.FINISHED
    return HistoryRow(
        run_id=run.id,
        problem_id=run.problem_id,
        problem_title=title(core, run.problem_id),
        kind=RunKind(run.kind).value,
        status=RunStatus(run.status).value,
        outcome=Outcome(run.outcome).value if finished and run.outcome else "",
        score=run.score,
        at_ms=ms(run.created_at),
        wall_ms=run.wall_ms,
        there=there,
        comments=said,
    )


def title(core: Core, problem_id: str) -> str:
    """What a problem is called; its id when the curriculum no longer has it."""
    try:
        return core.curriculum.problem(problem_id).title
    except NotFound:
        return problem_id
