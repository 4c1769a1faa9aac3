"""Two web processes and three workers on one database, all writing at once: nobody fails, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from coderunner_core.database import Database
from coderunner_core.models import User, UserProgress
from tests import databases

WITHIN_S = 240
PROCESSES, TASKS, TIMES = 5, 3, 20


def start(url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.core.hammer", url, str(TASKS), str(TIMES)],
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


async def test_what_many_processes_count_in_one_row_is_what_they_did(tmp_path: Path) -> None:
    """Each reads the number, adds one and writes it: 300 times, 15 at once."""
    url = databases.full_url_for(tmp_path)
    database = Database(url)
    async with database.writing() as session:
        session.add(User(name="ada", display_name="Ada", password_hash="-"))
    started = [start(url) for _ in range(PROCESSES)]
    said = [process.communicate(timeout=WITHIN_S)[0] for process in started]
    async with database.reading() as session:
        row = await session.get(UserProgress, (1, "countdown"))
    await database.close()
    assert [process.returncode for process in started] == [0] * PROCESSES, said
    assert row is not None
    assert (row.attempts, row.best_score) == (PROCESSES * TASKS * TIMES, TIMES - 1)
