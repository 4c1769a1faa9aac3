"""The sign-in page: why one is here, and where to go on."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import cookies, routes
from coderunner_app.state.base import Visitor, answers
from coderunner_core.errors import NotSignedIn


class SignInState(Visitor, rx.State):
    """What stands above the form."""

    onwards: str = routes.CURRICULUM
    register_address: str = routes.REGISTER

    @answers
    async def load(self) -> Any:
        """Say what the last try was answered with, or that the session has ended; who is signed in goes on."""
        self.trouble = cookies.message_of(self.router.headers.cookie)
        self.onwards = routes.safe_next(self.router.url.query_parameters.get("next", ""))
        self.register_address = routes.register(self.onwards)
        self.ready = True
        try:
            actor = await self._visitor()
        except NotSignedIn as error:
            self.trouble = self.trouble or error.message
            return None
        return rx.redirect(self.onwards) if actor else None
