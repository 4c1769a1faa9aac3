"""Demo content: a student and a teacher to look around with. For trying out, never for a real school."""

from __future__ import annotations

from sqlmodel import select

from coderunner_core.core import Core
from coderunner_core.errors import NotAllowed
from coderunner_core.models import Role, User
from coderunner_core.services.people import accounts

PASSWORD = "count to ten"  # noqa: S105 — public on purpose: it is printed, and refused in production
LOGINS = (("ada", "Ada", Role.STUDENT), ("hopper", "Ms Hopper", Role.TEACHER))


async def make(core: Core) -> list[str]:
    """Make what is missing of the demo accounts; the lines that tell a person how to sign in.

    Raises NotAllowed in production: an account whose password everyone knows is an open door.
    """
    if core.settings.coderunner_env == "production":
        raise NotAllowed("Demo accounts are not made in production. Use: python -m coderunner_core users create …")
    lines = []
    for name, shown, role in LOGINS:
        async with core.database.reading() as session:
            known = (await session.exec(select(User.id).where(User.name == name))).first()
        if known is None:
            await accounts.create_user(core, name, shown, PASSWORD, role)
        lines.append(f"{role.value:8} {name:8} password: {PASSWORD}")
    return lines
