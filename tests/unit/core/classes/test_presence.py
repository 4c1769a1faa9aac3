"""What becomes of a page that a student opens."""

from __future__ import annotations

import pytest
from sqlmodel import select

import coderunner_core.services.watching.presence as places
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import NotSignedIn
from coderunner_core.models import Activity
from tests.fakes import FakeEvents, FakePresence


async def test_the_class_is_told_when_a_student_comes_moves_and_leaves(
    core: Core, events: FakeEvents, ada: Actor, class_id: int
) -> None:
    """And not when nothing changed."""
    events.announced.clear()
    for problem_id in ("countdown", "countdown", ""):
        await places.seen(ada, core, problem_id, "page-1")
    await places.gone(core, ada.user_id, "page-1")
    assert [(to, kind, data["left"], data["at"]) for to, kind, data in events.announced] == [
        (f"class:{class_id}", "presence", "", "countdown"),
        (f"class:{class_id}", "presence", "countdown", ""),
        (f"class:{class_id}", "presence", "", ""),
    ]


async def test_opening_a_problem_is_noted_once(core: Core, ada: Actor, class_id: int) -> None:
    """The first look at it counts."""
    await places.seen(ada, core, "countdown", "page-1")
    await places.seen(ada, core, "countdown", "page-2")
    async with core.database.reading() as session:
        rows = (await session.exec(select(Activity))).all()
    assert [(row.user_id, row.problem_id, row.runs + row.submissions) for row in rows] == [
        (ada.user_id, "countdown", 0)
    ]


async def test_a_problem_that_does_not_exist_is_none(core: Core, presence: FakePresence, ada: Actor) -> None:
    """Whatever address a browser is sent to."""
    await places.seen(ada, core, "no-such-problem", "page-1")
    assert presence.here[ada.user_id].problem_id == ""


async def test_those_who_teach_are_not_watched(core: Core, presence: FakePresence, hopper: Actor) -> None:
    """Only students have a place in a class."""
    await places.seen(hopper, core, "countdown", "page-1")
    assert presence.here == {}


async def test_a_page_opens_while_redis_is_away(core: Core, presence: FakePresence, ada: Actor) -> None:
    """Nobody sees them, and that is all."""
    presence.broken = True
    await places.seen(ada, core, "countdown", "page-1")
    assert presence.here == {}


async def test_nobody_is_nowhere(core: Core) -> None:
    """A page without a session has no student."""
    with pytest.raises(NotSignedIn):
        await places.seen(None, core, "countdown", "page-1")
