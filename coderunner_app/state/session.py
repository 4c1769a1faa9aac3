"""Who is signed in, for the header that every page has."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app.state.base import Visitor, answers
from coderunner_core.errors import NotSignedIn


class SessionState(Visitor, rx.State):
    """The person behind this page, as far as the header shows them."""

    signed_in: bool = False
    display_name: str = ""
    role: str = ""

    @answers
    async def load(self) -> Any:
        """Read who is there. What an ended session means is for the page to say."""
        try:
            actor = await self._visitor()
        except NotSignedIn:
            actor = None
        self.signed_in = actor is not None
        self.display_name, self.role = (actor.display_name, actor.role.value) if actor else ("", "")
        self.ready = True
