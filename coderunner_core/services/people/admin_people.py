"""Accounts as an admin sees and changes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sqlalchemy import delete, union_all
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core import readable
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotFound
from coderunner_core.models import ClassTeacher, Enrolment, Role, User, utc_now
from coderunner_core.moments import ms
from coderunner_core.services import audit, permissions
from coderunner_core.services.people import accounts
from coderunner_core.services.people.admin_rules import an_admin_stays, somebody_else
from coderunner_core.services.people.admin_views import PeoplePage, PersonRow
from coderunner_core.services.people.on_behalf import Created

PAGE = 50

Change = Callable[[AsyncSession, User], Awaitable[None]]


async def find(actor: Actor | None, core: Core, text: str = "", role: str = "", after: str = "") -> PeoplePage:
    """Accounts by name, whose name or shown name has ``text`` in it. Raises NotSignedIn, NotAllowed and BadInput."""
    actor = permissions.admin(actor)
    statement = select(User).where(User.name > after).order_by(User.name).limit(PAGE + 1)
    if text.strip():
        wanted = text.strip()
        in_name = col(User.name).contains(accounts.fold(wanted), autoescape=True)
        statement = statement.where(or_(in_name, col(User.display_name).icontains(wanted, autoescape=True)))
    if role:
        statement = statement.where(User.role == _role(role))
    async with core.database.reading() as session:
        users = list((await session.exec(statement)).all())
        counts = await _classes(session, [user.id for user in users if user.id is not None])
    rows = [
        PersonRow(
            id=user.id or 0,
            name=user.name,
            display_name=user.display_name,
            role=Role(user.role).value,
            disabled=user.disabled_at is not None,
            created_ms=ms(user.created_at),
            classes=counts.get(user.id or 0, 0),
            is_me=user.id == actor.user_id,
        )
        for user in users[:PAGE]
    ]
    return PeoplePage(rows, rows[-1].name if len(users) > PAGE else "")


async def create(actor: Actor | None, core: Core, name: str, display_name: str, role: str) -> Created:
    """Make an account with a password that is shown once. Raises NotSignedIn, NotAllowed and BadInput."""
    actor = permissions.admin(actor)
    password = readable.password()
    user = await accounts.create_user(core, name, display_name, password, _role(role), by=actor)
    return Created(user.name, user.display_name, password, user.id or 0)


async def set_role(actor: Actor | None, core: Core, user_id: int, role: str) -> None:
    """Let somebody else do more or less. Raises NotSignedIn, NotAllowed (also for the last admin) and NotFound.

    Who is no student any more leaves the classes they went to: no teacher of theirs is to see a colleague's work.
    """
    actor = permissions.admin(actor)
    somebody_else(actor, user_id, "Nobody changes their own role. Ask another admin.")
    new = _role(role)
    async with core.database.writing() as session:
        user = await _stored(session, user_id)
        if user.role == new:
            return
        if new is not Role.ADMIN:
            await an_admin_stays(session, user)
        if new is not Role.STUDENT:
            await session.exec(delete(Enrolment).where(col(Enrolment.user_id) == user_id))
        audit.record(session, actor, "role.change", audit.person(user_id, user.name), f"{user.role} to {new.value}")
        user.role = new
        session.add(user)


async def disable(actor: Actor | None, core: Core, user_id: int) -> None:
    """Let somebody sign in no more, and end their sessions; nothing is deleted. Raises as ``set_role``."""
    actor = permissions.admin(actor)
    somebody_else(actor, user_id, "You cannot disable your own account.")

    async def close(session: AsyncSession, user: User) -> None:
        await an_admin_stays(session, user)
        user.disabled_at = user.disabled_at or utc_now()

    await _change(actor, core, user_id, "user.disable", close)


async def enable(actor: Actor | None, core: Core, user_id: int) -> None:
    """Let somebody sign in again. Raises as ``set_role``."""
    actor = permissions.admin(actor)

    async def open_again(_session: AsyncSession, user: User) -> None:
        user.disabled_at = None

    await _change(actor, core, user_id, "user.enable", open_again)


async def _change(actor: Actor, core: Core, user_id: int, action: str, change: Change) -> None:
    async with core.database.writing() as session:
        user = await _stored(session, user_id)
        await change(session, user)
        session.add(user)
        audit.record(session, actor, action, audit.person(user_id, user.name))


async def _stored(session: AsyncSession, user_id: int) -> User:
    user = await session.get(User, user_id)
    if user is None:
        raise NotFound("There is no such person any more.")
    return user


async def _classes(session: AsyncSession, user_ids: list[int]) -> dict[int, int]:
    taught = select(ClassTeacher.user_id).where(col(ClassTeacher.user_id).in_(user_ids))
    attended = select(Enrolment.user_id).where(col(Enrolment.user_id).in_(user_ids))
    places = union_all(taught, attended).subquery()
    user_id = places.c.user_id
    rows = (await session.exec(select(user_id, func.count()).group_by(user_id))).all()
    return dict(rows)


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError:
        raise BadInput("There is no such role.") from None
