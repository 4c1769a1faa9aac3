"""The hourly round: what is kept, what expires, what is deleted, and that one process does it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, update

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Stream, Verdict
from coderunner_core.core import Core
from coderunner_core.models import Comment, Enrolment, Run, SchoolClass, StoredResult, utc_now
from coderunner_core.objects.keys import new_key
from coderunner_core.services.running import runs, verdicts
from coderunner_core.services.upkeep import housekeeping
from coderunner_core.services.upkeep.housekeeping import Tidied
from tests.fakes import open_fake_core


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[Core]:
    async with open_fake_core(tmp_path, inline_output_bytes=1_024, keep_days=90) as opened:
        yield opened


async def submitted(core: Core, actor: Actor, score: int, kind: RunKind = RunKind.SUBMIT) -> str:
    run = await runs.submit(actor, core, "countdown", kind, f"print({score})")
    outcome = Outcome.ACCEPTED if score == 100 else Outcome.WRONG_ANSWER
    await verdicts.finish(core, run.id, Verdict(outcome, score=score))
    return run.id


async def enrol(core: Core, actor: Actor) -> None:
    async with core.database.writing() as session:
        session.add(SchoolClass(id=1, name="7b"))
        await session.flush()
        session.add(Enrolment(class_id=1, user_id=actor.user_id))


async def age(core: Core, days: float) -> None:
    """Let every run and body be so many days older."""
    past = timedelta(days=days)
    async with core.database.writing() as session:
        for run in await session.exec(Run.__table__.select()):  # type: ignore[attr-defined]
            await session.exec(update(Run).where(col(Run.id) == run.id).values(created_at=run.created_at - past))
        for body in await session.exec(StoredResult.__table__.select()):  # type: ignore[attr-defined]
            if body.expires_at is not None:
                row = update(StoredResult).where(col(StoredResult.run_id) == body.run_id)
                await session.exec(row.values(expires_at=body.expires_at - past))


async def test_what_a_teacher_needs_outlives_its_days(core: Core, ada: Actor) -> None:
    """The accepted one and the newest stay, what was tried in between goes."""
    await enrol(core, ada)
    tried, accepted, newest = [await submitted(core, ada, score) for score in (40, 100, 60)]
    await housekeeping.tidy(core)
    await age(core, 30)
    assert await housekeeping.tidy(core) == Tidied(kept=0, released=0, expired=1, orphans=0, log_entries=0)
    assert set(await core.results.get_many([tried, accepted, newest])) == {accepted, newest}


async def test_what_a_comment_is_about_outlives_its_days(core: Core, ada: Actor) -> None:
    """Also a plain run."""
    await enrol(core, ada)
    run_id = await submitted(core, ada, 0, RunKind.RUN)
    async with core.database.writing() as session:
        session.add(Comment(student_id=ada.user_id, problem_id="countdown", run_id=run_id, body="Look here."))
    await housekeeping.tidy(core)
    await age(core, 30)
    await housekeeping.tidy(core)
    assert await core.results.get(run_id) is not None


async def test_a_better_submission_releases_the_one_before(core: Core, ada: Actor) -> None:
    """It has its seven days from then on, and goes."""
    await enrol(core, ada)
    first = await submitted(core, ada, 40)
    await housekeeping.tidy(core)
    await age(core, 30)
    await submitted(core, ada, 100)
    assert (await housekeeping.tidy(core)).released == 1
    assert await core.results.get(first) is not None
    await age(core, 7.1)
    assert (await housekeeping.tidy(core)).expired == 1
    assert await core.results.get(first) is None


async def test_a_student_in_no_class_has_their_days_and_no_more(core: Core, ada: Actor) -> None:
    """Whoever learns alone keeps their drafts and progress; bodies go."""
    run_id = await submitted(core, ada, 100)
    await housekeeping.tidy(core)
    await age(core, 7.1)
    await housekeeping.tidy(core)
    assert await core.results.get(run_id) is None


async def test_an_archived_class_keeps_for_some_days(core: Core, ada: Actor) -> None:
    """KEEP_DAYS after it was archived the work is released."""
    await enrol(core, ada)
    await submitted(core, ada, 100)
    released = []
    await housekeeping.tidy(core)
    for days_ago in (89, 91):
        async with core.database.writing() as session:
            archived_at = utc_now() - timedelta(days=days_ago)
            await session.exec(update(SchoolClass).values(archived_at=archived_at))
        released.append((await housekeeping.tidy(core)).released)
    assert released == [0, 1]


async def test_a_second_round_changes_nothing(core: Core, ada: Actor) -> None:
    """It can be interrupted and repeated."""
    await enrol(core, ada)
    await submitted(core, ada, 100)
    assert (await housekeeping.tidy(core)).kept == 1
    assert await housekeeping.tidy(core) == Tidied(0, 0, 0, 0, 0)


async def test_objects_whose_body_is_gone_are_deleted(core: Core, ada: Actor, tmp_path: Path) -> None:
    """Once they are old enough that their body cannot be on its way; others stay."""
    run_id = await submitted(core, ada, 40)
    orphan, owned, young = (new_key(one, Stream.STDOUT) for one in ("a" * 32, run_id, "b" * 32))
    for key in (orphan, owned, young):
        await core.objects.put(key, b"x")
    long_ago = utc_now().timestamp() - 7_200
    for key in (orphan, owned):
        os.utime(tmp_path / "objects" / key, (long_ago, long_ago))
    assert (await housekeeping.tidy(core)).orphans == 1
    assert {one.key async for portion in core.objects.list() for one in portion} == {owned, young}


async def test_of_several_supervisors_one_tidies(core: Core) -> None:
    """The others find the lease taken."""
    assert (await housekeeping.tidy_when_due(core) is not None, await housekeeping.tidy_when_due(core)) == (True, None)
