"""Lets writers take turns where one reads before it writes, so that none overwrites or overlooks what another adds."""

from __future__ import annotations

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.models import SchoolClass, User


async def take(session: AsyncSession, user_id: int) -> None:
    """Wait until nobody else writes for this person, and keep others waiting until this transaction ends.

    Only those who ask for a turn wait: reading, signing in and rows that merely point at the person go on. In SQLite
    every ``writing()`` has the whole file to itself, so there is nothing to wait for.
    """
    if not _alone(session):
        await session.exec(select(User.id).where(User.id == user_id).with_for_update(key_share=True))


async def take_class(session: AsyncSession, class_id: int) -> None:
    """The same for who is in a class: of those who come at once, each sees whether there is still room."""
    if not _alone(session):
        await session.exec(select(SchoolClass.id).where(SchoolClass.id == class_id).with_for_update(key_share=True))


def _alone(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"
