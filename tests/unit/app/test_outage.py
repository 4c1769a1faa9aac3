"""The pages while the database is away: open from what is known, and read again by themselves when it is back."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from coderunner_app import current
from coderunner_app.outage import Outages
from coderunner_app.state.curriculum import CurriculumState
from coderunner_app.state.landing import LandingState
from coderunner_app.state.problem import ProblemState
from coderunner_app.state.session import SessionState
from coderunner_core import migrations
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome
from coderunner_core.core import Core
from coderunner_core.database import Database
from coderunner_core.services.learning import drafts, progress
from tests.fakes import FakeQueue
from tests.unit.app.rig import Rig

PROBLEM = {"path": "/problem/countdown"}
CURRICULUM = {"path": "/curriculum"}


@contextlib.asynccontextmanager
async def _database_away(core: Core, folder: Path) -> AsyncIterator[None]:
    """The same platform, whose database file cannot be opened."""
    (folder / "no-folder").write_text("")
    away = Database(f"sqlite+aiosqlite:///{folder}/no-folder/file.db", guarded=True)
    current.use(dataclasses.replace(core, database=away))
    yield
    current.use(core)
    await away.close()


async def test_the_curriculum_opens_with_the_progress_that_was_last_known(
    rig: Rig, core: Core, ada: Actor, as_ada: str, tmp_path: Path
) -> None:
    """And the page says so."""
    async with core.database.writing() as session:
        await progress.record(session, ada.user_id, "countdown", Outcome.ACCEPTED, 100)
    await rig.fire(CurriculumState.load(), **CURRICULUM, cookie=as_ada, page="before")
    async with _database_away(core, tmp_path):
        await rig.fire(SessionState.load(), **CURRICULUM, cookie=as_ada)
        await rig.fire(CurriculumState.load(), **CURRICULUM, cookie=as_ada)
    header, page = await rig.state(SessionState), await rig.state(CurriculumState)
    assert (page.ready, page.groups[0].solved, header.display_name) == (True, 1, "Ada")
    assert "cannot be reached" in header.away


async def test_the_curriculum_opens_without_progress_where_none_is_known(
    rig: Rig, core: Core, as_ada: str, tmp_path: Path
) -> None:
    """A process that has just started knows nobody; it does not ask people to sign in, since they are."""
    async with _database_away(core, tmp_path):
        await rig.fire(SessionState.load(), **CURRICULUM, cookie=as_ada)
        await rig.fire(CurriculumState.load(), **CURRICULUM, cookie=as_ada)
    header, page = await rig.state(SessionState), await rig.state(CurriculumState)
    assert (page.ready, page.groups[0].total, header.ready, page.trouble, rig.redirects) == (True, 2, False, "", [])


async def test_visitors_notice_nothing(rig: Rig, core: Core, tmp_path: Path) -> None:
    """The curriculum is files."""
    async with _database_away(core, tmp_path):
        await rig.fire(SessionState.load(), **CURRICULUM)
        await rig.fire(CurriculumState.load(), **CURRICULUM)
        await rig.fire(LandingState.load())
    assert ((await rig.state(SessionState)).away, (await rig.state(CurriculumState)).groups[0].total) == ("", 2)


async def test_a_problem_opens_and_its_run_is_refused_in_words(
    rig: Rig, core: Core, as_ada: str, tmp_path: Path
) -> None:
    """A session that only its signature vouches for starts no program."""
    async with _database_away(core, tmp_path):
        await rig.fire(ProblemState.load(), **PROBLEM, cookie=as_ada)
        opened = await rig.state(ProblemState)
        assert (opened.ready, opened.problem.id, opened.trouble) == (True, "countdown", "")
        await rig.fire(ProblemState.run_program("print(1)", ""), **PROBLEM, cookie=as_ada)
    page = await rig.state(ProblemState)
    assert page.trouble.startswith("Programs cannot be run just now.")
    assert isinstance(core.queue, FakeQueue)
    assert core.queue.jobs == []


async def test_a_forged_session_is_refused_also_without_a_database(
    rig: Rig, core: Core, as_ada: str, tmp_path: Path
) -> None:
    """Its signature is wrong, whatever is away."""
    async with _database_away(core, tmp_path):
        await rig.fire(ProblemState.load(), **PROBLEM, cookie=as_ada[:-4] + "AAAA")
    assert set(rig.redirects) == {"/sign-in?next=%2Fproblem%2Fcountdown"}


async def test_typing_does_not_replace_a_draft_that_could_not_be_read(
    rig: Rig, core: Core, ada: Actor, as_ada: str, tmp_path: Path
) -> None:
    """The page began at the start; when the database is back, it is given the draft first."""
    await drafts.save(ada, core, "countdown", "# an hour of work")
    async with _database_away(core, tmp_path):
        await rig.fire(ProblemState.load(), **PROBLEM, cookie=as_ada)
        assert (await rig.state(ProblemState)).draft["unknown"]
    await rig.fire(ProblemState.save_draft("countdown", "# typed meanwhile", "", 1), **PROBLEM, cookie=as_ada)
    stored = await drafts.load(ada, core, "countdown")
    page = await rig.state(ProblemState)
    assert stored is not None
    assert (stored.source, page.draft["source"], page.saved) == ("# an hour of work", "# an hour of work", {})


async def test_a_save_that_finds_nobody_is_asked_for_again(rig: Rig, core: Core, as_ada: str, tmp_path: Path) -> None:
    """The browser keeps what was typed until the server has it; that is no trouble for whoever types."""
    await rig.fire(ProblemState.load(), **PROBLEM, cookie=as_ada)
    async with _database_away(core, tmp_path):
        await rig.fire(ProblemState.save_draft("countdown", "# typed", "", 1), **PROBLEM, cookie=as_ada)
    page = await rig.state(ProblemState)
    assert (page.saved, page.trouble) == ({"problem": "countdown", "serial": 1, "again": True}, "")


async def test_pages_read_again_when_the_database_is_back(tmp_path: Path) -> None:
    """Each state of each page that was opened meanwhile, once; and the schema is looked at before anybody is let in."""
    folder = tmp_path / "data"
    folder.write_text("in the way")
    database = Database(f"sqlite+aiosqlite:///{folder}/file.db", guarded=True)
    outages, sent = Outages(), []

    async def send(token: str, event: Any) -> None:
        sent.append((token, event.handler.fn.__qualname__))

    outages.wait("page", "curriculum", CurriculumState.load())  # type: ignore[operator]
    outages.wait("page", "curriculum", CurriculumState.load())  # type: ignore[operator]
    outages.wait("page", "session", SessionState.load())  # type: ignore[operator]
    async with outages.watching(database, send):
        await asyncio.wait_for(database.went_away.wait(), 5)
        folder.unlink()
        folder.mkdir()
        migrated = Database(f"sqlite+aiosqlite:///{folder}/file.db")
        await migrations.upgrade(migrated)
        await migrated.close()
        async with asyncio.timeout(10):
            while len(sent) < 2:
                await asyncio.sleep(0.02)
    assert (sent, database.is_away) == (
        [("page", "CurriculumState.load"), ("page", "SessionState.load")], False
    )  # fmt: skip
    await database.close()


@pytest.mark.parametrize("state", [SessionState, CurriculumState, ProblemState])
async def test_what_was_opened_without_the_database_waits_for_it(
    state: Any, rig: Rig, core: Core, as_ada: str, tmp_path: Path
) -> None:
    """Every state that could not read asks to be told."""
    from coderunner_app.outage import outages

    async with _database_away(core, tmp_path):
        await rig.fire(state.load(), **PROBLEM, cookie=as_ada, page="waits")
    told: list[str] = []

    async def send(token: str, _event: Any) -> None:
        told.append(token)

    await outages._tell(send)
    assert "waits" in told
