"""What a class changes for its students: the levels they see, and how often they may press."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind
from coderunner_core.core import Core
from coderunner_core.curriculum import AgeGroup, Curriculum, Level
from coderunner_core.errors import NotFound, TooMany
from coderunner_core.models import utc_now
from coderunner_core.services.learning import curriculum
from coderunner_core.services.running import allowances, runs
from coderunner_core.services.teaching import assignments, classes, join_codes
from coderunner_core.services.teaching.assignments import AssignmentDraft
from coderunner_core.services.teaching.class_views import QuotaOverride
from coderunner_core.services.teaching.classes import ClassSettings
from tests.fakes import open_fake_core, problem

FIRST, SECOND = "8-10/1-first-steps", "11-13/3-loops"
LESSONS = Curriculum(
    (
        AgeGroup("8-10", "8–10", "", (Level(FIRST, 1, "First steps", "", (problem("hello"), problem("sum"))),)),
        AgeGroup("11-13", "11–13", "", (Level(SECOND, 3, "Loops", "", (problem("countdown"), problem("even")),),)),
    )
)  # fmt: skip


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[Core]:
    async with open_fake_core(tmp_path, LESSONS) as opened:
        yield opened


async def _set(hopper: Actor, core: Core, class_id: int, levels: list[str] | None, **quotas: int) -> None:
    await classes.change_settings(hopper, core, class_id, ClassSettings(levels, False, QuotaOverride(**quotas)))


async def _another(hopper: Actor, core: Core, student: Actor) -> int:
    made = await classes.create(hopper, core, "Club")
    await join_codes.join(student, core, await join_codes.make(hopper, core, made))
    return made


async def _levels(actor: Actor | None, core: Core) -> list[str]:
    return [level.id for group in await curriculum.overview(actor, core) for level in group.levels]


async def test_a_student_sees_the_levels_of_their_class(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """Visitors and those who teach see all."""
    await _set(hopper, core, class_id, [FIRST])
    assert await _levels(ada, core) == [FIRST]
    assert await _levels(hopper, core) == await _levels(None, core) == [FIRST, SECOND]


async def test_a_problem_of_another_level_is_not_there(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """Neither to read nor to run."""
    await _set(hopper, core, class_id, [FIRST])
    with pytest.raises(NotFound, match="not come to this problem"):
        await curriculum.problem_page(ada, core, "countdown")
    with pytest.raises(NotFound):
        await runs.submit(ada, core, "countdown", RunKind.RUN, "print(1)")


async def test_what_is_set_is_there_all_the_same(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """And nothing beside it."""
    await _set(hopper, core, class_id, [FIRST])
    await assignments.create(hopper, core, class_id, AssignmentDraft("Early", ["countdown"]))
    page = await curriculum.problem_page(ada, core, "countdown")
    assert ([one.id for one in page.siblings], page.next_problem_id) == (["countdown"], "")
    assert (await runs.submit(ada, core, "countdown", RunKind.RUN, "print(1)")).status == "pending"


async def test_what_has_not_opened_is_not_there_yet(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """Not before its time."""
    await _set(hopper, core, class_id, [FIRST])
    tomorrow = utc_now() + timedelta(days=1)
    await assignments.create(hopper, core, class_id, AssignmentDraft("Later", ["countdown"], opens_at=tomorrow))
    with pytest.raises(NotFound):
        await curriculum.problem_page(ada, core, "countdown")


async def test_two_classes_show_what_either_shows(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """A class without a choice shows everything; an archived one has no say."""
    club = await _another(hopper, core, ada)
    await _set(hopper, core, class_id, [FIRST])
    assert await _levels(ada, core) == [FIRST, SECOND]
    await _set(hopper, core, club, [SECOND])
    assert await _levels(ada, core) == [FIRST, SECOND]
    await classes.archive(hopper, core, club)
    assert await _levels(ada, core) == [FIRST]


async def test_a_class_may_allow_more(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """What is left says so before one presses."""
    await _set(hopper, core, class_id, None, runs_per_minute=30, submissions_per_day=500)
    left = await allowances.left(ada, core)
    usual = core.settings
    assert (left.runs_this_minute, left.runs_today) == (30, usual.runs_per_day)
    assert (left.submissions_this_minute, left.submissions_today) == (usual.submissions_per_minute, 500)


async def test_a_class_may_allow_less(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """And the press is refused by it."""
    await _set(hopper, core, class_id, None, runs_per_minute=1)
    await runs.submit(ada, core, "countdown", RunKind.RUN, "print(1)")
    with pytest.raises(TooMany):
        await runs.submit(ada, core, "countdown", RunKind.RUN, "print(1)")


async def test_of_two_classes_the_more_generous_counts(core: Core, hopper: Actor, ada: Actor, class_id: int) -> None:
    """As long as it goes on."""
    club = await _another(hopper, core, ada)
    await _set(hopper, core, class_id, None, runs_per_minute=2)
    await _set(hopper, core, club, None, runs_per_minute=20)
    assert (await allowances.left(ada, core)).runs_this_minute == 20
    await classes.archive(hopper, core, club)
    assert (await allowances.left(ada, core)).runs_this_minute == 2


async def test_a_class_changes_nothing_for_those_who_teach(core: Core, hopper: Actor, class_id: int) -> None:
    """They have the quotas of their role."""
    await _set(hopper, core, class_id, None, runs_per_minute=1)
    usual = core.settings
    assert (await allowances.left(hopper, core)).runs_this_minute == usual.runs_per_minute * usual.staff_quota_factor
