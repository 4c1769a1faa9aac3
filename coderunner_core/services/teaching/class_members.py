"""Who belongs to a class: its teachers, and the students that one of them adds or removes."""

from __future__ import annotations

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotFound
from coderunner_core.models import ClassTeacher, Enrolment, Role, SchoolClass, User
from coderunner_core.services import audit, turns
from coderunner_core.services.people import on_behalf
from coderunner_core.services.people.accounts import fold
from coderunner_core.services.people.on_behalf import Created, NewStudent
from coderunner_core.services.permissions import taught_class
from coderunner_core.services.teaching.classes import target
from coderunner_core.services.teaching.memberships import tell, tell_member
from coderunner_core.services.teaching.name_lists import ListPreview, read_list


async def add_teacher(actor: Actor | None, core: Core, class_id: int, name: str) -> None:
    """Let another teacher teach the class, too; one that does already is fine.

    Raises NotSignedIn, NotAllowed, NotFound (class, or nobody of that name who may teach).
    """
    row = await taught_class(actor, core, class_id)
    async with core.database.writing() as session:
        await turns.take_class(session, class_id)
        found = (await session.exec(select(User).where(User.name == fold(name)))).first()
        if found is None or found.role not in (Role.TEACHER, Role.ADMIN) or found.disabled_at is not None:
            raise NotFound("There is no teacher of that name. Ask them what they sign in with.")
        user_id = found.id or 0
        if await session.get(ClassTeacher, (class_id, user_id)) is None:
            session.add(ClassTeacher(class_id=class_id, user_id=user_id))
            audit.record(session, actor, "class.teacher.add", target(row), audit.person(user_id, found.name))


async def remove_teacher(actor: Actor | None, core: Core, class_id: int, user_id: int) -> None:
    """Let a teacher, perhaps oneself, teach the class no longer. Never the last who can: a class has somebody to ask.

    Raises NotSignedIn, NotAllowed, NotFound and BadInput (the last one).
    """
    row = await taught_class(actor, core, class_id)
    async with core.database.writing() as session:
        # The rows are locked, so that two teachers who remove each other at once do not leave none.
        rows = (
            await session.exec(select(ClassTeacher).where(ClassTeacher.class_id == class_id).with_for_update())
        ).all()
        leaving = next((one for one in rows if one.user_id == user_id), None)
        if leaving is None:
            raise NotFound("They do not teach this class.")
        if not await _can_teach(session, [one.user_id for one in rows if one is not leaving]):
            raise BadInput("A class needs a teacher. Add another one first, or archive the class.")
        await session.delete(leaving)
        audit.record(session, actor, "class.teacher.remove", target(row), await _named(session, user_id))


async def remove_student(actor: Actor | None, core: Core, class_id: int, user_id: int) -> None:
    """Take a student out of the class; their work stays theirs. One who is not in it is fine.

    Raises NotSignedIn, NotAllowed and NotFound (class).
    """
    row = await taught_class(actor, core, class_id)
    async with core.database.writing() as session:
        enrolment = await session.get(Enrolment, (class_id, user_id))
        if enrolment is None:
            return
        await session.delete(enrolment)
        audit.record(session, actor, "class.student.remove", target(row), await _named(session, user_id))
    await tell(core, [class_id], "members", {})
    await tell_member(core, user_id)


async def reset_password(actor: Actor | None, core: Core, class_id: int, user_id: int) -> str:
    """A new password for a student of this class; it is never shown again and ends their sessions.

    Raises NotSignedIn, NotAllowed, NotFound (class, or not a student of it) and BadInput (archived).
    """
    _going_on(await taught_class(actor, core, class_id))
    async with core.database.reading() as session:
        if await session.get(Enrolment, (class_id, user_id)) is None:
            raise NotFound("There is no such student in this class.")
    return await on_behalf.reset_password(actor, core, user_id)


async def preview(actor: Actor | None, core: Core, class_id: int, text: str) -> ListPreview:
    """What would become of a pasted list, row by row; nothing is made.

    Raises NotSignedIn, NotAllowed, NotFound and BadInput (nothing in it, or too large).
    """
    await taught_class(actor, core, class_id)
    rows = read_list(text)
    async with core.database.reading() as session:
        names = [row.name for row in rows.rows if not row.trouble]
        taken = set((await session.exec(select(User.name).where(col(User.name).in_(names)))).all())
        room = core.settings.students_per_class - await _size(session, class_id)
    return rows.without(taken).within(room)


async def add_students(
    actor: Actor | None, core: Core, class_id: int, text: str, *, only_good: bool = False
) -> list[Created]:
    """Make accounts for a list and enrol them, all or none; their passwords are never shown again.

    ``only_good`` leaves out the rows that something is wrong with; without it, one such row refuses the whole list.
    Raises NotSignedIn, NotAllowed, NotFound and BadInput.
    """
    row = _going_on(await taught_class(actor, core, class_id))
    read = await preview(actor, core, class_id, text)
    if read.bad and not only_good:
        raise BadInput(f"Something is wrong with {read.bad} of the rows. Correct them, or add the good ones only.")
    if not read.good:
        raise BadInput("There is nobody in this list who can be added.")

    async def enrol(session: AsyncSession, created: list[Created]) -> None:
        await turns.take_class(session, class_id)
        if await _size(session, class_id) + len(created) > core.settings.students_per_class:
            raise BadInput("Others have joined meanwhile, and the class is full. Look at the list again.")
        session.add_all([Enrolment(class_id=class_id, user_id=one.user_id) for one in created])
        audit.record(session, actor, "class.student.add", target(row), f"{len(created)} new accounts")

    created = await on_behalf.create_students(
        actor, core, [NewStudent(one.name, one.display_name) for one in read.added], enrol
    )
    await tell(core, [class_id], "members", {})
    return created


async def _can_teach(session: AsyncSession, user_ids: list[int]) -> bool:
    """Whether one of them can sign in and is still one of those who teach."""
    able = col(User.id).in_(user_ids) & col(User.disabled_at).is_(None) & col(User.role).in_((Role.TEACHER, Role.ADMIN))
    return (await session.exec(select(User.id).where(able).limit(1))).first() is not None


def _going_on(row: SchoolClass) -> SchoolClass:
    if row.archived_at is not None:
        raise BadInput("This class is archived. Bring it back first.")
    return row


async def _size(session: AsyncSession, class_id: int) -> int:
    return (await session.exec(select(func.count()).select_from(Enrolment).where(Enrolment.class_id == class_id))).one()


async def _named(session: AsyncSession, user_id: int) -> str:
    user = await session.get(User, user_id)
    return audit.person(user_id, user.name if user else "")
