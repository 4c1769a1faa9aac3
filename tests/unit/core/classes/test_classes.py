"""Classes, as their teachers make and change them."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotAllowed
from coderunner_core.models import AuditEntry
from coderunner_core.services.teaching import class_lists, classes
from coderunner_core.services.teaching.class_views import QuotaOverride
from coderunner_core.services.teaching.classes import ClassSettings

NO_QUOTAS = QuotaOverride()


async def _actions(core: Core) -> list[str]:
    async with core.database.reading() as session:
        return list((await session.exec(select(AuditEntry.action).order_by(col(AuditEntry.id)))).all())


async def test_a_new_class_has_its_maker_as_teacher(core: Core, hopper: Actor) -> None:
    """And nobody else in it."""
    class_id = await classes.create(hopper, core, "  7b   Computing ")
    shown = await class_lists.detail(hopper, core, class_id)
    assert (shown.name, [one.name for one in shown.teachers], shown.students) == ("7b Computing", ["hopper"], [])


async def test_a_student_makes_no_class(core: Core, ada: Actor) -> None:
    """Classes are made by those who teach."""
    with pytest.raises(NotAllowed):
        await classes.create(ada, core, "Mine")


@pytest.mark.parametrize("name", ["", "  ", "\n", "x" * 81])
async def test_a_name_that_cannot_be_shown_is_refused(core: Core, hopper: Actor, name: str) -> None:
    """Empty, blank or too long."""
    with pytest.raises(BadInput):
        await classes.create(hopper, core, name)


async def test_a_class_is_renamed_archived_and_brought_back(core: Core, hopper: Actor, class_id: int) -> None:
    """The list of its teacher follows."""
    await classes.rename(hopper, core, class_id, "8b")
    await classes.archive(hopper, core, class_id)
    (card,) = await class_lists.mine(hopper, core)
    assert (card.name, card.archived) == ("8b", True)
    await classes.unarchive(hopper, core, class_id)
    (card,) = await class_lists.mine(hopper, core)
    assert (card.archived, card.students, card.teachers) == (False, 2, ["Ms Hopper"])


async def test_a_student_sees_their_classes(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """With who teaches them, and those that have ended: their teachers go on reading."""
    (card,) = await class_lists.mine(ada, core)
    assert (card.name, card.teachers) == ("7b Computing", ["Ms Hopper"])
    await classes.archive(hopper, core, class_id)
    assert [(card.name, card.archived) for card in await class_lists.mine(ada, core)] == [("7b Computing", True)]


async def test_settings_are_kept_as_they_were_set(core: Core, hopper: Actor, class_id: int) -> None:
    """Levels, drafts and quotas."""
    quotas = QuotaOverride(runs_per_minute=20, runs_per_day=500)
    await classes.change_settings(hopper, core, class_id, ClassSettings(["11-13/3-loops"], True, quotas))
    shown = await class_lists.detail(hopper, core, class_id)
    assert (shown.all_levels, shown.drafts_watched, shown.quotas) == (False, True, quotas)


@pytest.mark.parametrize(
    "settings",
    [
        ClassSettings(["no-such-level"], False, NO_QUOTAS),
        ClassSettings([], False, NO_QUOTAS),
        ClassSettings(None, False, QuotaOverride(runs_per_minute=-1)),
        ClassSettings(None, False, QuotaOverride(runs_per_day=1_000_000)),
    ],
)
async def test_settings_that_make_no_sense_are_refused(
    core: Core, hopper: Actor, class_id: int, settings: ClassSettings
) -> None:
    """Each with words about what is wrong."""
    with pytest.raises(BadInput):
        await classes.change_settings(hopper, core, class_id, settings)


async def test_each_change_is_written_down(core: Core, hopper: Actor, class_id: int) -> None:
    """Who did what; a change that changes nothing is none."""
    before = len(await _actions(core))
    await classes.rename(hopper, core, class_id, "8b")
    await classes.change_settings(hopper, core, class_id, ClassSettings(None, True, NO_QUOTAS))
    await classes.archive(hopper, core, class_id)
    await classes.archive(hopper, core, class_id)
    assert (await _actions(core))[before:] == ["class.rename", "class.settings", "class.archive"]


async def test_an_admin_sees_every_class(core: Core, lovelace: Actor, hopper: Actor, class_id: int) -> None:
    """A teacher does not."""
    assert [card.id for card in await class_lists.every(lovelace, core)] == [class_id]
    with pytest.raises(NotAllowed):
        await class_lists.every(hopper, core)
