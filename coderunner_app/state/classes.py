"""The list of classes: those that a teacher teaches, with who is there now, and those that a student goes to."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import routes
from coderunner_app.state.base import Visitor, answers
from coderunner_app.state.class_address import field
from coderunner_core.models import Role
from coderunner_core.services.teaching import class_lists, classes
from coderunner_core.services.teaching.class_views import ClassCard


class ClassesState(Visitor, rx.State):
    """One page for both: what they may do here differs."""

    teaches: bool = False
    going_on: list[ClassCard] = []
    archived: list[ClassCard] = []
    made: ClassCard | None = None  # the class that was just created here

    @answers
    async def load(self) -> Any:
        """Read the classes of whoever asks. Nobody is asked to sign in, and comes back here."""
        if not self._token():
            return rx.redirect(routes.sign_in(routes.CLASSES))
        self.made = None
        await self._read()
        return None

    @answers
    async def create(self, form: dict[str, Any]) -> Any:
        """Make a class."""
        name = field(form, "name")
        class_id = await classes.create(await self._actor(), self._core(), name)
        await self._read()
        self.made = next((card for card in self.going_on if card.id == class_id), None)

    async def _read(self) -> None:
        self.trouble = ""
        actor = await self._actor()
        cards = await class_lists.mine(actor, self._core())
        self.teaches = actor.role is not Role.STUDENT
        self.going_on = [card for card in cards if not card.archived]
        self.archived = [card for card in cards if card.archived]
        self.ready = True
