"""Who asks: the one argument that every service takes first."""

from __future__ import annotations

from dataclasses import dataclass

from coderunner_core.models import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, proven by a session that was verified for this very request."""

    user_id: int
    name: str
    display_name: str
    role: Role
    session_id: str = ""
