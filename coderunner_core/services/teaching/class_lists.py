"""The classes of a person, and one class as its teachers set it up."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import sqlalchemy as sa
from redis.exceptions import RedisError
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.models import ClassTeacher, Enrolment, Role, SchoolClass, User
from coderunner_core.moments import ms
from coderunner_core.services.checks import signed_in
from coderunner_core.services.columns import read_columns
from coderunner_core.services.permissions import admin, taught_class
from coderunner_core.services.teaching import leaving
from coderunner_core.services.teaching.class_views import ClassCard, ClassView, LevelChoice, PersonView, QuotaOverride
from coderunner_core.services.watching import live_cells

_MOST_CLASSES = 500


async def mine(actor: Actor | None, core: Core) -> list[ClassCard]:
    """The classes that the actor teaches, or, for a student, is in: those that go on first. Raises NotSignedIn."""
    actor = signed_in(actor)
    if actor.role is Role.STUDENT:
        of_actor = select(Enrolment.class_id).where(Enrolment.user_id == actor.user_id)
        return await _cards(core, of_actor, live=False)
    return await _cards(core, select(ClassTeacher.class_id).where(ClassTeacher.user_id == actor.user_id), live=True)


async def every(actor: Actor | None, core: Core) -> list[ClassCard]:
    """All classes of the installation, for its admins. Raises NotSignedIn and NotAllowed."""
    admin(actor)
    return await _cards(core, select(SchoolClass.id), live=False)


async def detail(actor: Actor | None, core: Core, class_id: int) -> ClassView:
    """One class as its teachers set it up. Raises NotSignedIn, NotAllowed and NotFound."""
    row, settings = await taught_class(actor, core, class_id), core.settings
    async with core.database.reading() as session:
        students = await _people(session, Enrolment, class_id, Enrolment.joined_at)
        teachers = await _people(session, ClassTeacher, class_id, ClassTeacher.added_at)
        left = await leaving.lately(session, class_id)
    return ClassView(
        id=class_id,
        name=row.name,
        archived=row.archived_at is not None,
        join_code=row.join_code or "",
        join_code_expires_ms=ms(row.join_code_expires_at),
        students=students,
        left=left,
        teachers=teachers,
        levels=level_choices(core, row.level_ids),
        all_levels=row.level_ids is None,
        drafts_watched=row.drafts_watched,
        quotas=QuotaOverride(
            row.runs_per_minute or 0,
            row.runs_per_day or 0,
            row.submissions_per_minute or 0,
            row.submissions_per_day or 0,
        ),
        installation_quotas=QuotaOverride(
            settings.runs_per_minute,
            settings.runs_per_day,
            settings.submissions_per_minute,
            settings.submissions_per_day,
        ),
    )


def level_choices(core: Core, level_ids: list[str] | None) -> list[LevelChoice]:
    """Every level of the curriculum, and whether a class with this setting sees it."""
    return [
        LevelChoice(
            level.id,
            f"{group.title} · Level {level.number} {level.title}",
            len(level.problems),
            level_ids is None or level.id in level_ids,
        )
        for group in core.curriculum.age_groups
        for level in group.levels
    ]


async def _people(
    session: AsyncSession, table: type[Enrolment | ClassTeacher], class_id: int, since: Any
) -> list[PersonView]:
    statement = (
        sa.select(col(User.id), col(User.name), col(User.display_name), since, col(User.disabled_at))
        .join(table, col(table.user_id) == col(User.id))
        .where(col(table.class_id) == class_id)
        .order_by(func.lower(User.display_name), col(User.name))
    )
    return [
        PersonView(user_id or 0, name, shown, ms(joined), disabled is not None)
        for user_id, name, shown, joined, disabled in await read_columns(session, statement)
    ]


async def _cards(core: Core, class_ids: Any, *, live: bool) -> list[ClassCard]:
    chosen = (
        select(SchoolClass)
        .where(col(SchoolClass.id).in_(class_ids))
        .order_by(col(SchoolClass.archived_at).is_not(None), func.lower(SchoolClass.name), col(SchoolClass.id))
        .limit(_MOST_CLASSES)
    )
    teachers: defaultdict[int, list[str]] = defaultdict(list)
    members: defaultdict[int, list[int]] = defaultdict(list)
    async with core.database.reading() as session:
        classes = (await session.exec(chosen)).all()
        ids = [row.id for row in classes]
        taught = (
            select(ClassTeacher.class_id, User.display_name)
            .join(User, col(User.id) == col(ClassTeacher.user_id))
            .where(col(ClassTeacher.class_id).in_(ids))
            .order_by(col(ClassTeacher.added_at))
        )
        for class_id, name in (await session.exec(taught)).all():
            teachers[class_id].append(name)
        counted = (
            select(Enrolment.class_id, func.count())
            .where(col(Enrolment.class_id).in_(ids))
            .group_by(col(Enrolment.class_id))
        )
        students = dict((await session.exec(counted)).all())
        if live:  # who they are matters where somebody looks who is here: in a teacher's classes that go on
            going_on = [row.id for row in classes if row.archived_at is None]
            enrolled = select(Enrolment.class_id, Enrolment.user_id).where(col(Enrolment.class_id).in_(going_on))
            for class_id, user_id in (await session.exec(enrolled)).all():
                members[class_id].append(user_id)
    online, stuck = await _now(core, members)
    return [
        ClassCard(
            id=row.id or 0,
            name=row.name,
            archived=row.archived_at is not None,
            students=students.get(row.id or 0, 0),
            online=online[row.id or 0],
            stuck=stuck[row.id or 0],
            teachers=teachers[row.id or 0],
            drafts_watched=row.drafts_watched,
        )
        for row in classes
    ]


async def _now(core: Core, students: dict[int, list[int]]) -> tuple[Counter[int], Counter[int]]:
    """How many of each class are here, and how many of those who are here are stuck at something."""
    everybody = sorted({one for members in students.values() for one in members})
    try:
        here = await core.presence.of(everybody)
    except RedisError:
        here = {}
    stuck_ones = await live_cells.stuck_now(core, here)
    online = Counter({class_id: sum(one in here for one in members) for class_id, members in students.items()})
    stuck = Counter({class_id: sum(one in stuck_ones for one in members) for class_id, members in students.items()})
    return online, stuck
