"""What a student has typed, saved while typing, so that it is there on another device."""

from __future__ import annotations

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.models import Draft, utc_now
from coderunner_core.services import turns
from coderunner_core.services.checks import acceptable_stdin, acceptable_text, signed_in
from coderunner_core.services.views import DraftView


async def save(actor: Actor | None, core: Core, problem_id: str, source: str, stdin: str = "") -> DraftView:
    """Keep what was typed; the newest save wins. Raises NotSignedIn, NotFound (problem) and BadInput (too large)."""
    actor = signed_in(actor)
    core.curriculum.problem(problem_id)
    acceptable_text(source, core.settings.source_limit_bytes, "program")
    acceptable_stdin(core, stdin)
    async with core.database.writing() as session:
        await turns.take(session, actor.user_id)
        row = await session.get(Draft, (actor.user_id, problem_id))
        if row is None:
            row = Draft(user_id=actor.user_id, problem_id=problem_id, source=source, stdin=stdin)
        else:
            row.source, row.stdin = source, stdin
            row.version, row.updated_at = row.version + 1, utc_now()
        session.add(row)
    return _as_view(row)


async def load(actor: Actor | None, core: Core, problem_id: str) -> DraftView | None:
    """What the actor typed for this problem, or None. Raises NotSignedIn and NotFound (problem)."""
    actor = signed_in(actor)
    core.curriculum.problem(problem_id)
    async with core.database.reading() as session:
        row = await session.get(Draft, (actor.user_id, problem_id))
    return _as_view(row) if row else None


def _as_view(row: Draft) -> DraftView:
    return DraftView(row.problem_id, row.source, row.stdin, row.version, row.updated_at.isoformat())
