"""An installation of an earlier release is brought to this one, and everybody finds what they left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from coderunner_core import migrations
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, Verdict
from coderunner_core.core import Core
from coderunner_core.database import Database
from coderunner_core.services.learning import drafts, progress
from coderunner_core.services.people import accounts
from coderunner_core.services.reviewing import comments, history
from coderunner_core.services.running import runs, verdicts
from coderunner_core.services.teaching import class_lists
from coderunner_core.services.watching import live
from tests import databases
from tests.fakes import open_fake_core
from tests.unit.migrations import released_data
from tests.unit.migrations.save_release import PASSWORD
from tests.unit.migrations.test_steps import REVISIONS

WITH_CLASSES = [release for release in released_data.RELEASES if release >= "0002"]


@pytest.fixture(params=released_data.RELEASES)
async def core(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Core]:
    """This release on the database of an earlier one."""
    url = databases.full_url_for(tmp_path, empty=True)
    database = Database(url)
    await migrations.upgrade(database, request.param)
    await released_data.load(database, request.param)
    await migrations.upgrade(database)
    await database.close()
    async with open_fake_core(tmp_path, database_url=url) as opened:
        yield opened


@pytest.fixture
async def ada(core: Core) -> Actor:
    return await accounts.sign_in(core, "ada", PASSWORD, ip="10.0.0.1")


def test_every_release_left_its_data_here() -> None:
    """All steps but one that is not released yet; save_release.py writes it."""
    assert released_data.RELEASES in (REVISIONS, REVISIONS[:-1])


async def test_what_was_solved_is_solved(core: Core, ada: Actor) -> None:
    """Signed in with the password of before."""
    found = await progress.for_user(ada, core)
    assert {one: (seen.status, seen.best_score, seen.attempts) for one, seen in found.items()} == {
        "countdown": ("solved", 100, 1),
        "even-numbers": ("tried", 25, 1),
    }


async def test_what_was_run_is_in_the_history_with_its_program(core: Core, ada: Actor) -> None:
    """Output to the byte, in a format that an earlier release wrote."""
    page = await history.page(ada, core, ada.user_id)
    assert sorted(row.outcome for row in page.rows) == ["", "", "accepted", "ok", "wrong_answer"]
    (ran,) = [row.run_id for row in page.rows if row.outcome == "ok"]
    detail = await history.one(ada, core, ran)
    assert (detail.source, detail.stdin, detail.run.stdout, detail.run.cpu_ms) == (
        "print('hello')",
        "3\n",
        "né€\n",
        12,
    )


async def test_what_waited_is_run_and_what_a_dead_worker_had_too(core: Core, ada: Actor) -> None:
    """The upgrade came in the middle of them."""
    assert await verdicts.release(core, "a worker that died") == 1
    waiting = [row.run_id for row in (await history.page(ada, core, ada.user_id)).rows if row.status != "finished"]
    claims = [await verdicts.claim(core, run_id, "worker") for run_id in waiting]
    assert {one.source for one in claims if one} == {"print('taken')", "print('waiting')"}
    for run_id in waiting:
        await verdicts.finish(core, run_id, Verdict(Outcome.OK, stdout="done"))
    assert {(await runs.view(ada, core, run_id)).stdout for run_id in waiting} == {"done"}


async def test_what_was_typed_is_there(core: Core, ada: Actor) -> None:
    """And is typed on."""
    draft = await drafts.load(ada, core, "countdown")
    assert draft is not None
    assert (draft.source, draft.stdin) == ("print('typed')", "7\n")
    assert (await drafts.save(ada, core, "countdown", "print('more')", "")).version == draft.version + 1


@pytest.mark.parametrize("core", WITH_CLASSES, indirect=True)
async def test_a_class_goes_on(core: Core, ada: Actor) -> None:
    """With its student, her square, what is set and what was said."""
    hopper = await accounts.sign_in(core, "hopper", PASSWORD, ip="10.0.0.1")
    (card,) = await class_lists.mine(hopper, core)
    board = await live.open(hopper, core, card.id)
    assert [student.name for student in board.students] == ["Ada"]
    talk = await comments.thread(ada, core, ada.user_id, "countdown")
    assert [one.body for one in talk] == ["Well done."]
