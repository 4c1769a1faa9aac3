"""Figures about everybody together: costly to count, the same for every reader, and so counted once in five minutes."""

from __future__ import annotations

import json

from sqlmodel import col, func, select

from coderunner_core.core import Core
from coderunner_core.errors import StoreAway
from coderunner_core.models import ProgressStatus, UserProgress

TTL_S = 300


async def solved_by(core: Core) -> dict[str, int] | None:
    """How many people have solved each problem, at most TTL_S ago; problems that nobody solved are absent.

    None while the database is away. A new version of the curriculum is counted anew.
    """

    async def count() -> str:
        solved = (
            select(UserProgress.problem_id, func.count())
            .where(UserProgress.status == ProgressStatus.SOLVED)
            .group_by(col(UserProgress.problem_id))
        )
        async with core.database.reading() as session:
            return json.dumps(dict((await session.exec(solved)).all()))

    try:
        text = await core.cache.get(f"solved_by:{core.curriculum.version}", TTL_S, count)
    except StoreAway:
        return None
    found: dict[str, int] = json.loads(text)
    return found
