"""``python -m tests.e2e.crowd PROGRAMS SECONDS``: puts so many programs into the queue, each of which takes so long."""

from __future__ import annotations

import asyncio
import sys

from coderunner_core.contract import RunKind
from coderunner_core.core import open_core
from coderunner_core.models import Role
from coderunner_core.services.people import accounts
from coderunner_core.services.running import runs
from coderunner_core.settings import load_settings
from tests.e2e.visitor import PASSWORD, fresh


async def _main(programs: int, seconds: str) -> None:
    async with open_core(load_settings()) as core:
        for _ in range(programs):
            alan = accounts.as_actor(await accounts.create_user(core, fresh("alan"), "Alan", PASSWORD, Role.STUDENT))
            await runs.submit(alan, core, "countdown", RunKind.RUN, f"import time\ntime.sleep({seconds})")


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), sys.argv[2]))
