"""The live page of a class: its squares, who is there, and what happened lately."""

from __future__ import annotations

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind
from coderunner_core.core import Core
from coderunner_core.services.watching import live, presence
from tests.fakes import FakeEvents, FakePresence
from tests.unit.core.classes.conftest import press


async def test_the_page_shows_the_squares_that_somebody_began(
    core: Core, hopper: Actor, ada: Actor, alan: Actor, class_id: int
) -> None:
    """Solved, tried and stuck, with the presses of either button."""
    await press(ada, core, Outcome.RUNTIME_ERROR)
    await press(ada, core, Outcome.ACCEPTED, RunKind.SUBMIT)
    for _ in range(core.settings.stuck_failures):
        await press(alan, core, Outcome.TIME_LIMIT)
    await press(alan, core, Outcome.OK, problem_id="even-numbers")
    shown = await live.open(hopper, core, class_id)
    assert [(one.student_id, one.problem_id, one.state, one.attempts) for one in shown.cells] == [
        (ada.user_id, "countdown", "solved", 2),
        (alan.user_id, "countdown", "stuck", 5),
        (alan.user_id, "even-numbers", "tried", 1),
    ]


async def test_rows_and_columns_are_there_before_anybody_begins(core: Core, hopper: Actor, class_id: int) -> None:
    """In the order of names and of the curriculum."""
    shown = await live.open(hopper, core, class_id)
    assert ([one.name for one in shown.students], [one.title for one in shown.columns], shown.cells) == (
        ["Ada", "Alan"],
        ["Countdown", "Even-Numbers"],
        [],
    )


async def test_who_is_there_is_shown_with_their_problem(
    core: Core, hopper: Actor, ada: Actor, alan: Actor, class_id: int
) -> None:
    """And those who are not, as away."""
    await presence.seen(ada, core, "countdown", "page-1")
    shown = await live.open(hopper, core, class_id)
    assert [(one.online, one.on_problem_id) for one in shown.students] == [(True, "countdown"), (False, "")]


async def test_events_are_the_newest_presses_first(
    core: Core, hopper: Actor, ada: Actor, alan: Actor, class_id: int
) -> None:
    """Each with who and what."""
    first = await press(ada, core, Outcome.OK)
    second = await press(alan, core, Outcome.WRONG_ANSWER, RunKind.SUBMIT)
    shown = await live.open(hopper, core, class_id)
    assert [(one.run_id, one.student, one.problem, one.kind, one.outcome) for one in shown.events] == [
        (second, "Alan", "Countdown", "submit", "wrong_answer"),
        (first, "Ada", "Countdown", "run", "ok"),
    ]


async def test_only_what_was_asked_for_is_read_again(
    core: Core, hopper: Actor, ada: Actor, alan: Actor, class_id: int
) -> None:
    """And what was asked for and is untouched is said to be so."""
    await press(ada, core, Outcome.OK)
    await press(alan, core, Outcome.OK)
    shown = await live.change(
        hopper, core, class_id, [(ada.user_id, "countdown"), (ada.user_id, "even-numbers"), (10_000, "countdown")]
    )
    assert [(one.student_id, one.problem_id, one.state) for one in shown.cells] == [
        (ada.user_id, "countdown", "tried"),
        (ada.user_id, "even-numbers", "not_started"),
    ]
    assert [one.id for one in shown.students] == [ada.user_id]


async def test_a_verdict_is_announced_to_the_class(core: Core, events: FakeEvents, ada: Actor, class_id: int) -> None:
    """With ids only."""
    events.announced.clear()
    await press(ada, core, Outcome.OK)
    assert events.announced == [(f"class:{class_id}", "cell", {"user": ada.user_id, "problem": "countdown"})]


async def test_the_page_opens_while_redis_is_away(
    core: Core, presence: FakePresence, hopper: Actor, ada: Actor, class_id: int
) -> None:
    """With nobody online."""
    presence.broken = True
    shown = await live.open(hopper, core, class_id)
    assert [one.online for one in shown.students] == [False, False]
