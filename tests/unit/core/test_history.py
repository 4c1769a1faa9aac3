"""Earlier runs: who sees which, in pages, compared, and brought back without losing anything."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, TestReport, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, Gone, NotFound, NotSignedIn, TooMany
from coderunner_core.models import Run, utc_now
from coderunner_core.services.learning import drafts
from coderunner_core.services.reviewing import history
from coderunner_core.services.running import runs, verdicts
from tests.unit.core.school import make_class

HIDDEN = Verdict(
    Outcome.WRONG_ANSWER,
    score=25,
    tests=(
        TestReport("Example", Outcome.OK, visible=True),
        TestReport("Hidden 1", Outcome.WRONG_ANSWER, visible=False, first_difference="zx81", stdout_shown="zx81"),
    ),
)


async def press(
    core: Core, actor: Actor, source: str, problem_id: str = "countdown", kind: RunKind = RunKind.RUN, stdin: str = ""
) -> str:
    run = await runs.submit(actor, core, problem_id, kind, source, stdin)
    verdict = HIDDEN if kind is RunKind.SUBMIT else Verdict(Outcome.OK, stdout="done")
    await verdicts.finish(core, run.id, verdict)
    return run.id


async def test_everything_pressed_is_listed_newest_first(core: Core, ada: Actor) -> None:
    """Of one problem or of all of them."""
    first = await press(core, ada, "print(1)")
    second = await press(core, ada, "print(2)", kind=RunKind.SUBMIT)
    other = await press(core, ada, "print(3)", "even-numbers")
    whole = await history.page(ada, core, ada.user_id)
    of_one = await history.page(ada, core, ada.user_id, "countdown")
    assert [row.run_id for row in whole.rows] == [other, second, first]
    assert [(row.run_id, row.kind, row.outcome, row.score) for row in of_one.rows] == [
        (second, "submit", "wrong_answer", 25),
        (first, "run", "ok", None),
    ]


async def test_pages_follow_each_other_without_gap_or_repetition(core: Core, ada: Actor) -> None:
    """Also when several were pressed in the same instant."""
    ids = [await press(core, ada, f"print({number})") for number in range(5)]
    async with core.database.writing() as session:
        await session.exec(update(Run).values(created_at=utc_now()))  # type: ignore[call-overload]
    seen, before = [], ""
    for _ in range(3):
        page = await history.page(ada, core, ada.user_id, "countdown", before, limit=2)
        seen += [row.run_id for row in page.rows]
        before = page.older
    assert (sorted(seen), before) == (sorted(ids), "")


@pytest.mark.parametrize("nonsense", ["x", "2026-01-01|x", "|", "2026-01-01T00:00:00+00:00|\0"])
async def test_a_place_that_is_none_is_refused(nonsense: str, core: Core, ada: Actor) -> None:
    """In words, whatever a browser sent."""
    with pytest.raises(BadInput):
        await history.page(ada, core, ada.user_id, before=nonsense)


async def test_an_opened_run_shows_the_program_and_nothing_of_a_hidden_test(core: Core, ada: Actor) -> None:
    """To its owner and to their teacher alike."""
    run_id = await press(core, ada, "print(2)", kind=RunKind.SUBMIT)
    opened = await history.one(ada, core, run_id)
    assert (opened.there, opened.source, opened.run.outcome) == (True, "print(2)", "wrong_answer")
    assert "zx81" not in repr(opened)


async def test_two_programs_are_compared_the_earlier_on_the_left(core: Core, ada: Actor) -> None:
    """In whichever order they were chosen."""
    first, second = await press(core, ada, "print(1)"), await press(core, ada, "print(2)")
    compared = await history.compare(ada, core, second, first)
    assert (compared.left.run_id, compared.right.run_id) == (first, second)
    assert [row.kind for row in compared.rows] == ["changed"]


async def test_only_two_of_one_problem_are_compared(core: Core, ada: Actor) -> None:
    """Never one with itself, or across problems."""
    first, other = await press(core, ada, "print(1)"), await press(core, ada, "print(1)", "even-numbers")
    with pytest.raises(BadInput, match="two different"):
        await history.compare(ada, core, first, first)
    with pytest.raises(BadInput, match="same problem"):
        await history.compare(ada, core, first, other)


async def test_nobody_keeps_the_platform_busy_with_comparing(core: Core, ada: Actor) -> None:
    """It costs more than anything else that a page may ask for."""
    first, second = await press(core, ada, "print(1)"), await press(core, ada, "print(2)")
    for _ in range(history.COMPARED_PER_MINUTE):
        await history.compare(ada, core, first, second)
    with pytest.raises(TooMany):
        await history.compare(ada, core, first, second)


async def test_what_has_expired_is_listed_and_said_to_be_gone(core: Core, ada: Actor) -> None:
    """The row stays; the program cannot be opened, compared or brought back."""
    gone, kept = await press(core, ada, "print(1)"), await press(core, ada, "print(2)")
    await core.results.expire([gone], utc_now() - timedelta(seconds=1))
    opened = await history.one(ada, core, gone)
    assert (opened.there, opened.source, opened.row.outcome) == (False, "", "ok")
    assert not (await history.compare(ada, core, gone, kept)).there
    with pytest.raises(Gone):
        await history.restore(ada, core, gone)


async def test_what_stood_in_the_editor_is_set_aside_and_can_be_brought_back(core: Core, ada: Actor) -> None:
    """And exchanging once more undoes that, too: nothing is ever lost."""
    run_id = await press(core, ada, "print(1)", stdin="7\n")
    await drafts.save(ada, core, "countdown", "print('new')", "8\n")
    restored = await history.restore(ada, core, run_id)
    assert (restored.source, restored.stdin, restored.set_aside, restored.version) == ("print(1)", "7\n", True, 2)
    back = await drafts.bring_back(ada, core, "countdown")
    assert back is not None
    assert (back.source, back.stdin, back.set_aside) == ("print('new')", "8\n", True)
    again = await drafts.bring_back(ada, core, "countdown")
    assert again is not None
    assert again.source == "print(1)"


async def test_a_submission_brought_back_leaves_the_input_as_it_is(core: Core, ada: Actor) -> None:
    """It has none of its own."""
    run_id = await press(core, ada, "print(1)", kind=RunKind.SUBMIT)
    await drafts.save(ada, core, "countdown", "x", "8\n")
    assert (await history.restore(ada, core, run_id)).stdin == "8\n"


async def test_what_was_set_aside_can_be_forgotten(core: Core, ada: Actor) -> None:
    """Then there is nothing to bring back."""
    run_id = await press(core, ada, "print(1)")
    await drafts.save(ada, core, "countdown", "x")
    await history.restore(ada, core, run_id)
    await drafts.forget_aside(ada, core, "countdown")
    back = await drafts.bring_back(ada, core, "countdown")
    assert back is not None
    assert (back.source, back.set_aside) == ("print(1)", False)


async def test_only_the_student_and_who_teaches_them_see_it(core: Core, ada: Actor, alan: Actor, hopper: Actor) -> None:
    """Everybody else is told that there is nothing; and a teacher brings nothing back into a student's editor."""
    first, second = await press(core, ada, "print(1)"), await press(core, ada, "print(2)")
    await make_class(core, hopper, alan)
    for stranger in (alan, hopper):
        for asked in (
            history.page(stranger, core, ada.user_id),
            history.one(stranger, core, first),
            history.compare(stranger, core, first, second),
            history.restore(stranger, core, first),
        ):
            with pytest.raises(NotFound):
                await asked
    with pytest.raises(NotSignedIn):
        await history.page(None, core, ada.user_id)
    await make_class(core, hopper, ada)
    assert len((await history.page(hopper, core, ada.user_id)).rows) == 2
    assert (await history.one(hopper, core, first)).source == "print(1)"
    with pytest.raises(NotFound):
        await history.restore(hopper, core, first)
