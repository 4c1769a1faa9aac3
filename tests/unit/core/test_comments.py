"""Comments: who may write and read them, that both sides hear of them, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, delete

from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotAllowed, NotFound, NotSignedIn, TooMany
from coderunner_core.models import StoredResult, User, utc_now
from coderunner_core.services.reviewing import comments
from coderunner_core.services.running import runs
from coderunner_core.services.teaching import class_members, classes
from coderunner_core.services.upkeep import retention
from tests.fakes import FakeEvents
from tests.unit.core.school import make_admin, make_class

P = "countdown"


async def test_a_comment_is_read_by_the_other_side_and_answered(core: Core, ada: Actor, hopper: Actor) -> None:
    """Each sees their own as theirs, and the marks follow."""
    await make_class(core, hopper, ada)
    await comments.write(hopper, core, ada.user_id, P, "  Look at line 3.  ")
    assert (await comments.unread(ada, core)).count == 1
    assert (await comments.unread(hopper, core)).count == 0
    assert await comments.mark_read(ada, core, ada.user_id, P) == 1
    await comments.write(ada, core, ada.user_id, P, "Thank you!")
    unread = await comments.unread(hopper, core)
    assert (unread.count, unread.student_id, unread.problem_id) == (1, ada.user_id, P)
    seen = await comments.thread(hopper, core, ada.user_id, P)
    assert [(one.author, one.body, one.mine, one.by_student, one.read) for one in seen] == [
        ("Ms Hopper", "Look at line 3.", True, False, True),
        ("Ada", "Thank you!", False, True, False),
    ]


async def test_reading_does_not_mark_ones_own(core: Core, ada: Actor, hopper: Actor) -> None:
    """Only what the other side wrote is new."""
    await make_class(core, hopper, ada)
    await comments.write(hopper, core, ada.user_id, P, "Look at line 3.")
    assert await comments.mark_read(hopper, core, ada.user_id, P) == 0
    assert (await comments.unread(ada, core)).count == 1


async def test_both_sides_hear_of_it(core: Core, events: FakeEvents, ada: Actor, hopper: Actor) -> None:
    """By ids only: the words are read through the service."""
    await make_class(core, hopper, ada)
    await comments.write(hopper, core, ada.user_id, P, "only for Ada")
    told = [(topic, data) for topic, kind, data in events.announced if kind == "comment"]
    data = {"student": ada.user_id, "problem": P}
    assert sorted(told, key=str) == sorted([(f"user:{ada.user_id}", data), (f"user:{hopper.user_id}", data)], key=str)


async def test_a_comment_may_be_about_a_run_of_that_problem(core: Core, ada: Actor, hopper: Actor) -> None:
    """And about no other."""
    await make_class(core, hopper, ada)
    run = await runs.submit(ada, core, P, RunKind.RUN, "print(1)")
    assert (await comments.write(hopper, core, ada.user_id, P, "Nice", run.id)).run_id == run.id
    for problem_id, run_id in (("even-numbers", run.id), (P, "no-such-run")):
        with pytest.raises(NotFound):
            await comments.write(hopper, core, ada.user_id, problem_id, "Nice", run_id)


async def test_what_is_said_about_a_run_is_read_where_the_run_is(core: Core, ada: Actor, hopper: Actor) -> None:
    """In the talk about the problem too, with the run that it is about; what is read there is read."""
    await make_class(core, hopper, ada)
    first, second = [await runs.submit(ada, core, P, kind, "print(1)") for kind in (RunKind.RUN, RunKind.SUBMIT)]
    await comments.write(hopper, core, ada.user_id, P, "In general: good.")
    await comments.write_about(hopper, core, first.id, "Look at line 3.")
    assert [one.body for one in await comments.about(ada, core, first.id)] == ["Look at line 3."]
    assert await comments.about(ada, core, second.id) == []
    assert (await comments.unread(ada, core)).count == 1
    talk = await comments.thread(ada, core, ada.user_id, P)
    assert [(one.body, one.run_id, one.run_kind, one.run_at_ms > 0) for one in talk] == [
        ("In general: good.", "", "", False),
        ("Look at line 3.", first.id, "run", True),
    ]
    assert await comments.per_run(core, [first.id, second.id]) == {first.id: 1}


async def test_a_strangers_run_is_talked_about_by_nobody(core: Core, ada: Actor, alan: Actor, hopper: Actor) -> None:
    """Neither read nor written, whatever id is sent."""
    await make_class(core, hopper, alan)
    run = await runs.submit(ada, core, P, RunKind.RUN, "print(1)")
    for stranger in (alan, hopper):
        for asked in (comments.about(stranger, core, run.id), comments.write_about(stranger, core, run.id, "Hello")):
            with pytest.raises(NotFound, match="no such run"):
                await asked


async def test_a_run_that_is_talked_about_is_kept_at_once(core: Core, ada: Actor, hopper: Actor) -> None:
    """It would expire before the next hourly round; one without a comment does."""
    await make_class(core, hopper, ada)
    spoken_of, other = [await runs.submit(ada, core, P, kind, "print(1)") for kind in RunKind]
    await comments.write(hopper, core, ada.user_id, P, "Nice", spoken_of.id)
    async with core.database.writing() as session:
        past = utc_now() - timedelta(seconds=1)
        await session.exec(
            update(StoredResult).where(col(StoredResult.expires_at).is_not(None)).values(expires_at=past)
        )
    await core.results.purge()
    assert await core.results.present([spoken_of.id, other.id]) == {spoken_of.id}


async def test_what_was_kept_for_a_comment_is_let_go_by_the_rule(core: Core, ada: Actor, hopper: Actor) -> None:
    """When the student leaves the class before any round came by, it does not stay for ever."""
    class_id = await make_class(core, hopper, ada)
    run = await runs.submit(ada, core, P, RunKind.RUN, "print(1)")
    await comments.write(hopper, core, ada.user_id, P, "Nice", run.id)
    await class_members.remove_student(hopper, core, class_id, ada.user_id)
    assert await retention.apply(core) == retention.Retained(kept=0, released=1)


async def test_the_comments_of_a_deleted_teacher_stay(core: Core, ada: Actor, hopper: Actor) -> None:
    """Without the name, and still as a teacher's."""
    await make_class(core, hopper, ada)
    await comments.write(hopper, core, ada.user_id, P, "Look at line 3.")
    async with core.database.writing() as session:
        await session.exec(delete(User).where(User.id == hopper.user_id))  # type: ignore[call-overload, arg-type]
    [seen] = await comments.thread(ada, core, ada.user_id, P)
    assert (seen.author, seen.by_student) == ("former teacher", False)
    assert (await comments.unread(ada, core)).count == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [("", "nothing"), (" \n ", "nothing"), ("x" * 2_001, "too long"), ("\ud800", "broken"), ("a\0", "NUL")],
)
async def test_what_is_no_comment_is_refused(body: str, said: str, core: Core, ada: Actor, hopper: Actor) -> None:
    """In plain words, and nothing is kept."""
    await make_class(core, hopper, ada)
    with pytest.raises(BadInput, match=said):
        await comments.write(hopper, core, ada.user_id, P, body)
    assert await comments.thread(hopper, core, ada.user_id, P) == []


