"""Reading the run table: what counts, over which days, and when it is too little."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.cost.measured import NotMeasured, measure
from coderunner_core.cost.usage import Usage
from coderunner_core.database import Database
from coderunner_core.errors import BadInput
from coderunner_core.models import Run, User
from tests.fakes import open_fake_core

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_fake_core(tmp_path) as core:
        async with core.database.writing() as session:
            session.add_all([User(name=name, display_name=name, password_hash="-") for name in ("ada", "alan")])
        yield core.database


def run(user_id: int = 1, *, hours_ago: float, kind: RunKind = RunKind.RUN, **changes: object) -> Run:
    """A run that waited 0.1 s, held a worker for 0.2 s and took 100 ms, 40 ms of them CPU time."""
    created = NOW - timedelta(hours=hours_ago)
    values: dict[str, object] = {
        "id": uuid4().hex,
        "user_id": user_id,
        "problem_id": "countdown",
        "problem_version": "v1",
        "kind": kind,
        "status": RunStatus.FINISHED,
        "outcome": Outcome.OK,
        "attempt": 1,
        "created_at": created,
        "started_at": created + timedelta(seconds=0.1),
        "finished_at": created + timedelta(seconds=0.3),
        "cpu_ms": 40,
        "wall_ms": 100,
    }
    return Run(**{**values, **changes})


async def fill(database: Database, *runs: Run) -> None:
    async with database.writing() as session:
        session.add_all(runs)


async def test_the_inputs_come_from_the_run_table(database: Database) -> None:
    """Two days, three user days (ada twice, alan once), 44 runs and 6 submissions: DAU 1.5, R = 44 / 3, S = 2.
    Overhead: 50 x 0.2 s / (50 x 0.1 s) = 2. The busiest hour had 30 of 50 presses: 30 / (50 / 48 h) = 28.8.
    """
    await fill(
        database,
        *(run(1, hours_ago=48) for _ in range(20)),
        *(run(2, hours_ago=48) for _ in range(10)),
        *(run(1, hours_ago=2) for _ in range(14)),
        *(run(1, hours_ago=2, kind=RunKind.SUBMIT) for _ in range(6)),
    )
    usage = await measure(database, now=NOW)
    assert isinstance(usage, Usage)
    assert (usage.days, usage.presses, usage.daily_users, usage.monthly_users) == (2, 50, 1.5, 2)
    assert usage.runs_per_user_day == pytest.approx(44 / 3)
    assert usage.submissions_per_user_day == 2
    assert usage.run.mean_s == pytest.approx(0.1)
    assert usage.submission.count == 6
    assert usage.overhead_factor == pytest.approx(2)
    assert usage.cpu_share == pytest.approx(0.4)
    assert usage.queue_wait_p95_s == pytest.approx(0.1)
    assert usage.peak_hour_factor == pytest.approx(28.8)


async def test_what_no_worker_executed_does_not_count(database: Database) -> None:
    """Neither what waits or runs, nor what was stopped before it started, nor our own failures, nor older days."""
    await fill(
        database,
        *(run(hours_ago=5) for _ in range(50)),
        run(hours_ago=5, status=RunStatus.PENDING, outcome=None, started_at=None, finished_at=None),
        run(hours_ago=5, status=RunStatus.RUNNING, outcome=None, finished_at=None),
        run(hours_ago=5, outcome=Outcome.CANCELLED, started_at=None),
        run(hours_ago=5, outcome=Outcome.INTERNAL_ERROR),
        run(hours_ago=100),
    )
    usage = await measure(database, days=2, now=NOW)
    assert isinstance(usage, Usage)
    assert (usage.days, usage.presses) == (2, 50)


async def test_the_tests_of_submissions_are_read(database: Database) -> None:
    """Those of a release before they were written down are left out."""
    submissions = [run(hours_ago=24, kind=RunKind.SUBMIT, tests=tests) for tests in (4, 8, 0)]
    await fill(database, *submissions, *(run(hours_ago=24) for _ in range(50)))
    usage = await measure(database, now=NOW)
    assert isinstance(usage, Usage)
    assert usage.tests_per_submission == 6


async def test_an_empty_installation_says_that_there_is_nothing_yet(database: Database) -> None:
    """Rather than dividing by zero."""
    found = await measure(database, now=NOW)
    assert isinstance(found, NotMeasured)
    assert "no program was run here" in found.message


async def test_the_first_hours_are_not_a_day(database: Database) -> None:
    """Forty programs in the first morning do not make forty a day."""
    await fill(database, *(run(hours_ago=3) for _ in range(60)))
    found = await measure(database, now=NOW)
    assert isinstance(found, NotMeasured)
    assert "less than 24 hours ago" in found.message


async def test_too_few_programs_are_counted_out(database: Database) -> None:
    """The message says how many there are and how many are needed."""
    await fill(database, *(run(hours_ago=24) for _ in range(49)))
    assert await measure(database, now=NOW) == NotMeasured("Not measured yet: 49 programs in 1 day(s); 50 are needed.")


async def test_programs_that_took_no_time_are_no_measure(database: Database) -> None:
    """Fifty syntax errors have no overhead factor."""
    await fill(database, *(run(hours_ago=24, wall_ms=0) for _ in range(50)))
    assert isinstance(await measure(database, now=NOW), NotMeasured)


async def test_with_too_many_programs_fewer_days_are_read(database: Database) -> None:
    """Whole days, the newest first; never a part of one."""
    await fill(database, *(run(hours_ago=48) for _ in range(60)), *(run(hours_ago=2) for _ in range(60)))
    usage = await measure(database, now=NOW, max_presses=100)
    assert isinstance(usage, Usage)
    assert (usage.days, usage.presses) == (1, 60)
    found = await measure(database, now=NOW, max_presses=59)
    assert isinstance(found, NotMeasured)
    assert "more than 59 programs" in found.message


@pytest.mark.parametrize("days", [0, -1, 91])
async def test_the_number_of_days_is_bounded(database: Database, days: int) -> None:
    """What is read stays bounded."""
    with pytest.raises(BadInput, match="from 1 to 90"):
        await measure(database, days=days)
