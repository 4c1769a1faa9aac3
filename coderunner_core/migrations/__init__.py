"""The database's schema, step by step, and what one does with it: go on, go back, look whether that is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from coderunner_core import models
from coderunner_core.database import Database, open_database
from coderunner_core.errors import Misconfigured, StoreAway
from coderunner_core.settings import Settings

__all__ = ["differences", "downgrade", "newest", "require_at_start", "require_current", "upgrade"]

log = logging.getLogger(__name__)

_TURN = 0x636F6465  # an arbitrary number that only those who change this schema lock
_TABLE_WAIT_S = 20

_METADATA = models.User.metadata


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _known() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}


def newest() -> str:
    """The revision that this release was written for."""
    return _scripts().get_current_head() or ""


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema on to a revision; running it again changes nothing, also by several at once."""
    await _alone(database, lambda sync: command.upgrade(_config(sync), revision))


async def downgrade(database: Database, revision: str) -> None:
    """Take the schema back to an earlier revision; its steps say what they lose. Misconfigured: unknown."""
    if revision not in ["base", *_known()]:
        raise Misconfigured([f"there is no revision {revision}; there are {', '.join(sorted(_known()))} and base"])
    await _alone(database, lambda sync: command.downgrade(_config(sync), revision))


async def _alone(database: Database, work: Callable[[Connection], None]) -> None:
    """Do it in one transaction, while everybody else who wants to change the schema waits."""
    unhurried = database.unhurried()
    try:
        async with unhurried.writing() as session:  # of a SQLite file there is one writer anyway
            connection = await session.connection()
            if not database.is_sqlite:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TURN})
                # A step that has to wait for a busy table keeps everybody behind it waiting, too.
                await connection.execute(text(f"SET LOCAL lock_timeout = '{_TABLE_WAIT_S}s'"))
            await connection.run_sync(work)
    finally:
        await unhurried.close()


async def require_current(database: Database) -> None:
    """Raise Misconfigured when this release cannot work with the schema.

    A newer schema is fine, and said in the log: while a new release is rolled out, the previous one goes on beside it.
    """
    known, wanted = _known(), newest()
    async with database.reading() as session:
        connection = await session.connection()
        found = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    if found == wanted:
        return
    if found is not None and found not in known and found > wanted:
        log.warning("the database's schema is newer than this release", extra={"schema": found, "release": wanted})
        return
    raise Misconfigured(
        [f"the database's schema is {found or 'empty'}, needed is {wanted}: python -m coderunner_core db upgrade"]
    )


async def require_at_start(settings: Settings) -> None:
    """As require_current, for a process that starts; a database that is away just now stops nobody."""
    database = open_database(settings, guarded=True)
    try:
        await require_current(database)
    except StoreAway:
        log.warning("the schema was not checked: the database cannot be reached")
    finally:
        await database.close()


async def differences(database: Database) -> list[object]:
    """What the models say and the migrated schema does not, or the other way round."""
    async with database.reading() as session:
        connection = await session.connection()
        return list(
            await connection.run_sync(lambda sync: compare_metadata(MigrationContext.configure(sync), _METADATA))
        )
