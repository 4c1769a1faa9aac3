"""Who belongs to a class, and how they come to it and leave it."""

from __future__ import annotations

import asyncio

import pytest
from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotFound
from coderunner_core.models import AuditEntry, Enrolment, Role, User
from coderunner_core.services.people import accounts, admin_people
from coderunner_core.services.teaching import class_lists, class_members, classes
from coderunner_core.services.watching import live


async def _teachers(hopper: Actor, core: Core, class_id: int) -> list[str]:
    return [one.name for one in (await class_lists.detail(hopper, core, class_id)).teachers]


async def _students(hopper: Actor, core: Core, class_id: int) -> list[str]:
    return [one.name for one in (await class_lists.detail(hopper, core, class_id)).students]


async def test_a_teacher_who_was_added_may_do_the_same(core: Core, hopper: Actor, knuth: Actor, class_id: int) -> None:
    """Also let the first one go."""
    await class_members.add_teacher(hopper, core, class_id, " Knuth ")
    await class_members.add_teacher(hopper, core, class_id, "knuth")
    assert await _teachers(knuth, core, class_id) == ["knuth", "hopper"]
    await class_members.remove_teacher(knuth, core, class_id, hopper.user_id)
    with pytest.raises(NotFound):
        await live.open(hopper, core, class_id)


async def test_the_last_teacher_stays(core: Core, hopper: Actor, class_id: int) -> None:
    """A class has somebody to ask."""
    with pytest.raises(BadInput, match="needs a teacher"):
        await class_members.remove_teacher(hopper, core, class_id, hopper.user_id)


async def test_a_teacher_who_cannot_sign_in_is_nobody_to_ask(
    core: Core, hopper: Actor, knuth: Actor, lovelace: Actor, class_id: int
) -> None:
    """One whose account was disabled, or who teaches no more, does not count as the one that stays."""
    await class_members.add_teacher(hopper, core, class_id, "knuth")
    await admin_people.disable(lovelace, core, knuth.user_id)
    with pytest.raises(BadInput, match="needs a teacher"):
        await class_members.remove_teacher(hopper, core, class_id, hopper.user_id)
    await class_members.remove_teacher(hopper, core, class_id, knuth.user_id)
    assert await _teachers(hopper, core, class_id) == ["hopper"]


@pytest.mark.parametrize("name", ["ada", "nobody", ""])
async def test_only_those_who_teach_are_added_as_teachers(core: Core, hopper: Actor, class_id: int, name: str) -> None:
    """A student of that name is answered like nobody."""
    with pytest.raises(NotFound, match="no teacher of that name"):
        await class_members.add_teacher(hopper, core, class_id, name)


async def test_a_student_is_removed(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """Twice is fine."""
    for _ in range(2):
        await class_members.remove_student(hopper, core, class_id, ada.user_id)
    assert await _students(hopper, core, class_id) == ["alan"]


async def test_a_students_password_is_reset(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """The new one works, once it is told."""
    password = await class_members.reset_password(hopper, core, class_id, ada.user_id)
    assert (await accounts.sign_in(core, "ada", password, ip="10.0.0.1")).user_id == ada.user_id


async def test_only_a_password_of_this_class_is_reset(core: Core, hopper: Actor, knuth: Actor, class_id: int) -> None:
    """Not that of a colleague, whatever number is sent."""
    await class_members.add_teacher(hopper, core, class_id, "knuth")
    for user_id in (knuth.user_id, hopper.user_id, 10_000):
        with pytest.raises(NotFound):
            await class_members.reset_password(hopper, core, class_id, user_id)


async def test_a_good_list_becomes_accounts_in_the_class(core: Core, hopper: Actor, class_id: int) -> None:
    """With passwords that work."""
    created = await class_members.add_students(hopper, core, class_id, "grace;Grace Hopper\nBarbara Liskov")
    assert [(one.name, one.display_name) for one in created] == [
        ("grace", "Grace Hopper"),
        ("barbara.liskov", "Barbara Liskov"),
    ]
    assert await _students(hopper, core, class_id) == ["ada", "alan", "barbara.liskov", "grace"]
    assert (await accounts.sign_in(core, "grace", created[0].password, ip="10.0.0.1")).role is Role.STUDENT


async def test_a_list_with_a_bad_row_makes_nobody_until_told_so(core: Core, hopper: Actor, class_id: int) -> None:
    """Then the good ones only; a name that is taken is not enrolled behind its owner's back."""
    text = "grace\nada,Another Ada\n???"
    shown = await class_members.preview(hopper, core, class_id, text)
    assert [bool(row.trouble) for row in shown.rows] == [False, True, True]
    with pytest.raises(BadInput, match="2 of the rows"):
        await class_members.add_students(hopper, core, class_id, text)
    async with core.database.reading() as session:
        assert (await session.exec(select(User).where(User.name == "grace"))).first() is None
    assert [one.name for one in await class_members.add_students(hopper, core, class_id, text, only_good=True)] == [
        "grace"
    ]


async def test_a_list_that_does_not_fit_is_said_to(core: Core, hopper: Actor, class_id: int) -> None:
    """Row by row."""
    object.__setattr__(core, "settings", core.settings.model_copy(update={"students_per_class": 3}))
    shown = await class_members.preview(hopper, core, class_id, "grace\nbarbara")
    assert [row.trouble for row in shown.rows] == ["", "The class is full."]


async def test_a_list_that_fitted_a_moment_ago_is_refused_as_a_whole(core: Core, hopper: Actor, class_id: int) -> None:
    """Two teachers who add their lists at once do not fill a class beyond its size."""
    object.__setattr__(core, "settings", core.settings.model_copy(update={"students_per_class": 3}))
    results = await asyncio.gather(
        *(class_members.add_students(hopper, core, class_id, name) for name in ("grace", "barbara")),
        return_exceptions=True,
    )
    refused = [type(one) for one in results if isinstance(one, Exception)]
    assert (refused, len(await _students(hopper, core, class_id))) == ([BadInput], 3)


async def test_an_archived_class_takes_nobody_and_changes_no_password(
    core: Core, hopper: Actor, ada: Actor, class_id: int
) -> None:
    """Its teachers may still read it; for anything else it has to go on first, which the log tells."""
    await classes.archive(hopper, core, class_id)
    with pytest.raises(BadInput, match="archived"):
        await class_members.add_students(hopper, core, class_id, "grace")
    with pytest.raises(BadInput, match="archived"):
        await class_members.reset_password(hopper, core, class_id, ada.user_id)


async def test_what_was_done_to_members_is_written_down(
    core: Core, hopper: Actor, knuth: Actor, ada: Actor, class_id: int
) -> None:
    """And no password with it."""
    async with core.database.reading() as session:
        before = len((await session.exec(select(AuditEntry.id))).all())
    await class_members.add_teacher(hopper, core, class_id, "knuth")
    await class_members.remove_teacher(hopper, core, class_id, knuth.user_id)
    await class_members.remove_student(hopper, core, class_id, ada.user_id)
    created = await class_members.add_students(hopper, core, class_id, "grace")
    async with core.database.reading() as session:
        entries = (await session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))).all()[before:]
        enrolled = (await session.exec(select(Enrolment.user_id).where(Enrolment.class_id == class_id))).all()
    assert {entry.action for entry in entries} == {
        "class.teacher.add",
        "class.teacher.remove",
        "class.student.remove",
        "class.student.add",
        "user.create",
    }
    assert created[0].user_id in enrolled
    assert not any(created[0].password in f"{entry.target} {entry.details}" for entry in entries)