async def test_too_many_at_once_are_refused(core: Core, ada: Actor, hopper: Actor) -> None:
    """A flood ends before it fills the other side's page."""
    await make_class(core, hopper, ada)
    for _ in range(comments.PER_MINUTE):
        await comments.write(ada, core, ada.user_id, P, "me again")
    with pytest.raises(TooMany):
        await comments.write(ada, core, ada.user_id, P, "me again")


async def test_a_student_without_a_teacher_is_told_that_nobody_would_read_it(core: Core, ada: Actor) -> None:
    """Instead of writing into the void."""
    with pytest.raises(NotAllowed, match="Nobody would read it"):
        await comments.write(ada, core, ada.user_id, P, "Hello?")


async def test_others_neither_read_nor_write(core: Core, ada: Actor, alan: Actor, hopper: Actor) -> None:
    """Another student and a teacher of another class are told that there is nothing; nobody is asked to sign in."""
    await make_class(core, hopper, alan)
    for stranger in (alan, hopper):
        for asked in (
            comments.thread(stranger, core, ada.user_id, P),
            comments.write(stranger, core, ada.user_id, P, "Hello"),
            comments.mark_read(stranger, core, ada.user_id, P),
        ):
            with pytest.raises(NotFound):
                await asked
    for asked in (
        comments.thread(None, core, 1, P),
        comments.write(None, core, 1, P, "x"),
        comments.unread(None, core),
    ):
        with pytest.raises(NotSignedIn):
            await asked


async def test_an_admin_who_looks_takes_nothing_from_the_teacher(core: Core, ada: Actor, hopper: Actor) -> None:
    """What the admin reads stays new for who teaches the student."""
    await make_class(core, hopper, ada)
    await comments.write(ada, core, ada.user_id, P, "Help?")
    lovelace = await make_admin(core)
    assert await comments.mark_read(lovelace, core, ada.user_id, P) == 0
    assert (await comments.unread(hopper, core)).count == 1


async def test_nobody_is_spoken_to_from_an_archived_class(core: Core, ada: Actor, hopper: Actor) -> None:
    """They could not answer; what was said stays to be read."""
    class_id = await make_class(core, hopper, ada)
    await comments.write(hopper, core, ada.user_id, P, "Look at line 3.")
    await classes.archive(hopper, core, class_id)
    with pytest.raises(NotAllowed, match="archived"):
        await comments.write(hopper, core, ada.user_id, P, "And at line 4.")
    assert len(await comments.thread(hopper, core, ada.user_id, P)) == 1
