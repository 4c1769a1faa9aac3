"""Writes down who did what to others or to the installation; an entry is committed with the change it tells of.

An entry names people by ``person()`` and in no other way: never by the name they show, never in words of one's own.
That is what lets the name of somebody who is deleted be found and taken out of every earlier entry.
"""

from __future__ import annotations

from sqlalchemy import func, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.models import AuditEntry

_TARGET_LENGTH = 120
_DETAILS_LENGTH = 400
_ADDRESS_LENGTH = 45


def person(user_id: int | None, name: str) -> str:
    """How an entry names somebody: ``ada (user 7)``."""
    return f"{name} (user {user_id})"


def pseudonym(user_id: int) -> str:
    """How an entry names somebody who is no more."""
    return f"deleted person (user {user_id})"


def record(
    session: AsyncSession, actor: Actor | None, action: str, target: str = "", details: str = "", *, ip: str = ""
) -> None:
    """Add an entry to a writing session. Never put a password, a token or a program into ``details``."""
    session.add(
        AuditEntry(
            actor_id=actor.user_id if actor else None,
            actor_name=actor.name if actor else "",
            action=action,
            target=target[:_TARGET_LENGTH],
            details=details[:_DETAILS_LENGTH],
            ip=ip[:_ADDRESS_LENGTH],
        )
    )


async def forget(session: AsyncSession, user_id: int, name: str) -> None:
    """Take somebody's name and addresses out of every entry, done by them or to them; what happened stays."""
    await session.exec(
        update(AuditEntry)
        .where(col(AuditEntry.actor_id) == user_id)
        .values(actor_name=pseudonym(user_id), ip="")
        .execution_options(synchronize_session=False)
    )
    known = person(user_id, name)
    for column in (col(AuditEntry.target), col(AuditEntry.details)):
        await session.exec(
            update(AuditEntry)
            .where(column.contains(known, autoescape=True))
            .values({column: func.replace(column, known, pseudonym(user_id))})
            .execution_options(synchronize_session=False)
        )
