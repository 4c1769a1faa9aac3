"""The talk between a student and their teachers about a problem: plain text, short, seen at once by the other side."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from redis.exceptions import RedisError
from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, Busy, NotAllowed, NotFound
from coderunner_core.events import user_topic
from coderunner_core.models import ClassTeacher, Comment, Enrolment, Role, Run, SchoolClass, User, utc_now
from coderunner_core.moments import ms
from coderunner_core.services import permissions
from coderunner_core.services.checks import acceptable_text, signed_in
from coderunner_core.services.columns import read_columns
from coderunner_core.services.reviewing.work_views import CommentView, UnreadView
from coderunner_core.services.upkeep import retention

log = logging.getLogger(__name__)

MOST_CHARS = 2_000
PER_MINUTE = 12
_MOST_SHOWN = 200  # the newest of a talk
_MOST_COUNTED = 99
_FORMER = "former teacher"


async def thread(actor: Actor | None, core: Core, student_id: int, problem_id: str) -> list[CommentView]:
    """The newest comments about a student's work on a problem, oldest first. Raises NotSignedIn and NotFound."""
    actor = await permissions.may_see_work_of(actor, core, student_id)
    return await _newest(actor, core, col(Comment.student_id) == student_id, col(Comment.problem_id) == problem_id)


async def about(actor: Actor | None, core: Core, run_id: str) -> list[CommentView]:
    """The newest comments about one run, oldest first; those of the other side count as read from now on.

    Raises NotSignedIn and NotFound (no such run, or of a student whom the actor neither is nor teaches).
    """
    run = await permissions.visible_run(actor, core, run_id)
    await mark_read(actor, core, run.user_id, run.problem_id, run_id)
    return await _newest(signed_in(actor), core, col(Comment.run_id) == run_id)


async def per_run(core: Core, run_ids: Sequence[str]) -> dict[str, int]:
    """How many comments there are about each of these runs, for services that have checked who asks."""
    count = sa.func.count()
    statement = select(Comment.run_id, count).where(col(Comment.run_id).in_(run_ids)).group_by(col(Comment.run_id))
    async with core.database.reading() as session:
        return {run_id: many for run_id, many in (await session.exec(statement)).all() if run_id}


async def write(
    actor: Actor | None, core: Core, student_id: int, problem_id: str, body: str, run_id: str = ""
) -> CommentView:
    """Say something about a student's work on a problem, perhaps about one run of it; both sides' pages hear of it.

    Raises NotSignedIn, NotFound (student, problem or run), NotAllowed (a student whom nobody teaches, or a teacher
    whose class with them is archived: they could not answer), BadInput (empty or too long), TooMany and Busy.
    """
    actor = await permissions.may_see_work_of(actor, core, student_id)
    core.curriculum.problem(problem_id)
    body = _acceptable(body)
    if run_id:
        await _about(actor, core, student_id, problem_id, run_id)
    teachers = await _teachers(core, student_id)
    if actor.user_id == student_id and not teachers:
        raise NotAllowed("Nobody would read it: you are in no class yet. Ask your teacher for a join code.")
    if actor.role is Role.TEACHER and actor.user_id not in {student_id, *teachers}:
        raise NotAllowed("The class that you share is archived, so they could not answer. Bring it back first.")
    try:
        await core.throttle.hit(
            "comment",
            str(actor.user_id),
            allowed=PER_MINUTE,
            window_s=60,
            message="You have written many comments in a short time.",
        )
    except RedisError as error:
        raise Busy("Comments cannot be sent just now. Try again in a moment.") from error
    comment = Comment(
        student_id=student_id, problem_id=problem_id, run_id=run_id or None, author_id=actor.user_id, body=body
    )
    async with core.database.writing() as session:
        session.add(comment)
        await session.flush()
    if run_id:
        await _keep(core, run_id)
    await _announce(core, {student_id, *teachers}, student_id, problem_id)
    return _as_view(actor, comment, actor.display_name)


async def write_about(actor: Actor | None, core: Core, run_id: str, body: str) -> CommentView:
    """Say something about one run; whose it is and of which problem, the run says. Raises as ``write`` does."""
    run = await permissions.visible_run(actor, core, run_id)
    return await write(actor, core, run.user_id, run.problem_id, body, run_id)


async def mark_read(actor: Actor | None, core: Core, student_id: int, problem_id: str, run_id: str = "") -> int:
    """The reader has seen what the other side wrote, of a problem or only of one run of it; how many were new. What an
    admin looks at stays unread.

    Raises NotSignedIn and NotFound.
    """
    actor = await permissions.may_see_work_of(actor, core, student_id)
    if actor.role is Role.ADMIN and actor.user_id not in await _teachers(core, student_id):
        return 0
    theirs = _from_teachers() if actor.user_id == student_id else col(Comment.author_id) == student_id
    async with core.database.writing() as session:
        done = await session.exec(
            sa.update(Comment)
            .where(
                col(Comment.student_id) == student_id,
                col(Comment.problem_id) == problem_id,
                col(Comment.read_at).is_(None),
                theirs,
                *([col(Comment.run_id) == run_id] if run_id else []),
            )
            .values(read_at=utc_now())
            .execution_options(synchronize_session=False)
        )
    if done.rowcount:
        await _announce(core, {student_id, actor.user_id}, student_id, problem_id)
    return done.rowcount


