"""A student leaves a class by their own will, and its teachers are told so for some weeks."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import NotAllowed, NotFound
from coderunner_core.models import ClassDeparture, Enrolment, SchoolClass, User, utc_now
from coderunner_core.moments import ms
from coderunner_core.services import audit, turns
from coderunner_core.services.checks import signed_in
from coderunner_core.services.permissions import LARGEST_ID
from coderunner_core.services.teaching.class_views import PersonView
from coderunner_core.services.teaching.classes import target
from coderunner_core.services.teaching.memberships import tell, tell_member

TOLD_FOR = timedelta(days=28)
_NOT_IN_IT = "You are not in this class."


async def leave(actor: Actor | None, core: Core, class_id: int, *, ip: str = "") -> None:
    """Take the actor out of a class, archived or not. Their work stays theirs, and its teachers see it no longer.

    Raises NotSignedIn, NotAllowed (where only teachers take somebody out) and NotFound (not a class of theirs).
    """
    actor = signed_in(actor)
    if not 0 < class_id <= LARGEST_ID:
        raise NotFound(_NOT_IN_IT)
    async with core.database.writing() as session:
        await turns.take_class(session, class_id)
        enrolment = await session.get(Enrolment, (class_id, actor.user_id))
        if enrolment is None:
            raise NotFound(_NOT_IN_IT)
        if not core.settings.class_leaving:
            raise NotAllowed("Here only a teacher takes somebody out of a class. Ask yours.")
        row = await session.get_one(SchoolClass, class_id)
        await session.delete(enrolment)
        await _note(session, class_id, actor.user_id)
        audit.record(session, actor, "class.leave", target(row), ip=ip)
    await tell(core, [class_id], "members", {})
    await tell_member(core, actor.user_id)


async def lately(session: AsyncSession, class_id: int) -> list[PersonView]:
    """Who has left a class by themselves in the last weeks and has not come back, the last one first; ``since_ms`` is
    when. For services that have checked who asks.
    """
    back = select(Enrolment.user_id).where(Enrolment.class_id == class_id)
    statement = (
        select(User, ClassDeparture.left_at)
        .join(ClassDeparture, col(ClassDeparture.user_id) == col(User.id))
        .where(
            ClassDeparture.class_id == class_id,
            col(ClassDeparture.left_at) > utc_now() - TOLD_FOR,
            col(User.id).not_in(back),
        )
        .order_by(col(ClassDeparture.left_at).desc(), func.lower(User.display_name))
    )
    found = (await session.exec(statement)).all()
    return [
        PersonView(user.id or 0, user.name, user.display_name, ms(at), user.disabled_at is not None)
        for user, at in found
    ]


async def _note(session: AsyncSession, class_id: int, user_id: int) -> None:
    """What nobody is told any more goes with it: there is nobody else who would tidy it away."""
    now = utc_now()
    await session.exec(
        delete(ClassDeparture)
        .where(
            col(ClassDeparture.class_id) == class_id,
            (col(ClassDeparture.user_id) == user_id) | (col(ClassDeparture.left_at) <= now - TOLD_FOR),
        )
        .execution_options(synchronize_session=False)
    )
    session.add(ClassDeparture(class_id=class_id, user_id=user_id, left_at=now))
