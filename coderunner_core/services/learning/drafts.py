"""What a student has typed, saved while typing, so that it is there on another device and for those who may look on."""

from __future__ import annotations

import logging

from redis.exceptions import RedisError
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.events import draft_topic
from coderunner_core.models import Draft, utc_now
from coderunner_core.services import turns
from coderunner_core.services.checks import acceptable_stdin, acceptable_text, signed_in
from coderunner_core.services.views import DraftView

log = logging.getLogger(__name__)


async def save(actor: Actor | None, core: Core, problem_id: str, source: str, stdin: str = "") -> DraftView:
    """Keep what was typed; the newest save wins. Raises NotSignedIn, NotFound (problem) and BadInput (too large)."""
    actor = signed_in(actor)
    core.curriculum.problem(problem_id)
    acceptable_text(source, core.settings.source_limit_bytes, "program")
    acceptable_stdin(core, stdin)
    async with core.database.writing() as session:
        row = await _mine(session, actor, problem_id)
        if row is None:
            row = Draft(user_id=actor.user_id, problem_id=problem_id, source=source, stdin=stdin)
        else:
            _write(row, source, stdin)
        session.add(row)
    await _announce(core, row)
    return as_view(row)


async def load(actor: Actor | None, core: Core, problem_id: str) -> DraftView | None:
    """What the actor typed for this problem, or None. Raises NotSignedIn and NotFound (problem)."""
    actor = signed_in(actor)
    core.curriculum.problem(problem_id)
    async with core.database.reading() as session:
        row = await session.get(Draft, (actor.user_id, problem_id))
    return as_view(row) if row else None


async def replace(actor: Actor | None, core: Core, problem_id: str, source: str, stdin: str | None) -> DraftView:
    """Put another program in the place of what was typed, and set that aside. None leaves the input as it is.

    Raises NotSignedIn and NotFound (problem).
    """
    actor = signed_in(actor)
    core.curriculum.problem(problem_id)
    async with core.database.writing() as session:
        row = await _mine(session, actor, problem_id)
        if row is None:
            row = Draft(user_id=actor.user_id, problem_id=problem_id, source=source, stdin=stdin or "")
        else:
            row.aside_source, row.aside_stdin = row.source, row.stdin
            _write(row, source, row.stdin if stdin is None else stdin)
        session.add(row)
    await _announce(core, row)
    return as_view(row)


async def bring_back(actor: Actor | None, core: Core, problem_id: str) -> DraftView | None:
    """Exchange what stands in the editor with what was set aside, so that a second call undoes the first.

    None when nothing was typed. Raises NotSignedIn and NotFound (problem).
    """
    actor = signed_in(actor)
    core.curriculum.problem(problem_id)
    async with core.database.writing() as session:
        row = await _mine(session, actor, problem_id)
        if row is None or row.aside_source is None:
            return as_view(row) if row else None
        source, stdin = row.aside_source, row.aside_stdin or ""
        row.aside_source, row.aside_stdin = row.source, row.stdin
        _write(row, source, stdin)
        session.add(row)
    await _announce(core, row)
    return as_view(row)


async def forget_aside(actor: Actor | None, core: Core, problem_id: str) -> None:
    """What was set aside is wanted no longer. Raises NotSignedIn and NotFound (problem)."""
    actor = signed_in(actor)
    core.curriculum.problem(problem_id)
    async with core.database.writing() as session:
        row = await _mine(session, actor, problem_id)
        if row is not None:
            row.aside_source = row.aside_stdin = None
            session.add(row)


async def _mine(session: AsyncSession, actor: Actor, problem_id: str) -> Draft | None:
    await turns.take(session, actor.user_id)
    return await session.get(Draft, (actor.user_id, problem_id))


def _write(row: Draft, source: str, stdin: str) -> None:
    row.source, row.stdin = source, stdin
    row.version, row.updated_at = row.version + 1, utc_now()


async def _announce(core: Core, row: Draft) -> None:
    """Whoever may look on reads it again; the news itself says nothing."""
    try:
        await core.events.announce(draft_topic(row.user_id, row.problem_id), "draft", {"problem": row.problem_id})
    except RedisError:
        log.debug("draft not announced", exc_info=True)


def as_view(row: Draft) -> DraftView:
    """A row as pages are given it."""
    return DraftView(
        row.problem_id, row.source, row.stdin, row.version, row.updated_at.isoformat(), row.aside_source is not None
    )
