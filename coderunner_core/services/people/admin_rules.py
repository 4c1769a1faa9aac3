"""Two rules of what is done to accounts: somebody can always run this place, and nobody raises themselves."""

from __future__ import annotations

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.errors import NotAllowed
from coderunner_core.models import Role, User


def somebody_else(actor: Actor, user_id: int, message: str) -> None:
    """Raises NotAllowed with ``message`` when the actor means themselves."""
    if actor.user_id == user_id:
        raise NotAllowed(message)


async def an_admin_stays(session: AsyncSession, going: User) -> None:
    """Within the transaction that takes an admin away: raises NotAllowed when there is no other who can sign in."""
    if going.role != Role.ADMIN or going.disabled_at is not None:
        return
    # The lock is for PostgreSQL, where two admins could take each other away at the same moment; SQLite has one writer.
    admins = select(User.id).where(User.role == Role.ADMIN, col(User.disabled_at).is_(None)).with_for_update()
    if not [one for one in (await session.exec(admins)).all() if one != going.id]:
        raise NotAllowed("This is the last admin. Make somebody else an admin first.")
