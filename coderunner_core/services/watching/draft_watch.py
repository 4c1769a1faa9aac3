"""A teacher looks on while a student types, where a class that they share allows it; and the student is told so."""

from __future__ import annotations

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import NotAllowed
from coderunner_core.models import ClassTeacher, Draft, Enrolment, Role, SchoolClass
from coderunner_core.services import permissions
from coderunner_core.services.checks import signed_in
from coderunner_core.services.learning.drafts import as_view
from coderunner_core.services.views import DraftView

_NOT_ALLOWED = "No class that you share with this student lets teachers look on while they type."


async def draft(actor: Actor | None, core: Core, student_id: int, problem_id: str) -> DraftView | None:
    """What a student has typed for a problem right now; None when they have not begun. The setting is asked each time.

    Raises NotSignedIn, NotAllowed (a student asks, or no shared class allows it) and NotFound (not their student).
    """
    if not await may_watch(actor, core, student_id):
        raise NotAllowed(_NOT_ALLOWED)
    async with core.database.reading() as session:
        row = await session.get(Draft, (student_id, problem_id))
    return as_view(row) if row else None


async def may_watch(actor: Actor | None, core: Core, student_id: int) -> bool:
    """Whether a class that goes on lets the actor look on. Raises NotSignedIn, NotAllowed and NotFound."""
    await permissions.taught_student(actor, core, student_id)
    actor = signed_in(actor)
    statement = _allowing(student_id)
    if actor.role is not Role.ADMIN:
        statement = statement.join(ClassTeacher, col(ClassTeacher.class_id) == col(SchoolClass.id)).where(
            ClassTeacher.user_id == actor.user_id
        )
    async with core.database.reading() as session:
        return (await session.exec(statement.limit(1))).first() is not None


async def watchers(actor: Actor | None, core: Core) -> list[str]:
    """The names of the actor's own classes whose teachers can see what they type. Raises NotSignedIn."""
    actor = signed_in(actor)
    if actor.role is not Role.STUDENT:
        return []
    async with core.database.reading() as session:
        return list((await session.exec(_allowing(actor.user_id).order_by(SchoolClass.name))).all())


def _allowing(student_id: int) -> SelectOfScalar[str]:
    return (
        select(SchoolClass.name)
        .join(Enrolment, col(Enrolment.class_id) == col(SchoolClass.id))
        .where(
            Enrolment.user_id == student_id,
            col(SchoolClass.drafts_watched).is_(True),
            col(SchoolClass.archived_at).is_(None),
        )
    )
