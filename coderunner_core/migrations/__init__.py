"""The database's schema, step by step, and the two things one does with it: upgrade, and look whether that is due."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from coderunner_core import models
from coderunner_core.database import Database
from coderunner_core.errors import Misconfigured

__all__ = ["differences", "require_current", "upgrade"]

_METADATA = models.User.metadata


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema to a revision; running it again changes nothing."""
    async with database.writing() as session:
        connection = await session.connection()
        await connection.run_sync(lambda sync: command.upgrade(_config(sync), revision))


async def require_current(database: Database) -> None:
    """Raise Misconfigured when the schema is not the one that this release was written for."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    async with database.reading() as session:
        connection = await session.connection()
        found = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    if found != newest:
        raise Misconfigured(
            [f"the database's schema is {found or 'empty'}, needed is {newest}: python -m coderunner_core db upgrade"]
        )


async def differences(database: Database) -> list[object]:
    """What the models say and the migrated schema does not, or the other way round."""
    async with database.reading() as session:
        connection = await session.connection()
        return list(
            await connection.run_sync(lambda sync: compare_metadata(MigrationContext.configure(sync), _METADATA))
        )
