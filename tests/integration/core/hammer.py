"""One of several processes that read and write the same rows as fast as they can: ``python -m … URL TASKS TIMES``."""

from __future__ import annotations

import asyncio
import sys

from sqlmodel import func, select

from coderunner_core.contract import Outcome
from coderunner_core.database import Database
from coderunner_core.models import Run, UserProgress
from coderunner_core.services.learning import progress


async def strike(database: Database, times: int) -> None:
    """Count a submission, as the end of a run does, and read what a page reads."""
    for n in range(times):
        async with database.writing() as session:
            await progress.record(session, 1, "countdown", Outcome.WRONG_ANSWER, n)
        async with database.reading() as session:
            await session.exec(select(func.count()).select_from(Run))
            await session.get(UserProgress, (1, "countdown"))


async def main(url: str, tasks: int, times: int) -> None:
    database = Database(url)
    async with asyncio.TaskGroup() as group:
        for _ in range(tasks):
            group.create_task(strike(database, times))
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
