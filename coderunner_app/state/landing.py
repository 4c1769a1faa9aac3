"""The first page: who is signed in goes on to the curriculum."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import routes
from coderunner_app.state.base import Visitor, answers
from coderunner_core.errors import NotSignedIn


class LandingState(Visitor, rx.State):
    """Nothing to show: everybody sees the same page."""

    @answers
    async def load(self) -> Any:
        """Send on who is signed in; a session that has ended is no reason to hide the first page."""
        try:
            actor = await self._looker()
        except NotSignedIn:
            return None
        return rx.redirect(routes.CURRICULUM) if actor else None
