"""Who is signed in, for the header that every page has."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app.state.base import Visitor, answers
from coderunner_core.errors import NotSignedIn

_AWAY = "Saved work cannot be reached just now, so progress may be missing. What you type is kept in this browser."


class SessionState(Visitor, rx.State):
    """The person behind this page, as far as the header shows them."""

    signed_in: bool = False
    display_name: str = ""
    role: str = ""
    away: str = ""  # what every page says while the database is away

    @answers
    async def load(self) -> Any:
        """Read who is there. What an ended session means is for the page to say."""
        try:
            actor = await self._looker()
        except NotSignedIn:
            actor = None
        self.away = _AWAY if self._away else ""
        if self._away and actor is None:  # a session, but whose is not known: better nothing than "Sign in"
            return
        self.signed_in = actor is not None
        self.display_name, self.role = (actor.display_name, actor.role.value) if actor else ("", "")
        self.ready = True
