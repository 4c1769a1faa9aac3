"""Moments: stored aware of their zone, and as pages get them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import select

from coderunner_core.core import Core
from coderunner_core.models import SchoolClass
from coderunner_core.moments import at, ms

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)


async def test_a_stored_moment_comes_back_in_utc(core: Core) -> None:
    """Also from SQLite, which keeps no zone: nobody who reads one has to ask."""
    async with core.database.writing() as session:
        session.add(SchoolClass(name="7b", created_at=NOON.astimezone(timezone(timedelta(hours=2)))))
    async with core.database.reading() as session:
        [read] = (await session.exec(select(SchoolClass.created_at))).all()
    assert (read, read.tzinfo) == (NOON, UTC)


async def test_a_moment_without_a_zone_is_not_stored(core: Core) -> None:
    """It would be somebody's local time."""
    with pytest.raises(StatementError, match="timezone"):
        async with core.database.writing() as session:
            session.add(SchoolClass(name="7b", created_at=NOON.replace(tzinfo=None)))


def test_pages_get_milliseconds() -> None:
    """And 0 for what never happened."""
    assert (at(ms(NOON)), ms(None)) == (NOON, 0)
