"""``python -m tests.e2e.stuck_run NAME``: a run of this student which a worker took and never ended, and whose lease
lasts so long that nothing brings it back by itself. Prints its id.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from uuid import uuid4

from sqlmodel import select

from coderunner_core.contract import RunKind, RunStatus
from coderunner_core.core import open_core
from coderunner_core.models import Run, User, utc_now
from coderunner_core.settings import load_settings

PRINTS = "put back at last"


async def make(name: str) -> str:
    """The run, with its program in the result store, as a press leaves it."""
    long_ago, run_id = utc_now() - timedelta(minutes=5), uuid4().hex
    async with open_core(load_settings()) as core:
        async with core.database.reading() as session:
            student = (await session.exec(select(User).where(User.name == name))).one()
        await core.results.put_pending(run_id, f"print({PRINTS!r})", "")
        async with core.database.writing() as session:
            session.add(
                Run(
                    id=run_id,
                    user_id=student.id,
                    problem_id="countdown",
                    problem_version="v1",
                    kind=RunKind.RUN,
                    status=RunStatus.RUNNING,
                    attempt=1,
                    worker="gone-host.4711.run.1.1",
                    created_at=long_ago,
                    started_at=long_ago,
                    lease_until=utc_now() + timedelta(hours=1),
                )
            )
    return run_id


if __name__ == "__main__":
    print(asyncio.run(make(sys.argv[1])))
