"""The classes that a student is in now, and what follows from them: one indexed query, asked by many services."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from redis.exceptions import RedisError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.core import Core
from coderunner_core.events import class_topic, user_topic
from coderunner_core.models import Enrolment, SchoolClass
from coderunner_core.services.columns import read_columns

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ActiveClass:
    """A class that is not archived, as far as its students feel it; None: as the installation has it."""

    id: int
    level_ids: list[str] | None
    drafts_watched: bool
    runs_per_minute: int | None
    runs_per_day: int | None
    submissions_per_minute: int | None
    submissions_per_day: int | None


# Asked for every press, so they are put together once.
_ACTIVE = (
    sa.select(
        col(SchoolClass.id),
        col(SchoolClass.level_ids),
        col(SchoolClass.drafts_watched),
        col(SchoolClass.runs_per_minute),
        col(SchoolClass.runs_per_day),
        col(SchoolClass.submissions_per_minute),
        col(SchoolClass.submissions_per_day),
    )
    .join(Enrolment, col(Enrolment.class_id) == col(SchoolClass.id))
    .where(col(Enrolment.user_id) == sa.bindparam("user_id"), col(SchoolClass.archived_at).is_(None))
)
_ACTIVE_IDS = (
    select(Enrolment.class_id)
    .join(SchoolClass, col(SchoolClass.id) == col(Enrolment.class_id))
    .where(Enrolment.user_id == sa.bindparam("user_id"), col(SchoolClass.archived_at).is_(None))
)


async def of(core: Core, user_id: int) -> list[ActiveClass]:
    """The classes that somebody is enrolled in and that go on, in one query."""
    async with core.database.reading() as session:
        return await active_classes(session, user_id)


async def active_classes(session: AsyncSession, user_id: int) -> list[ActiveClass]:
    """The classes that somebody is enrolled in and that go on."""
    return [ActiveClass(*row) for row in await read_columns(session, _ACTIVE, {"user_id": user_id})]


async def active_class_ids(session: AsyncSession, user_id: int) -> list[int]:
    """The numbers of those classes, for whoever only wants to tell them something."""
    return list((await session.exec(_ACTIVE_IDS, params={"user_id": user_id})).all())


async def topics_of(core: Core, user_id: int) -> list[str]:
    """What a student's page listens to, to hear what changes for them: themselves, and each of their classes, archived
    ones too, since those may go on again.
    """
    async with core.database.reading() as session:
        class_ids = (await session.exec(select(Enrolment.class_id).where(Enrolment.user_id == user_id))).all()
    return [user_topic(user_id), *map(class_topic, class_ids)]


async def tell_member(core: Core, user_id: int) -> None:
    """Announce to a student's own pages that they are in another set of classes now."""
    try:
        await core.events.announce(user_topic(user_id), "classes", {})
    except RedisError:
        log.warning("student not told of their classes", exc_info=True)


async def tell(core: Core, class_ids: Iterable[int], kind: str, data: dict[str, Any]) -> None:
    """Announce something to those who watch these classes. A Redis that is away is logged: pages catch up."""
    try:
        for class_id in class_ids:
            await core.events.announce(class_topic(class_id), kind, data)
    except RedisError:
        log.warning("class not told", extra={"kind": kind}, exc_info=True)
