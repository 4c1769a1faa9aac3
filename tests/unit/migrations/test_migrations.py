"""The schema that the steps build is the schema that the models describe."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlmodel import SQLModel, select

from coderunner_core import migrations
from coderunner_core.database import Database
from coderunner_core.errors import Misconfigured
from coderunner_core.models import Activity
from tests import databases
from tests.unit.migrations.schema import described


@pytest.fixture
async def database(tmp_path: Path):
    opened = Database(databases.full_url_for(tmp_path, empty=True))
    yield opened
    await opened.close()


@pytest.fixture
async def from_models(tmp_path: Path):
    """A database with the tables as the models alone describe them."""
    opened = Database(databases.full_url_for(tmp_path / "models", empty=True))
    async with opened.writing() as session:
        await (await session.connection()).run_sync(_create)
    yield opened
    await opened.close()


def _create(sync: Connection) -> None:
    SQLModel.metadata.create_all(sync)


async def test_models_and_migrations_do_not_differ(database: Database, from_models: Database) -> None:
    """Whoever changes a model writes the step that goes with it; what Alembic sees, and what it does not look at."""
    await migrations.upgrade(database)
    assert await migrations.differences(database) == []
    assert await described(database) == await described(from_models)


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("ALTER TABLE run ADD COLUMN colour VARCHAR(8)", "run"),
        ("DROP INDEX ix_run_created", "run"),
        ("CREATE TABLE stray (id INTEGER)", "stray"),
    ],
)
async def test_what_a_step_does_and_no_model_says_is_found(database: Database, change: str, table: str) -> None:
    """A comparison that finds nothing would pass, too."""
    await migrations.upgrade(database)
    await _execute(database, change)
    (difference,) = await migrations.differences(database)
    assert table in str(difference)


async def test_an_index_that_lost_its_condition_is_found(database: Database, from_models: Database) -> None:
    """Alembic does not look at conditions, and this index without its own is one of every run."""
    await migrations.upgrade(database)
    await _execute(database, "DROP INDEX ix_run_kept", "CREATE INDEX ix_run_kept ON run (user_id)")
    found, wanted = await described(database), await described(from_models)
    assert [table for table in wanted if found[table] != wanted[table]] == ["run"]


async def _execute(database: Database, *statements: str) -> None:
    async with database.writing() as session:
        for statement in statements:
            await (await session.connection()).execute(text(statement))


async def test_upgrading_twice_changes_nothing(database: Database) -> None:
    """`make run` does it at every start."""
    await migrations.upgrade(database)
    await migrations.upgrade(database)
    await migrations.require_current(database)


async def test_an_old_schema_is_named_together_with_the_command(database: Database) -> None:
    """A start against it stops."""
    with pytest.raises(Misconfigured, match="db upgrade"):
        await migrations.require_current(database)


async def test_what_was_solved_before_classes_came_has_its_square(database: Database) -> None:
    """The class page reads one row of activity for each problem that somebody has begun, however long ago."""
    await migrations.upgrade(database, "0001")
    at = "'2026-01-05 10:00:00+00:00'"
    async with database.writing() as session:
        connection = await session.connection()
        await connection.exec_driver_sql(
            "INSERT INTO user_account (id, name, display_name, role, password_hash, created_at)"
            f" VALUES (1, 'ada', 'Ada', 'student', '', {at})"
        )
        await connection.exec_driver_sql(
            "INSERT INTO user_progress (user_id, problem_id, status, best_score, attempts, first_tried_at, updated_at)"
            f" VALUES (1, 'countdown', 'tried', 40, 3, {at}, {at})"
        )
    await migrations.upgrade(database)
    async with database.reading() as session:
        rows = (await session.exec(select(Activity))).all()
    assert [(row.user_id, row.problem_id, row.submissions, row.failures_in_row) for row in rows] == [
        (1, "countdown", 3, 0)
    ]
