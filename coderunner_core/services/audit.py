"""Writes down who did what to others or to the installation; an entry is committed with the change it tells of."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.models import AuditEntry

_TARGET_LENGTH = 120
_DETAILS_LENGTH = 400


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
            ip=ip,
        )
    )