async def unread(actor: Actor | None, core: Core) -> UnreadView:
    """How many comments wait for the actor (at most 99 are counted), and where the newest is. Raises NotSignedIn."""
    actor = signed_in(actor)
    statement = sa.select(col(Comment.student_id), col(Comment.problem_id)).where(col(Comment.read_at).is_(None))
    if actor.role is Role.STUDENT:
        statement = statement.where(col(Comment.student_id) == actor.user_id, _from_teachers())
    else:
        mine = (
            select(Enrolment.user_id)
            .join(ClassTeacher, col(ClassTeacher.class_id) == col(Enrolment.class_id))
            .join(SchoolClass, col(SchoolClass.id) == col(Enrolment.class_id))
            .where(ClassTeacher.user_id == actor.user_id, col(SchoolClass.archived_at).is_(None))
        )
        statement = statement.where(
            col(Comment.student_id).in_(mine), col(Comment.author_id) == col(Comment.student_id)
        )
    async with core.database.reading() as session:
        rows = await read_columns(
            session, statement.order_by(col(Comment.created_at).desc(), col(Comment.id).desc()).limit(_MOST_COUNTED)
        )
    return UnreadView(len(rows), rows[0].student_id, rows[0].problem_id) if rows else UnreadView()


async def _newest(actor: Actor, core: Core, *which: sa.ColumnElement[bool]) -> list[CommentView]:
    statement = (
        select(Comment, User.display_name, Run.kind, Run.created_at)
        .outerjoin(User, col(User.id) == col(Comment.author_id))
        .outerjoin(Run, col(Run.id) == col(Comment.run_id))
        .where(*which)
        .order_by(col(Comment.created_at).desc(), col(Comment.id).desc())
        .limit(_MOST_SHOWN)
    )
    async with core.database.reading() as session:
        found = (await session.exec(statement)).all()
    return [_as_view(actor, comment, name, kind, at) for comment, name, kind, at in reversed(found)]


def _acceptable(body: str) -> str:
    body = acceptable_text(body.strip(), 4 * MOST_CHARS, "comment")
    if not body:
        raise BadInput("There is nothing in this comment yet. Write something first.")
    if len(body) > MOST_CHARS:
        raise BadInput(f"This comment is too long: {len(body):,} characters, and at most {MOST_CHARS:,} are allowed.")
    return body


async def _about(actor: Actor, core: Core, student_id: int, problem_id: str, run_id: str) -> None:
    run: Run = await permissions.visible_run(actor, core, run_id)
    if (run.user_id, run.problem_id) != (student_id, problem_id):
        raise NotFound("There is no such run of this problem.")


async def _keep(core: Core, run_id: str) -> None:
    try:
        await retention.keep(core, [run_id])
    except Exception:  # of any driver; the comment is stored, and the hourly round follows the rule anyway
        log.warning("run of a comment not kept yet", extra={"job_id": run_id}, exc_info=True)


async def _teachers(core: Core, student_id: int) -> set[int]:
    """Who teaches the student in a class that goes on."""
    statement = (
        select(ClassTeacher.user_id)
        .join(Enrolment, col(Enrolment.class_id) == col(ClassTeacher.class_id))
        .join(SchoolClass, col(SchoolClass.id) == col(ClassTeacher.class_id))
        .where(Enrolment.user_id == student_id, col(SchoolClass.archived_at).is_(None))
    )
    async with core.database.reading() as session:
        return set((await session.exec(statement)).all())


def _from_teachers() -> sa.ColumnElement[bool]:
    # A student's own comments go with their account, so one without an author was a teacher's.
    return col(Comment.author_id).is_(None) | (col(Comment.author_id) != col(Comment.student_id))


async def _announce(core: Core, user_ids: set[int], student_id: int, problem_id: str) -> None:
    try:
        for user_id in sorted(user_ids):
            data = {"student": student_id, "problem": problem_id}
            await core.events.announce(user_topic(user_id), "comment", data)
    except RedisError:
        log.warning("comment not announced", exc_info=True)


def _as_view(
    actor: Actor, comment: Comment, author: str | None, run_kind: str | None = None, run_at: datetime | None = None
) -> CommentView:
    by_student = comment.author_id == comment.student_id
    return CommentView(
        id=comment.id or 0,
        author=author or _FORMER,
        by_student=by_student,
        mine=comment.author_id == actor.user_id,
        body=comment.body,
        run_id=comment.run_id or "",
        at_ms=ms(comment.created_at),
        read=comment.read_at is not None,
        run_kind=RunKind(run_kind).value if run_kind else "",
        run_at_ms=ms(run_at),
    )
