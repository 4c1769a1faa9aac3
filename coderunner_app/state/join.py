"""Joining a class: by a code that is typed in, or by a link that carries it."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import reflex as rx

from coderunner_app import routes
from coderunner_app.state.base import Visitor, answers
from coderunner_app.state.class_address import field
from coderunner_core.services.teaching import class_lists, join_codes
from coderunner_core.services.teaching.class_views import ClassCard

_MOST_CHARS = 40


class JoinState(Visitor, rx.State):
    """The page of a link, and the form on the list of classes."""

    signed_in: bool = False
    found: ClassCard | None = None  # the class that the code leads to, or that was joined
    joined: bool = False
    sign_in_address: str = routes.SIGN_IN
    register_address: str = routes.REGISTER
    _code: str = ""

    @answers
    async def load(self) -> Any:
        """Look up the class of the link. Who has not signed in is led through that and back to here."""
        self.trouble, self.found, self.joined = "", None, False
        self._code = unquote(str(self.router.url.path)).rstrip("/").rsplit("/", 1)[-1][:_MOST_CHARS]
        here = routes.join(self._code)
        self.sign_in_address, self.register_address = routes.sign_in(here), routes.register(here)
        self.signed_in = bool(self._token())
        self.ready = True
        if not self.signed_in:
            return
        actor = await self._actor()
        mine = {card.id: card for card in await class_lists.mine(actor, self._core())}
        self.found = await join_codes.look(actor, self._core(), self._code, ip=self.router.session.client_ip)
        self.joined = self.found.id in mine

    @answers
    async def join(self) -> Any:
        """Join the class that the page shows."""
        self.trouble = ""
        await self._join(self._code)

    @answers
    async def join_by_code(self, form: dict[str, Any]) -> Any:
        """Join by a code that was typed in."""
        self.trouble, self.found, self.joined = "", None, False
        code = field(form, "code")
        await self._join(code[:_MOST_CHARS])

    async def _join(self, code: str) -> None:
        actor = await self._actor()
        class_id = await join_codes.join(actor, self._core(), code, ip=self.router.session.client_ip)
        cards = await class_lists.mine(actor, self._core())
        self.found = next((card for card in cards if card.id == class_id), None)
        self.joined = True
