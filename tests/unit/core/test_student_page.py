"""A teacher's page of a student, and looking on while they type."""

from __future__ import annotations

import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import NotAllowed, NotFound, NotSignedIn
from coderunner_core.models import SchoolClass
from coderunner_core.services.learning import drafts
from coderunner_core.services.reviewing import student_page
from coderunner_core.services.running import runs, verdicts
from coderunner_core.services.watching import draft_watch
from tests.fakes import FakeEvents
from tests.unit.core.school import make_admin, make_class

P = "countdown"


async def _allow(core: Core, class_id: int, allowed: bool = True) -> None:
    async with core.database.writing() as session:
        row = await session.get(SchoolClass, class_id)
        assert row is not None
        row.drafts_watched = allowed
        session.add(row)


async def test_the_page_says_how_far_the_student_is_and_when_they_worked(core: Core, ada: Actor, hopper: Actor) -> None:
    """Only levels in which something was begun, and every press of the last weeks."""
    class_id = await make_class(core, hopper, ada)
    run = await runs.submit(ada, core, P, RunKind.SUBMIT, "print(1)")
    await verdicts.finish(core, run.id, Verdict(Outcome.ACCEPTED, score=100))
    page = await student_page.view(hopper, core, ada.user_id)
    [level] = page.levels
    assert (page.display_name, [(one.id, one.name) for one in page.classes]) == ("Ada", [(class_id, "7b")])
    assert (level.solved, level.tried, level.total) == (1, 0, 2)
    assert [(one.kind, one.solved) for one in page.presses] == [("submit", True)]
    assert page.last_seen_ms > 0


async def test_a_class_that_the_reader_does_not_teach_is_not_named(
    core: Core, ada: Actor, alan: Actor, hopper: Actor
) -> None:
    """What else the student does is not theirs to know; an admin sees all."""
    lovelace = await make_admin(core)
    await make_class(core, hopper, ada, name="7b")
    await make_class(core, lovelace, ada, name="Chess club")
    assert [one.name for one in (await student_page.view(hopper, core, ada.user_id)).classes] == ["7b"]
    assert len((await student_page.view(lovelace, core, ada.user_id)).classes) == 2


async def test_a_draft_is_seen_only_while_a_class_allows_it(core: Core, ada: Actor, hopper: Actor) -> None:
    """The setting is asked on each read."""
    class_id = await make_class(core, hopper, ada)
    await drafts.save(ada, core, P, "n = 1")
    with pytest.raises(NotAllowed):
        await draft_watch.draft(hopper, core, ada.user_id, P)
    await _allow(core, class_id)
    seen = await draft_watch.draft(hopper, core, ada.user_id, P)
    assert seen is not None
    assert seen.source == "n = 1"
    assert (await student_page.view(hopper, core, ada.user_id)).watched_problems == [P]
    await _allow(core, class_id, False)
    with pytest.raises(NotAllowed):
        await draft_watch.draft(hopper, core, ada.user_id, P)


async def test_the_setting_of_another_class_opens_nothing(core: Core, ada: Actor, hopper: Actor) -> None:
    """It must be a class that the student and the reader share."""
    lovelace = await make_admin(core)
    await make_class(core, hopper, ada)
    await _allow(core, await make_class(core, lovelace, ada, name="Chess club"))
    with pytest.raises(NotAllowed):
        await draft_watch.draft(hopper, core, ada.user_id, P)


async def test_the_student_is_told_which_classes_look_on(core: Core, ada: Actor, hopper: Actor) -> None:
    """By name; nobody else is told anything."""
    class_id = await make_class(core, hopper, ada)
    assert await draft_watch.watchers(ada, core) == []
    await _allow(core, class_id)
    assert await draft_watch.watchers(ada, core) == ["7b"]
    assert await draft_watch.watchers(hopper, core) == []


async def test_a_save_is_announced_without_what_was_typed(core: Core, events: FakeEvents, ada: Actor) -> None:
    """Whoever listens still has to be allowed to read it."""
    await drafts.save(ada, core, P, "only for Ada")
    assert events.announced == [(f"draft:{ada.user_id}:{P}", "draft", {"problem": P})]


async def test_others_see_neither_page_nor_draft(core: Core, ada: Actor, alan: Actor, hopper: Actor) -> None:
    """A student is no teacher, not even of themselves; a teacher of others finds nobody."""
    await _allow(core, await make_class(core, hopper, alan))
    await drafts.save(ada, core, P, "n = 1")
    for stranger, refusal in ((None, NotSignedIn), (ada, NotAllowed), (alan, NotAllowed), (hopper, NotFound)):
        with pytest.raises(refusal):
            await student_page.view(stranger, core, ada.user_id)
        with pytest.raises(refusal):
            await draft_watch.draft(stranger, core, ada.user_id, P)
