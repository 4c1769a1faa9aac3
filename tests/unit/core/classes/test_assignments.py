"""What is set to a class: by its teachers, and as its students meet it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotFound
from coderunner_core.models import Assignment, UserProgress, utc_now
from coderunner_core.services.teaching import assigned, assignments, classes, join_codes
from coderunner_core.services.teaching.assignments import AssignmentDraft
from tests.unit.core.classes.conftest import press

BOTH = ["even-numbers", "countdown"]
HOUR = timedelta(hours=1)


def draft(**changes: object) -> AssignmentDraft:
    return AssignmentDraft(**{"title": "Loops", "problem_ids": BOTH, **changes})  # type: ignore[arg-type]


async def _solve(actor: Actor, core: Core, problem_id: str) -> None:
    await press(actor, core, Outcome.ACCEPTED, RunKind.SUBMIT, problem_id=problem_id)


async def _be_due(core: Core, assignment_id: int, due_at: datetime) -> None:
    async with core.database.writing() as session:
        (await session.get_one(Assignment, assignment_id)).due_at = due_at


async def test_an_assignment_keeps_the_order_of_its_problems(core: Core, hopper: Actor, class_id: int) -> None:
    """Each once."""
    await assignments.create(hopper, core, class_id, draft(problem_ids=[*BOTH, "even-numbers"]))
    (shown,) = await assigned.of_class(hopper, core, class_id)
    assert (shown.title, shown.problem_ids, shown.titles, shown.state) == (
        "Loops",
        BOTH,
        ["Even-Numbers", "Countdown"],
        "open",
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "title is empty"),
        ({"problem_ids": []}, "at least one problem"),
        ({"problem_ids": ["no-such-problem"]}, "does not exist"),
        ({"due_at": utc_now() - HOUR}, "over already"),
        ({"opens_at": utc_now() + 2 * HOUR, "due_at": utc_now() + HOUR}, "before it opens"),
        ({"due_at": (utc_now() + HOUR).replace(tzinfo=None)}, "no zone"),
    ],
)
async def test_what_cannot_be_set_is_refused(
    core: Core, hopper: Actor, class_id: int, changes: dict[str, object], words: str
) -> None:
    """With what to do about it."""
    with pytest.raises(BadInput, match=words):
        await assignments.create(hopper, core, class_id, draft(**changes))


async def test_an_assignment_is_set_differently_and_taken_back(core: Core, hopper: Actor, class_id: int) -> None:
    """Also one that is over already."""
    made = await assignments.create(hopper, core, class_id, draft())
    past = utc_now() - HOUR
    await assignments.edit(hopper, core, class_id, made, draft(title="Over", problem_ids=BOTH[::-1], due_at=past))
    (shown,) = await assigned.of_class(hopper, core, class_id)
    assert (shown.title, shown.problem_ids, shown.state) == ("Over", BOTH[::-1], "over")
    await assignments.delete(hopper, core, class_id, made)
    assert await assigned.of_class(hopper, core, class_id) == []


async def test_an_assignment_of_another_class_is_not_reached_through_ones_own(
    core: Core, hopper: Actor, knuth: Actor, class_id: int
) -> None:
    """Whatever numbers are sent."""
    made = await assignments.create(hopper, core, class_id, draft())
    other = await classes.create(knuth, core, "Other")
    for attempt in (
        assignments.edit(knuth, core, other, made, draft()),
        assignments.delete(knuth, core, other, made),
        assigned.report(knuth, core, other, made),
    ):
        with pytest.raises(NotFound):
            await attempt


async def test_a_student_sees_how_far_they_are(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """From open to done."""
    await assignments.create(hopper, core, class_id, draft(due_at=utc_now() + HOUR))
    await _solve(ada, core, "countdown")
    (before,) = await assigned.mine(ada, core)
    await _solve(ada, core, "even-numbers")
    (after,) = await assigned.mine(ada, core)
    assert [(one.state, one.solved, one.total) for one in (before, after)] == [("open", 1, 2), ("done", 2, 2)]
    assert [(one.id, one.status) for one in before.problems] == [
        ("even-numbers", "not_started"),
        ("countdown", "solved"),
    ]


async def test_what_has_not_opened_hides_its_problems(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """That it will come, and when, is shown."""
    await assignments.create(hopper, core, class_id, draft(opens_at=utc_now() + HOUR))
    (shown,) = await assigned.mine(ada, core)
    assert (shown.state, shown.problems, shown.total) == ("upcoming", [], 2)


async def test_what_was_due_is_overdue_until_it_is_done(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """For a week; then the page forgets it."""
    made = await assignments.create(hopper, core, class_id, draft())
    await _be_due(core, made, utc_now() - HOUR)
    assert [one.state for one in await assigned.mine(ada, core)] == ["overdue"]
    await _be_due(core, made, utc_now() - timedelta(days=8))
    assert await assigned.mine(ada, core) == []


async def test_an_archived_class_sets_nothing(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """Its students are free of it."""
    await assignments.create(hopper, core, class_id, draft())
    await classes.archive(hopper, core, class_id)
    assert await assigned.mine(ada, core) == []


async def test_the_report_says_who_was_late(core: Core, hopper: Actor, ada: Actor, alan: Actor, class_id: int) -> None:
    """By the moment in which each problem was solved."""
    made = await assignments.create(hopper, core, class_id, draft())
    for problem_id in BOTH:
        await _solve(ada, core, problem_id)
    await _solve(alan, core, "countdown")
    now = utc_now()
    async with core.database.writing() as session:
        for row in (await session.exec(select(UserProgress))).all():
            row.solved_at = now - 3 * HOUR if row.problem_id == "countdown" else now - HOUR
    await _be_due(core, made, now - 2 * HOUR)
    report = await assigned.report(hopper, core, class_id, made)
    assert [(row.name, row.state, row.solved, row.late, row.problems) for row in report.rows] == [
        ("Ada", "late", 2, 1, ["late", "solved"]),
        ("Alan", "overdue", 1, 0, ["not_started", "solved"]),
    ]
    assert (report.assignment.done, report.assignment.done_late, report.assignment.students) == (1, 1, 2)


async def test_a_student_of_two_classes_sees_what_both_set(
    core: Core, hopper: Actor, ada: Actor, class_id: int
) -> None:
    """What is due first comes first."""
    other = await classes.create(hopper, core, "Club")
    await join_codes.join(ada, core, await join_codes.make(hopper, core, other))
    await assignments.create(hopper, core, class_id, draft(title="Later", due_at=utc_now() + 2 * HOUR))
    await assignments.create(hopper, core, class_id, draft(title="Whenever"))
    await assignments.create(hopper, core, other, draft(title="Soon", due_at=utc_now() + HOUR))
    shown = [(one.title, one.class_name) for one in await assigned.mine(ada, core)]
    assert shown == [("Soon", "Club"), ("Later", "7b Computing"), ("Whenever", "7b Computing")]
