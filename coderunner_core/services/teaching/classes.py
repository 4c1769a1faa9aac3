"""Classes, as their teachers make and change them, and as their students find them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput
from coderunner_core.models import TITLE_LENGTH, ClassTeacher, SchoolClass, utc_now
from coderunner_core.services import audit
from coderunner_core.services.checks import one_line
from coderunner_core.services.permissions import staff, taught_class
from coderunner_core.services.teaching.class_views import QuotaOverride
from coderunner_core.services.teaching.memberships import tell

_MOST_A_MINUTE = 600
_MOST_A_DAY = 10_000


@dataclass(frozen=True, slots=True)
class ClassSettings:
    """What a teacher may set. ``level_ids`` None: every level, also those to come."""

    level_ids: list[str] | None
    drafts_watched: bool
    quotas: QuotaOverride


async def create(actor: Actor | None, core: Core, name: str) -> int:
    """Make a class whose teacher is the actor; its number. Raises NotSignedIn, NotAllowed and BadInput."""
    actor = staff(actor)
    row = SchoolClass(name=acceptable_name(name), created_by=actor.user_id)
    async with core.database.writing() as session:
        session.add(row)
        await session.flush()
        class_id = row.id or 0
        session.add(ClassTeacher(class_id=class_id, user_id=actor.user_id))
        audit.record(session, actor, "class.create", target(row))
    return class_id


async def rename(actor: Actor | None, core: Core, class_id: int, name: str) -> None:
    """Give a class another name. Raises NotSignedIn, NotAllowed, NotFound and BadInput."""
    before, wanted = await taught_class(actor, core, class_id), acceptable_name(name)
    async with core.database.writing() as session:
        row = await session.get_one(SchoolClass, class_id)
        row.name = wanted
        audit.record(session, actor, "class.rename", target(row), f"was {before.name}")
    await tell(core, [class_id], "class", {})


async def archive(actor: Actor | None, core: Core, class_id: int) -> None:
    """End a class: it sets nothing any more, nobody joins, and its teachers may still read it.

    Raises NotSignedIn, NotAllowed and NotFound.
    """
    await _archive(actor, core, class_id, utc_now())


async def unarchive(actor: Actor | None, core: Core, class_id: int) -> None:
    """Let an archived class go on. Raises NotSignedIn, NotAllowed and NotFound."""
    await _archive(actor, core, class_id, None)


async def change_settings(actor: Actor | None, core: Core, class_id: int, settings: ClassSettings) -> None:
    """Set what the class sees and may do. Raises NotSignedIn, NotAllowed, NotFound and BadInput."""
    await taught_class(actor, core, class_id)
    levels, quotas = _acceptable_levels(core, settings.level_ids), _acceptable_quotas(settings.quotas)
    async with core.database.writing() as session:
        row = await session.get_one(SchoolClass, class_id)
        row.level_ids, row.drafts_watched = levels, settings.drafts_watched
        for name, most in quotas.items():
            setattr(row, name, most)
        shown = "all levels" if levels is None else f"{len(levels)} levels"
        watched = "drafts watched" if settings.drafts_watched else "drafts not watched"
        limits = ", ".join(f"{name}={most}" for name, most in quotas.items() if most is not None)
        audit.record(session, actor, "class.settings", target(row), "; ".join(filter(None, [shown, watched, limits])))
    await tell(core, [class_id], "class", {})


def acceptable_name(name: str) -> str:
    """The name of a class or an assignment as it is stored. Raises BadInput."""
    return one_line(name, "name", TITLE_LENGTH)


def target(row: SchoolClass) -> str:
    """A class in the words of the audit log."""
    return f"class {row.id} {row.name}"


async def _archive(actor: Actor | None, core: Core, class_id: int, at: datetime | None) -> None:
    await taught_class(actor, core, class_id)
    async with core.database.writing() as session:
        row = (await session.exec(select(SchoolClass).where(col(SchoolClass.id) == class_id))).one()
        if (row.archived_at is None) != (at is None):
            row.archived_at = at
            audit.record(session, actor, "class.archive" if at else "class.unarchive", target(row))
    await tell(core, [class_id], "class", {})


def _acceptable_levels(core: Core, level_ids: list[str] | None) -> list[str] | None:
    if level_ids is None:
        return None
    known = [level.id for group in core.curriculum.age_groups for level in group.levels]
    chosen = [one for one in known if one in set(level_ids)]
    if len(chosen) != len(set(level_ids)):
        raise BadInput("One of these levels does not exist any more. Load the page again and choose once more.")
    if not chosen:
        raise BadInput("Choose at least one level for the class to see.")
    return chosen


def _acceptable_quotas(quotas: QuotaOverride) -> dict[str, int | None]:
    for name, most in asdict(quotas).items():
        highest = _MOST_A_MINUTE if name.endswith("minute") else _MOST_A_DAY
        if not 0 <= most <= highest:
            raise BadInput(f"The quotas of a class are whole numbers from 0 to {highest:,}.")
    return {name: most or None for name, most in asdict(quotas).items()}
