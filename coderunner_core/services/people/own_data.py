"""Everything that is somebody's, as JSON: for themselves, or for an admin who was asked for it.

Written piece by piece, so that a year of runs is never in memory at once. What a hidden test holds is not theirs.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from redis.exceptions import RedisError
from sqlmodel import SQLModel, and_, col, or_, select

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import Busy, NotFound
from coderunner_core.models import (
    Activity,
    AuditEntry,
    ClassDeparture,
    ClassTeacher,
    Comment,
    Draft,
    Enrolment,
    Run,
    SchoolClass,
    User,
    UserProgress,
)
from coderunner_core.objects import ObjectMissing, ObjectStoreAway
from coderunner_core.results import ExecutionResult
from coderunner_core.services import audit, permissions
from coderunner_core.services.checks import signed_in
from coderunner_core.services.running.run_views import as_view

log = logging.getLogger(__name__)

PER_HOUR = 10  # exports of one's own data
_RUNS_AT_ONCE = 100
_NOT_OF_A_RUN = {"chunks", "queue_place", "queue_wait_s", "no_worker"}  # of the moment


async def export_person(actor: Actor | None, core: Core, user_id: int, *, ip: str = "") -> AsyncIterator[str]:
    """The pieces of one JSON object; what is asked for is written down.

    Raises NotSignedIn, NotAllowed (somebody else's, and not an admin), NotFound, TooMany and Busy before the first
    piece.
    """
    actor = signed_in(actor)
    if actor.user_id != user_id:
        permissions.admin(actor)
    else:
        await _count(actor, core)
    if not 0 < user_id <= permissions.LARGEST_ID:
        raise NotFound("There is no such person.")
    async with core.database.writing() as session:
        user = await session.get(User, user_id)
        if user is None:
            raise NotFound("There is no such person.")
        audit.record(session, actor, "person.export", audit.person(user_id, user.name), ip=ip)
    return _pieces(core, user)


async def _count(actor: Actor, core: Core) -> None:
    """Everything is read for it, and the log grows by it: nobody does that all day long."""
    message = "You have taken your data along several times."
    try:
        await core.throttle.hit("export", str(actor.user_id), allowed=PER_HOUR, window_s=3600, message=message)
    except RedisError as error:
        raise Busy("Your data cannot be taken along just now. Try again in a moment.") from error


async def _pieces(core: Core, user: User) -> AsyncIterator[str]:
    yield "{" + _field("profile", _row(user, "password_hash"))
    for name, rows in (await _small(core, user)).items():
        yield ",\n" + _field(name, rows)
    yield ',\n"runs": ['
    first = True
    async for run in _runs(core, user):
        yield ("" if first else ",") + "\n" + _json(run)
        first = False
    yield "]}\n"


async def _small(core: Core, user: User) -> dict[str, list[dict[str, Any]]]:
    def own(table: Any) -> Any:
        return select(table).where(table.user_id == user.id)

    async with core.database.reading() as session:
        taught = select(SchoolClass).join(ClassTeacher).where(ClassTeacher.user_id == user.id)
        attended = select(SchoolClass).join(Enrolment).where(Enrolment.user_id == user.id)
        talk = select(Comment).where(or_(col(Comment.student_id) == user.id, col(Comment.author_id) == user.id))
        return {
            "classes": [{"id": one.id, "name": one.name} for one in (await session.exec(attended)).all()],
            "classes_taught": [{"id": one.id, "name": one.name} for one in (await session.exec(taught)).all()],
            "classes_left": [_row(one) for one in (await session.exec(own(ClassDeparture))).all()],
            "progress": [_row(one) for one in (await session.exec(own(UserProgress))).all()],
            "activity": [_row(one) for one in (await session.exec(own(Activity))).all()],
            "drafts": [_row(one) for one in (await session.exec(own(Draft))).all()],
            "comments": [_row(one) for one in (await session.exec(talk.order_by(col(Comment.created_at)))).all()],
            "log": [
                {"at": one.at, "action": one.action, "ip": one.ip}
                for one in (await session.exec(select(AuditEntry).where(AuditEntry.actor_id == user.id))).all()
            ],
        }


async def _runs(core: Core, user: User) -> AsyncIterator[dict[str, Any]]:
    """Oldest first; ``body_kept`` says whether program and output are still there."""
    after: tuple[datetime, str] | None = None
    while True:
        statement = select(Run).where(Run.user_id == user.id).order_by(col(Run.created_at), col(Run.id))
        if after is not None:
            at, run_id = after
            same = and_(col(Run.created_at) == at, col(Run.id) > run_id)
            statement = statement.where(or_(col(Run.created_at) > at, same))
        async with core.database.reading() as session:
            runs = list((await session.exec(statement.limit(_RUNS_AT_ONCE))).all())
        bodies = await core.results.get_many([run.id for run in runs])
        for run in runs:
            body = bodies.get(run.id)
            shown = {k: v for k, v in asdict(as_view(run, body.verdict if body else None)).items()
                     if k not in _NOT_OF_A_RUN}  # fmt: skip
            kept = {"source": body.source, "stdin": body.stdin} if body else {}
            yield {**shown, "body_kept": body is not None, **kept, **await _long_output(core, body)}
        if len(runs) < _RUNS_AT_ONCE:
            return
        after = (runs[-1].created_at, runs[-1].id)


async def _long_output(core: Core, body: ExecutionResult | None) -> dict[str, Any]:
    """What the body has the beginning of only, whole: of one run at a time, so no more than one output is in memory.

    ``complete`` says of each whether it is; what cannot be had stays the beginning.
    """
    whole: dict[str, Any] = {}
    told = []
    for one in body.verdict.whole_outputs if body and body.verdict else ():
        complete = False
        try:
            if one.key:
                stored = await core.objects.read(one.key)
                content = b"".join([piece async for piece in stored.pieces])
                whole[one.stream.value] = content.decode("utf-8", "replace")
                complete = True
        except (ObjectMissing, ObjectStoreAway):
            log.warning("long output not exported", exc_info=True)
        told.append({"stream": one.stream.value, "size_bytes": one.size_bytes, "complete": complete})
    return {**whole, "whole_outputs": told} if told else {}


def _row(row: SQLModel, *without: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields if name not in without}


def _field(name: str, value: object) -> str:
    return f"{json.dumps(name)}: {_json(value)}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_moment)


def _moment(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
