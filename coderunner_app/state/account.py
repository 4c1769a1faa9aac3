"""One's own account: the name that is shown, the password, one's data, and the end."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import cookies
from coderunner_app.state.base import Visitor, answers
from coderunner_app.state.class_address import field
from coderunner_app.state.session import SessionState
from coderunner_core.services.people import own_account

_DONE = {"password": "Your password is changed. Wherever else you were signed in, you no longer are."}


class AccountState(Visitor, rx.State):
    """What stands on the page; passwords never pass through it."""

    name: str = ""
    display_name: str = ""
    role: str = ""
    may_delete: bool = False
    said: str = ""

    @answers
    async def load(self) -> Any:
        """Read who asks, and what the last form was answered with."""
        actor = await self._actor()
        self.name, self.display_name, self.role = actor.name, actor.display_name, actor.role.value
        self.may_delete = self._core().settings.self_deletion
        self.said = _DONE.get(self.router.url.query_parameters.get("done", ""), "")
        self.trouble, self.ready = cookies.message_of(self.router.headers.cookie), True

    @answers
    async def rename(self, form: dict[str, Any]) -> Any:
        """Show another name."""
        self.trouble = self.said = ""
        shown = await own_account.rename(await self._actor(), self._core(), field(form, "display_name"))
        self.display_name, self.said = shown, "That is how others see you now."
        return SessionState.load()
