"""The page on which a student makes an account."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import cookies, routes
from coderunner_app.state.base import Visitor, answers
from coderunner_core.errors import NotSignedIn


class RegisterState(Visitor, rx.State):
    """What stands around the form."""

    onwards: str = routes.CURRICULUM
    sign_in_address: str = routes.SIGN_IN
    is_open: bool = True

    @answers
    async def load(self) -> Any:
        """Say what the last try was answered with; who is signed in goes on."""
        self.trouble = cookies.message_of(self.router.headers.cookie)
        self.onwards = routes.safe_next(self.router.url.query_parameters.get("next", ""))
        self.sign_in_address = routes.sign_in(self.onwards)
        self.is_open = self._core().settings.registration_open
        self.ready = True
        try:
            actor = await self._visitor()
        except NotSignedIn:
            return None  # a new account replaces what is left of the old session
        return rx.redirect(self.onwards) if actor else None
