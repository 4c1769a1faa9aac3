"""Who is at which problem, as their open pages say it; those who watch their classes are told when it changes."""

from __future__ import annotations

import logging

from redis.exceptions import RedisError

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import NotFound
from coderunner_core.models import Role
from coderunner_core.presence import Moved
from coderunner_core.services.checks import signed_in
from coderunner_core.services.teaching.memberships import active_class_ids, tell
from coderunner_core.services.watching import activity

log = logging.getLogger(__name__)

_PAGE_CHARS = 64


async def seen(actor: Actor | None, core: Core, problem_id: str, page: str) -> None:
    """The actor has a page open, at a problem or (empty, or one that does not exist) at none; also the heartbeat.

    ``page`` names it among the actor's open pages. Only students are watched. Raises NotSignedIn; a Redis that is
    away is nobody's trouble here.
    """
    actor = signed_in(actor)
    if actor.role is not Role.STUDENT:
        return
    known = _known(core, problem_id)
    try:
        await here(core, actor.user_id, known, page)
    except RedisError:
        log.debug("presence not noted", exc_info=True)
    if known:
        await activity.opened(actor, core, known)


async def here(core: Core, user_id: int, problem_id: str, page: str) -> None:
    """The same for a page that was proven to be theirs before: the heartbeat of the web process. Raises RedisError."""
    await _tell(core, user_id, await core.presence.seen(user_id, problem_id, page[:_PAGE_CHARS]))


async def gone(core: Core, user_id: int, page: str) -> None:
    """That page was closed. Raises RedisError."""
    await _tell(core, user_id, await core.presence.gone(user_id, page[:_PAGE_CHARS]))


async def sweep(core: Core) -> None:
    """Tell the classes of those who went silent without closing a page, as when their web process was killed.

    Any process may do it at any time. Raises RedisError.
    """
    for user_id, moved in (await core.presence.lapsed()).items():
        await _tell(core, user_id, moved)


async def _tell(core: Core, user_id: int, moved: Moved) -> None:
    if not moved.changed:
        return
    async with core.database.reading() as session:
        class_ids = await active_class_ids(session, user_id)
    await tell(core, class_ids, "presence", {"user": user_id, "left": moved.before or "", "at": moved.after or ""})


def _known(core: Core, problem_id: str) -> str:
    if not problem_id:
        return ""
    try:
        return core.curriculum.problem(problem_id).id
    except NotFound:
        return ""
