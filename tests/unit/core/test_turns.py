"""The same press from many places in one moment: what is read before it is written is right on either database."""

from __future__ import annotations

import asyncio
from pathlib import Path

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, TooMany
from coderunner_core.models import Role
from coderunner_core.services.learning import drafts, progress
from coderunner_core.services.people import accounts, sessions
from coderunner_core.services.running import runs, verdicts
from coderunner_core.services.teaching import class_lists, classes, join_codes
from tests.fakes import open_fake_core

AT_ONCE = 8


async def outcomes(*work: object) -> list[str]:
    """What became of each, in words: the class of what was raised, or "done"."""
    done = await asyncio.gather(*work, return_exceptions=True)  # type: ignore[call-overload]
    return sorted(type(one).__name__ if isinstance(one, BaseException) else "done" for one in done)


async def test_of_many_presses_at_once_as_many_are_accepted_as_may_wait(core: Core, ada: Actor) -> None:
    """Counted and stored in one turn."""
    presses = [runs.submit(ada, core, "countdown", RunKind.RUN, "print(1)", "") for _ in range(5)]
    allowed = core.settings.queued_runs_per_user
    assert await outcomes(*presses) == sorted(["done"] * allowed + [TooMany.__name__] * (5 - allowed))


async def test_submissions_that_end_at_once_are_all_counted(tmp_path: Path) -> None:
    """Each reads the number of tries and adds one."""
    async with open_fake_core(tmp_path, queued_runs_per_user=AT_ONCE, submissions_per_minute=AT_ONCE) as core:
        ada = await accounts.register(core, "ada", "Ada", "correct horse", ip="10.0.0.1")
        made = [await runs.submit(ada, core, "countdown", RunKind.SUBMIT, "print(1)", "") for _ in range(AT_ONCE)]
        await asyncio.gather(*(verdicts.finish(core, run.id, Verdict(Outcome.ACCEPTED, score=100)) for run in made))
        assert (await progress.for_user(ada, core))["countdown"].attempts == AT_ONCE


async def test_a_draft_saved_from_many_pages_at_once_counts_every_version(core: Core, ada: Actor) -> None:
    """The first ones, too, when there is no row yet."""
    await asyncio.gather(*(drafts.save(ada, core, "countdown", f"x = {n}") for n in range(AT_ONCE)))
    kept = await drafts.load(ada, core, "countdown")
    assert kept is not None
    assert kept.version == AT_ONCE


async def test_joining_twice_in_one_moment_is_joining_once(core: Core, hopper: Actor, ada: Actor) -> None:
    """A double click."""
    class_id = await classes.create(hopper, core, "7b")
    code = await join_codes.make(hopper, core, class_id)
    assert await outcomes(*(join_codes.join(ada, core, code) for _ in range(4))) == ["done"] * 4
    assert len((await class_lists.detail(hopper, core, class_id)).students) == 1


async def test_the_last_place_of_a_class_is_taken_once(tmp_path: Path) -> None:
    """However many want it in the same moment."""
    async with open_fake_core(tmp_path, students_per_class=1) as core:
        teacher = accounts.as_actor(
            await accounts.create_user(core, "hopper", "Ms Hopper", "correct horse", Role.TEACHER)
        )
        names = ("ada", "alan", "grace")
        students = [await accounts.register(core, name, name, "correct horse", ip="10.0.0.1") for name in names]
        code = await join_codes.make(teacher, core, await classes.create(teacher, core, "7b"))
        joined = await outcomes(*(join_codes.join(one, core, code) for one in students))
        assert joined == sorted([BadInput.__name__, BadInput.__name__, "done"])


async def test_signing_out_twice_in_one_moment_is_signing_out(core: Core, ada: Actor) -> None:
    """Two tabs."""
    token = await sessions.issue(ada, core)
    assert await outcomes(*(sessions.revoke(core, token) for _ in range(4))) == ["done"] * 4
