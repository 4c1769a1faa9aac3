"""Accounts that others make and mend: many students at once, and a password for who forgot theirs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core import passwords, readable
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotAllowed, NotFound
from coderunner_core.models import Role, User, utc_now
from coderunner_core.services import audit, permissions
from coderunner_core.services.people.accounts import checked_names

MOST_AT_ONCE = 200
_TAKEN = "These names are taken: {}. Choose others, for example with the class's name in them."


@dataclass(frozen=True, slots=True)
class NewStudent:
    """Somebody who is to get an account; an empty ``display_name`` shows the name."""

    name: str
    display_name: str = ""


@dataclass(frozen=True, slots=True)
class Created:
    """An account that was just made, with the password that is never shown again."""

    name: str
    display_name: str
    password: str
    user_id: int


Also = Callable[[AsyncSession, list[Created]], Awaitable[None]]


async def create_students(
    actor: Actor | None, core: Core, wanted: Sequence[NewStudent], also: Also | None = None
) -> list[Created]:
    """Make students' accounts, all or none; ``also`` runs in the same transaction, e.g. to enrol them.

    Hashing comes first and off the event loop: the write lock is held for the inserts alone. Raises NotSignedIn and
    NotAllowed (teachers and admins only), and BadInput for a bad, doubled or taken name or too many at once.
    """
    actor = permissions.staff(actor)
    names = _distinct(wanted)
    await _refuse_taken(core, [name for name, _shown in names])
    given = [readable.password() for _ in names]
    hashes = await passwords.hash_many(given)
    users = [
        User(name=name, display_name=shown, password_hash=hashed)
        for (name, shown), hashed in zip(names, hashes, strict=True)
    ]
    try:
        async with core.database.writing() as session:
            session.add_all(users)
            await session.flush()
            created = [
                Created(user.name, user.display_name, password, _id(user))
                for user, password in zip(users, given, strict=True)
            ]
            for one in created:
                audit.record(session, actor, "user.create", audit.person(one.user_id, one.name), Role.STUDENT.value)
            if also is not None:
                await also(session, created)
    except IntegrityError:
        await _refuse_taken(core, [name for name, _shown in names])  # somebody took one meanwhile
        raise
    return created


async def reset_password(actor: Actor | None, core: Core, user_id: int) -> str:
    """Give somebody a new password and end their sessions; the password, which is never shown again.

    A teacher may do so for students of their classes, an admin for everybody but themselves. Raises NotSignedIn,
    NotAllowed and NotFound.
    """
    user = await permissions.taught_student(actor, core, user_id)
    actor = permissions.staff(actor)
    if user.id == actor.user_id:
        raise NotAllowed("Change your own password on your account's page.")
    if actor.role is not Role.ADMIN and user.role != Role.STUDENT:
        raise NotAllowed("Only an admin can give a new password to somebody who is not a student.")
    password = readable.password()
    hashed = await passwords.hash_new(password)
    async with core.database.writing() as session:
        stored = await session.get(User, user_id, with_for_update={"key_share": True})  # nobody is raised meanwhile
        if stored is None or stored.role != user.role:  # gone, or raised, since it was allowed
            raise NotFound("There is no such person any more.")
        stored.password_hash, stored.password_changed_at = hashed, utc_now()
        session.add(stored)
        audit.record(session, actor, "password.reset", audit.person(user_id, stored.name))
    return password


def _distinct(wanted: Sequence[NewStudent]) -> list[tuple[str, str]]:
    if not wanted:
        raise BadInput("There is nobody in the list.")
    if len(wanted) > MOST_AT_ONCE:
        raise BadInput(f"At most {MOST_AT_ONCE} accounts can be made at once, and these are {len(wanted)}.")
    names: dict[str, str] = {}
    for place, one in enumerate(wanted, start=1):
        try:
            name, shown = checked_names(one.name, one.display_name)
        except BadInput as error:
            raise BadInput(f"Number {place}, {one.name[:40]!r}: {error.message}") from None
        if name in names:
            raise BadInput(f"Number {place}: the name {name!r} is in the list twice.")
        names[name] = shown
    return list(names.items())


async def _refuse_taken(core: Core, names: Sequence[str]) -> None:
    async with core.database.reading() as session:
        taken = (await session.exec(select(User.name).where(col(User.name).in_(names)).order_by(User.name))).all()
    if taken:
        raise BadInput(_TAKEN.format(", ".join(taken)))


def _id(user: User) -> int:
    if user.id is None:
        raise ValueError("an account that is not stored has no id")
    return user.id
