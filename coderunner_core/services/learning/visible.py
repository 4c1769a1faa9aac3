"""Which problems a student sees: those of the levels that their classes show, and whatever is set to them."""

from __future__ import annotations

from collections.abc import Sequence

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import NotFound, StoreAway
from coderunner_core.models import Role
from coderunner_core.services.teaching import assigned, memberships
from coderunner_core.services.teaching.memberships import ActiveClass


def levels(classes: Sequence[ActiveClass]) -> frozenset[str] | None:
    """The ids of the levels that these classes show together; None: every level, also those to come."""
    if not classes or any(one.level_ids is None for one in classes):
        return None
    return frozenset(level_id for one in classes for level_id in one.level_ids or ())


async def levels_of(actor: Actor | None, core: Core) -> frozenset[str] | None:
    """The levels that the actor sees; while the database is away, those that this process last knew of.

    Visitors and those who teach see all: a level that is not shown is in nobody's way, and no secret.
    """
    if actor is None or actor.role is not Role.STUDENT:
        return None
    remembered_as = ("levels", actor.user_id)
    try:
        seen = levels(await memberships.of(core, actor.user_id))
    except StoreAway:
        last: frozenset[str] | None = core.last_known.get(remembered_as)
        return last
    core.last_known.keep(remembered_as, seen)
    return seen


async def must_see(actor: Actor | None, core: Core, problem_id: str, seen: frozenset[str] | None) -> None:
    """Raises NotFound when the actor, who sees these levels, does not see this problem, nor has it been set to them."""
    _group, level = core.curriculum.place(problem_id)
    if actor is None or seen is None or level.id in seen:
        return
    try:
        async with core.database.reading() as session:
            if await assigned.is_open_for(session, actor.user_id, problem_id):
                return
    except StoreAway:  # nobody can say, and reading it does no harm
        return
    raise NotFound("Your class has not come to this problem yet.")
