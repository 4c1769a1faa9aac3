"""The schema that the steps build is the schema that the models describe."""

from __future__ import annotations

from pathlib import Path

import pytest

from coderunner_core import migrations
from coderunner_core.database import Database
from coderunner_core.errors import Misconfigured
from tests import databases


@pytest.fixture
async def database(tmp_path: Path):
    opened = Database(databases.full_url_for(tmp_path, empty=True))
    yield opened
    await opened.close()


async def test_models_and_migrations_do_not_differ(database: Database) -> None:
    """Whoever changes a model writes the step that goes with it."""
    await migrations.upgrade(database)
    assert await migrations.differences(database) == []


async def test_upgrading_twice_changes_nothing(database: Database) -> None:
    """`make run` does it at every start."""
    await migrations.upgrade(database)
    await migrations.upgrade(database)
    await migrations.require_current(database)


async def test_an_old_schema_is_named_together_with_the_command(database: Database) -> None:
    """A start against it stops."""
    with pytest.raises(Misconfigured, match="db upgrade"):
        await migrations.require_current(database)
