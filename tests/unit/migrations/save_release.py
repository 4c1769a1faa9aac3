"""Saves what a release writes, so that every later one is tried with it: run once, at the release.

python -m tests.unit.migrations.save_release        # writes tests/unit/migrations/releases/<newest step>.json
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from coderunner_core import migrations
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.models import Role, utc_now
from coderunner_core.services.learning import drafts
from coderunner_core.services.people import accounts, sessions
from coderunner_core.services.reviewing import comments
from coderunner_core.services.running import runs, verdicts
from coderunner_core.services.teaching import assignments, classes, join_codes
from tests.fakes import open_fake_core

FOLDER = Path(__file__).parent / "releases"
PASSWORD = "correct horse"


async def live(core: Core) -> None:
    """What a small school does on a day, as the services of this release write it down."""
    ada = await accounts.register(core, "ada", "Ada", PASSWORD, ip="10.0.0.1")
    hopper = accounts.as_actor(await accounts.create_user(core, "hopper", "Ms Hopper", PASSWORD, Role.TEACHER))
    await accounts.create_user(core, "lovelace", "Lovelace", PASSWORD, Role.ADMIN)
    await sessions.revoke(core, await sessions.issue(ada, core))
    accepted = await press(core, ada, RunKind.SUBMIT, Verdict(Outcome.ACCEPTED, score=100, stdout="3\n2\n1\n"))
    await press(core, ada, RunKind.RUN, Verdict(Outcome.OK, stdout="né€\n", exit_code=0, cpu_ms=12))
    await press(core, ada, RunKind.SUBMIT, Verdict(Outcome.WRONG_ANSWER, score=25), problem_id="even-numbers")
    await drafts.save(ada, core, "countdown", "print('typed')", "7\n")
    await be_taught(core, ada, hopper, accepted)
    taken = await runs.submit(ada, core, "countdown", RunKind.RUN, "print('taken')")
    await verdicts.claim(core, taken.id, "a worker that died")
    await runs.submit(ada, core, "even-numbers", RunKind.RUN, "print('waiting')", "2\n")


async def press(core: Core, actor: Actor, kind: RunKind, verdict: Verdict, problem_id: str = "countdown") -> str:
    """A run from its acceptance to its verdict; its id."""
    run = await runs.submit(actor, core, problem_id, kind, "print('hello')", "" if kind is RunKind.SUBMIT else "3\n")
    await verdicts.claim(core, run.id, "worker")
    await verdicts.finish(core, run.id, verdict)
    return run.id


async def be_taught(core: Core, ada: Actor, hopper: Actor, run_id: str) -> None:
    """A class, what is set to it, and a comment."""
    class_id = await classes.create(hopper, core, "7b Computing")
    await join_codes.join(ada, core, await join_codes.make(hopper, core, class_id))
    await assignments.create(hopper, core, class_id, assignments.AssignmentDraft("Loops", ["countdown"]))
    await comments.write(hopper, core, ada.user_id, "countdown", "Well done.", run_id)


async def rows(core: Core) -> dict[str, list[dict[str, Any]]]:
    """Everything that is in the tables, parents before children."""
    async with core.database.reading() as session:
        connection = await session.connection()
        return {
            table.name: [dict(row) for row in (await connection.execute(sa.select(table))).mappings()]
            for table in SQLModel.metadata.sorted_tables
        }


def _plain(value: object) -> str:
    assert isinstance(value, datetime), value
    return value.isoformat()


async def main() -> None:
    """Live, and write down what that left."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_fake_core(Path(folder), queued_runs_per_user=2) as core:  # one runs, one waits
            await live(core)
            saved = {"saved_at": utc_now(), "tables": await rows(core)}
    target = FOLDER / f"{migrations.newest()}.json"
    if target.exists():
        sys.exit(f"{target} is what that release wrote; it is not written anew.")
    target.write_text(json.dumps(saved, default=_plain, ensure_ascii=False, indent=1) + "\n")
    print(f"wrote {target}")


if __name__ == "__main__":
    asyncio.run(main())
