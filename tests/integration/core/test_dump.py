"""The way that docs/STORES.md shows for saving PostgreSQL: dumped while it is written to, restored, and compared."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest

from coderunner_core import migrations
from coderunner_core.database import Database
from scripts.setup.postgres_server import binaries
from tests import databases
from tests.unit.migrations import rows

pytestmark = pytest.mark.skipif(not databases.POSTGRESQL, reason="PostgreSQL only: make test-postgres")


def command(program: str, *words: str) -> None:
    """What an operator types, with the programs of the server's version."""
    found = binaries()
    assert found
    done = subprocess.run([str(found / program), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


async def write_on(database: Database, done: asyncio.Event) -> None:
    """Rows in every table, again and again."""
    known, first = await rows.tables(database), 4
    while not done.is_set():
        await rows.fill(database, known, first)
        first += 3


async def test_a_dump_made_while_it_is_written_to_is_one_moment_and_can_be_restored(tmp_path: Path) -> None:
    """Whole transactions only, into an empty database that this release then finds in order."""
    running = Database(databases.full_url_for(tmp_path / "running"))
    trial = Database(databases.full_url_for(tmp_path / "trial", empty=True))
    await rows.fill(running, await rows.tables(running))
    before, done = await databases.stored(running), asyncio.Event()
    writing = asyncio.create_task(write_on(running, done))
    await asyncio.to_thread(command, "pg_dump", "--format=custom", f"--file={tmp_path / 'school.dump'}", running.given)
    done.set()
    await writing
    await asyncio.to_thread(command, "pg_restore", f"--dbname={trial.given}", str(tmp_path / "school.dump"))
    await migrations.require_current(trial)
    saved = await databases.stored(trial)
    await running.close()
    await trial.close()
    assert {len(found) % 3 for found in saved.values()} == {0}
    assert all(set(before[table]) <= set(found) for table, found in saved.items())
