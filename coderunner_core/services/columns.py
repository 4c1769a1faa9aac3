"""Reads columns instead of whole rows, where there are thousands of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession


async def read_columns(session: AsyncSession, statement: Any, params: Mapping[str, Any] | None = None) -> Sequence[Any]:
    """What a ``sqlalchemy.select`` of columns finds, each row with its columns as attributes.

    SQLModel's own ``exec`` is typed for four columns at most, and what it is typed for becomes objects of the session.
    """
    found: Sequence[Any] = (await (await session.connection()).execute(statement, params)).all()
    return found
