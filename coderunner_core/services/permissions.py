"""Who may see and do what beyond their own: the one place that answers it, asked first by every service.

Somebody else's class or student is answered as if it did not exist, so that nobody learns what there is.
"""

from __future__ import annotations

from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import NotAllowed, NotFound
from coderunner_core.models import ClassTeacher, Enrolment, Role, Run, SchoolClass, User
from coderunner_core.services.checks import signed_in

LARGEST_ID = 2**31 - 1  # what a column holds; a database refuses to look for more
_NO_CLASS = "There is no such class, or it is not one of yours."
_NO_STUDENT = "There is no such student in your classes."
_NO_RUN = "There is no such run."


def staff(actor: Actor | None) -> Actor:
    """The actor, who is a teacher or an admin. Raises NotSignedIn and NotAllowed."""
    actor = signed_in(actor)
    if actor.role not in (Role.TEACHER, Role.ADMIN):
        raise NotAllowed("This page is for teachers.")
    return actor


def admin(actor: Actor | None) -> Actor:
    """The actor, who is an admin. Raises NotSignedIn and NotAllowed."""
    actor = signed_in(actor)
    if actor.role is not Role.ADMIN:
        raise NotAllowed("This page is for the people who run this installation.")
    return actor


async def taught_class(actor: Actor | None, core: Core, class_id: int) -> SchoolClass:
    """A class that the actor teaches; an admin may see every one. Raises NotSignedIn, NotAllowed and NotFound."""
    actor = staff(actor)
    if not 0 < class_id <= LARGEST_ID:
        raise NotFound(_NO_CLASS)
    statement = select(SchoolClass).where(SchoolClass.id == class_id)
    if actor.role is not Role.ADMIN:
        statement = statement.join(ClassTeacher, col(ClassTeacher.class_id) == col(SchoolClass.id)).where(
            ClassTeacher.user_id == actor.user_id
        )
    async with core.database.reading() as session:
        found = (await session.exec(statement)).first()
    if found is None:
        raise NotFound(_NO_CLASS)
    return found


async def taught_student(actor: Actor | None, core: Core, student_id: int) -> User:
    """A student of a class that the actor teaches, archived or not; an admin may see everybody.

    Raises NotSignedIn, NotAllowed and NotFound.
    """
    actor = staff(actor)
    if not 0 < student_id <= LARGEST_ID:
        raise NotFound(_NO_STUDENT)
    statement = select(User).where(User.id == student_id)
    if actor.role is not Role.ADMIN:
        mine = select(ClassTeacher.class_id).where(ClassTeacher.user_id == actor.user_id)
        statement = statement.where(
            User.role == Role.STUDENT,  # whoever has joined a class in the moment in which they became a colleague
            select(Enrolment.user_id)
            .where(Enrolment.user_id == student_id, col(Enrolment.class_id).in_(mine))
            .exists(),
        )
    async with core.database.reading() as session:
        found = (await session.exec(statement)).first()
    if found is None:
        raise NotFound(_NO_STUDENT)
    return found


async def may_see_work_of(actor: Actor | None, core: Core, student_id: int) -> Actor:
    """The actor, who is that student or teaches them. Raises NotSignedIn and NotFound."""
    actor = signed_in(actor)
    if actor.user_id == student_id:
        return actor
    try:
        await taught_student(actor, core, student_id)
    except NotAllowed:
        raise NotFound(_NO_STUDENT) from None
    return actor


async def visible_run(actor: Actor | None, core: Core, run_id: str) -> Run:
    """A run of the actor's own, or of a student whom they teach. Raises NotSignedIn and NotFound."""
    actor = signed_in(actor)
    async with core.database.reading() as session:
        run = await session.get(Run, run_id) if "\0" not in run_id else None
    if run is None:
        raise NotFound(_NO_RUN)
    try:
        await may_see_work_of(actor, core, run.user_id)
    except NotFound:
        raise NotFound(_NO_RUN) from None
    return run
