"""What pages are given of the curriculum: progress of the reader, and nothing of hidden tests."""

from __future__ import annotations

import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import NotFound
from coderunner_core.services.learning import curriculum
from coderunner_core.services.running import runs, verdicts


async def solve(core: Core, actor: Actor) -> None:
    run = await runs.submit(actor, core, "countdown", RunKind.SUBMIT, "print(1)")
    await verdicts.finish(core, run.id, Verdict(Outcome.ACCEPTED, score=100))


async def test_the_overview_counts_what_the_reader_solved(core: Core, ada: Actor, alan: Actor) -> None:
    """Ada's solution is not Alan's."""
    await solve(core, ada)
    (hers,), (his,) = await curriculum.overview(ada, core), await curriculum.overview(alan, core)
    assert (hers.solved, hers.total, hers.levels[0].problems[0].status) == (1, 2, "solved")
    assert (his.solved, his.levels[0].problems[0].status) == (0, "not_started")


async def test_anyone_may_read_the_curriculum(core: Core) -> None:
    """Without progress."""
    (group,) = await curriculum.overview(None, core)
    assert (group.solved, group.total) == (0, 2)
    assert (await curriculum.problem_page(None, core, "countdown")).progress.status == "not_started"


async def test_a_problem_page_tells_of_hidden_tests_only_how_many(core: Core, ada: Actor) -> None:
    """Neither their input, nor their answer, nor any solution."""
    page = await curriculum.problem_page(ada, core, "countdown")
    assert (page.visible_tests, page.hidden_tests) == (1, 1)
    assert [(one.given, one.expected) for one in page.examples] == [("3\n", "3\n2\n1\n")]
    assert "secret-expected" not in repr(page)
    assert "77" not in repr(page)
    assert "the reference" not in repr(page)


async def test_a_problem_page_knows_its_place(core: Core) -> None:
    """Where it stands, what stands beside it and what comes next."""
    page = await curriculum.problem_page(None, core, "countdown")
    assert (page.age_group_id, page.level_number, page.level_title) == ("11-13", 3, "Loops")
    assert ([one.id for one in page.siblings], page.next_problem_id) == (["countdown", "even-numbers"], "even-numbers")
    assert (await curriculum.problem_page(None, core, "even-numbers")).next_problem_id == ""


async def test_an_unknown_problem_has_no_page(core: Core) -> None:
    """NotFound, in words."""
    with pytest.raises(NotFound, match="no such problem"):
        await curriculum.problem_page(None, core, "nothing")
