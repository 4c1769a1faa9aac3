"""Every step of the schema, on and back, with rows in all tables."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from coderunner_core import migrations
from coderunner_core.database import Database
from coderunner_core.errors import Misconfigured
from coderunner_core.models import StoredResult, User, utc_now
from tests import databases
from tests.unit.migrations import rows

REVISIONS = sorted(path.name.split("_")[0] for path in Path(migrations.__file__).parent.glob("versions/[0-9]*.py"))
STEPS = list(pairwise(REVISIONS))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(databases.full_url_for(tmp_path, empty=True))
    yield opened
    await opened.close()


@pytest.mark.parametrize(("before", "after"), STEPS)
async def test_a_step_on_loses_no_row(database: Database, before: str, after: str) -> None:
    """Whatever the tables held, they hold."""
    await migrations.upgrade(database, before)
    known = await rows.tables(database)
    await rows.fill(database, known)
    held = await rows.read(database, known)
    await migrations.upgrade(database, after)
    assert await rows.read(database, known) == held


@pytest.mark.parametrize(("before", "after"), STEPS)
async def test_a_step_back_keeps_what_the_older_schema_can_hold(database: Database, before: str, after: str) -> None:
    """Also what was written while the newer one was there."""
    await migrations.upgrade(database, before)
    known = await rows.tables(database)
    await rows.fill(database, known)
    await migrations.upgrade(database, after)
    await rows.fill(database, await rows.tables(database), first=4)
    held = await rows.read(database, known)
    await migrations.downgrade(database, before)
    assert await rows.read(database, known) == held


@pytest.mark.parametrize(("before", "after"), STEPS)
async def test_the_previous_release_goes_on_writing(database: Database, before: str, after: str) -> None:
    """While a new release is rolled out, processes that know only the old columns work beside it."""
    await migrations.upgrade(database, before)
    known = await rows.tables(database)
    await migrations.upgrade(database, after)
    await rows.fill(database, known)
    assert {len(found) for found in (await rows.read(database, known)).values()} == {3}


@pytest.mark.parametrize("revision", REVISIONS)
async def test_there_and_back_again_is_the_same_schema(database: Database, revision: str) -> None:
    """From each revision to nothing and to the newest."""
    await migrations.upgrade(database, revision)
    await migrations.downgrade(database, "base")
    assert (await rows.tables(database)).sorted_tables == []
    await migrations.upgrade(database)
    assert await migrations.differences(database) == []


async def test_what_was_kept_by_rule_has_an_end_in_the_older_schema(database: Database) -> None:
    """It knows no result without one."""
    await migrations.upgrade(database, "0002")
    created = utc_now() - timedelta(days=1)
    async with database.writing() as session:
        session.add(User(name="ada", display_name="Ada", password_hash="-"))
        session.add(StoredResult(run_id="r1", source="x", created_at=created, expires_at=None))
    await migrations.downgrade(database, "0001")
    async with database.reading() as session:
        ended = (await session.exec(text("SELECT count(*) FROM execution_result WHERE expires_at = created_at"))).one()
    assert ended == (1,)


async def test_a_revision_that_is_not_known_is_refused(database: Database) -> None:
    """With those that are."""
    with pytest.raises(Misconfigured, match="0001"):
        await migrations.downgrade(database, "9999")


async def test_a_release_goes_on_beside_its_successor_and_says_so(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """A process that restarts in the middle of a rolling deploy must not stay away."""
    await migrations.upgrade(database)
    await _mark(database, "9999")
    with caplog.at_level(logging.WARNING):
        await migrations.require_current(database)
    assert [record.message for record in caplog.records] == ["the database's schema is newer than this release"]


async def test_a_schema_that_is_too_old_stops_the_start(database: Database) -> None:
    """Older than the release, but not empty."""
    await migrations.upgrade(database, REVISIONS[0])
    with pytest.raises(Misconfigured, match=f"is {REVISIONS[0]}, needed is {REVISIONS[-1]}"):
        await migrations.require_current(database)


async def _mark(database: Database, revision: str) -> None:
    async with database.writing() as session:
        await session.exec(text("UPDATE alembic_version SET version_num = :revision"), params={"revision": revision})
