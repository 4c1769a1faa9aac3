"""The code with which students join a class: made, revoked, used."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlmodel import col, func, select

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotAllowed, NotFound
from coderunner_core.limits import neighbourhood
from coderunner_core.models import ClassTeacher, Enrolment, Role, SchoolClass, User, utc_now
from coderunner_core.services import audit, turns
from coderunner_core.services.checks import signed_in
from coderunner_core.services.permissions import taught_class
from coderunner_core.services.teaching.class_views import ClassCard
from coderunner_core.services.teaching.classes import target
from coderunner_core.services.teaching.memberships import tell, tell_member

# Read aloud and copied from a board: nothing that looks like another (0O, 1IL, 2Z, 5S, 8B, UV), and no vowel, so that
# no word comes out. Eight of 21 make 3.8e10: at the allowed tries a guess takes longer than a code lives.
ALPHABET = "CDFGHJKMNPQRTWXY34679"
LENGTH = 8


async def make(actor: Actor | None, core: Core, class_id: int) -> str:
    """A new code, good for JOIN_CODE_DAYS; the old one ends. Raises NotSignedIn, NotAllowed, NotFound and BadInput."""
    row = await taught_class(actor, core, class_id)
    if row.archived_at is not None:
        raise BadInput("This class is archived. Bring it back first.")
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    async with core.database.writing() as session:
        stored = await session.get_one(SchoolClass, class_id)
        stored.join_code = code
        stored.join_code_expires_at = utc_now() + timedelta(days=core.settings.join_code_days)
        audit.record(session, actor, "class.join_code", target(stored), "new code")
    return code


async def revoke(actor: Actor | None, core: Core, class_id: int) -> None:
    """From now on nobody joins with the code. Raises NotSignedIn, NotAllowed and NotFound."""
    await taught_class(actor, core, class_id)
    async with core.database.writing() as session:
        stored = await session.get_one(SchoolClass, class_id)
        if stored.join_code is not None:
            stored.join_code = stored.join_code_expires_at = None
            audit.record(session, actor, "class.join_code", target(stored), "revoked")


async def look(actor: Actor | None, core: Core, code: str, *, ip: str = "") -> ClassCard:
    """What class a code leads to, so that a student sees it before joining. Raises as ``join`` does."""
    found = await _find(signed_in(actor), core, code, ip)
    statement = (
        select(User.display_name)
        .join(ClassTeacher, col(ClassTeacher.user_id) == col(User.id))
        .where(ClassTeacher.class_id == found.id)
        .order_by(col(ClassTeacher.added_at))
    )
    async with core.database.reading() as session:
        teachers = list((await session.exec(statement)).all())
    return ClassCard(id=found.id or 0, name=found.name, teachers=teachers, drafts_watched=found.drafts_watched)


async def join(actor: Actor | None, core: Core, code: str, *, ip: str = "") -> int:
    """Enrol the actor in the class of that code; its number. Joining twice is fine.

    Raises NotSignedIn, NotAllowed (only students join), NotFound (no such code), BadInput (expired, archived, full)
    and TooMany (guessing).
    """
    actor = signed_in(actor)
    found = await _find(actor, core, code, ip)
    class_id = found.id or 0
    async with core.database.writing() as session:
        await turns.take_class(session, class_id)
        if await session.get(Enrolment, (class_id, actor.user_id)) is None:
            count = select(func.count()).select_from(Enrolment).where(Enrolment.class_id == class_id)
            if (await session.exec(count)).one() >= core.settings.students_per_class:
                raise BadInput("This class is full. Ask your teacher.")
            session.add(Enrolment(class_id=class_id, user_id=actor.user_id))
            audit.record(session, actor, "class.join", target(found), ip=ip)
    await tell(core, [class_id], "members", {})
    await tell_member(core, actor.user_id)
    return class_id


async def _find(actor: Actor, core: Core, code: str, ip: str) -> SchoolClass:
    if actor.role is not Role.STUDENT:
        raise NotAllowed("Codes are for students. A teacher of the class can add you as a teacher.")
    settings = core.settings
    limits = [
        ("join", str(actor.user_id), settings.join_tries_per_user),
        ("join-ip", neighbourhood(ip), settings.join_tries_per_ip),
    ]
    for what, who, allowed in limits:
        if who:
            message = "Too many codes were tried."
            await core.throttle.hit(what, who, allowed=allowed, window_s=settings.join_window_s, message=message)
    async with core.database.reading() as session:
        found = (await session.exec(select(SchoolClass).where(SchoolClass.join_code == tidy(code)))).first()
    if found is None:
        raise NotFound("No class has this code. Compare it with what your teacher wrote.")
    if found.archived_at is not None:
        raise BadInput("The class of this code has ended. Ask your teacher.")
    if found.join_code_expires_at is not None and found.join_code_expires_at <= utc_now():
        raise BadInput("This code has expired. Ask your teacher for a new one.")
    return found


def tidy(code: str) -> str:
    """A code as it is stored, however it was typed.

    >>> tidy(" cdfg-hjkm ")
    'CDFGHJKM'
    """
    return "".join(c for c in code.upper() if c in ALPHABET)[: 2 * LENGTH]


def shown(code: str) -> str:
    """A code as it is written on a board.

    >>> shown("CDFGHJKM")
    'CDFG-HJKM'
    """
    return f"{code[:4]}-{code[4:]}" if code else ""
