"""A student leaves a class: what ends, what stays, who is told, and who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind
from coderunner_core.core import Core
from coderunner_core.errors import NotAllowed, NotFound, NotSignedIn
from coderunner_core.models import AuditEntry, ClassDeparture, utc_now
from coderunner_core.services.learning import progress
from coderunner_core.services.reviewing import history, student_page
from coderunner_core.services.teaching import class_lists, classes, join_codes, leaving
from coderunner_core.services.watching import live
from tests.fakes import FakeEvents
from tests.unit.core.classes.conftest import press


async def _left(hopper: Actor, core: Core, class_id: int) -> list[str]:
    return [one.name for one in (await class_lists.detail(hopper, core, class_id)).left]


async def test_whoever_leaves_takes_their_work_along(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """It stays theirs, and the class's teacher sees it no longer, nor them."""
    run_id = await press(ada, core, Outcome.ACCEPTED, RunKind.SUBMIT)
    await leaving.leave(ada, core, class_id)
    assert [row.run_id for row in (await history.page(ada, core, ada.user_id)).rows] == [run_id]
    assert (await progress.for_user(ada, core))["countdown"].status == "solved"
    assert [one.name for one in (await live.open(hopper, core, class_id)).students] == ["Alan"]
    for asked in (student_page.view(hopper, core, ada.user_id), history.one(hopper, core, run_id)):
        with pytest.raises(NotFound):
            await asked


async def test_the_teachers_are_told_who_has_left(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """For some weeks, or until they are back; who was taken out by a teacher did not leave."""
    assert await _left(hopper, core, class_id) == []
    await leaving.leave(ada, core, class_id)
    assert await _left(hopper, core, class_id) == ["ada"]
    await join_codes.join(ada, core, await join_codes.make(hopper, core, class_id))
    assert await _left(hopper, core, class_id) == []


async def test_nobody_is_told_of_it_for_ever(core: Core, hopper: Actor, ada: Actor, alan: Actor, class_id: int) -> None:
    """What is not shown any more is stored until the next one leaves."""
    await leaving.leave(ada, core, class_id)
    async with core.database.writing() as session:
        await session.exec(update(ClassDeparture).values(left_at=utc_now() - leaving.TOLD_FOR - timedelta(minutes=1)))
    assert await _left(hopper, core, class_id) == []
    await leaving.leave(alan, core, class_id)
    async with core.database.reading() as session:
        assert list((await session.exec(select(ClassDeparture.user_id))).all()) == [alan.user_id]


async def test_open_pages_of_both_sides_hear_of_it(core: Core, events: FakeEvents, ada: Actor, class_id: int) -> None:
    """The class's and the student's own."""
    events.announced.clear()
    await leaving.leave(ada, core, class_id)
    assert events.announced == [(f"class:{class_id}", "members", {}), (f"user:{ada.user_id}", "classes", {})]


async def test_it_is_written_down(core: Core, ada: Actor, class_id: int) -> None:
    """With the class and who it was."""
    await leaving.leave(ada, core, class_id, ip="10.0.0.1")
    async with core.database.reading() as session:
        entry = (await session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc()))).first()
    assert entry is not None
    assert (entry.action, entry.actor_name, entry.target, entry.ip) == (
        "class.leave",
        "ada",
        f"class {class_id} 7b Computing",
        "10.0.0.1",
    )


async def test_a_class_that_has_ended_can_be_left_too(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """Its teachers would go on reading."""
    await classes.archive(hopper, core, class_id)
    assert [(card.id, card.archived) for card in await class_lists.mine(ada, core)] == [(class_id, True)]
    await leaving.leave(ada, core, class_id)
    assert await class_lists.mine(ada, core) == []


@pytest.mark.parametrize("number", [0, -1, 999, 2**31, 2**70])
async def test_only_a_class_of_ones_own_is_left(core: Core, ada: Actor, number: int) -> None:
    """Whatever number is sent."""
    with pytest.raises(NotFound, match="not in this class"):
        await leaving.leave(ada, core, number)


async def test_others_cannot_leave_for_somebody(
    core: Core, hopper: Actor, knuth: Actor, ada: Actor, class_id: int
) -> None:
    """A teacher is in no class of their own, and nobody has to sign in for it."""
    for actor in (hopper, knuth):
        with pytest.raises(NotFound):
            await leaving.leave(actor, core, class_id)
    with pytest.raises(NotSignedIn):
        await leaving.leave(None, core, class_id)
    assert ada.user_id in [one.id for one in (await class_lists.detail(hopper, core, class_id)).students]


async def test_where_only_teachers_take_somebody_out_a_student_is_told_so(
    core: Core, ada: Actor, class_id: int
) -> None:
    """By CLASS_LEAVING."""
    object.__setattr__(core, "settings", core.settings.model_copy(update={"class_leaving": False}))
    with pytest.raises(NotAllowed, match="only a teacher"):
        await leaving.leave(ada, core, class_id)
