"""The list of classes: those that a teacher teaches, with who is there now, and those that a student is in."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import routes
from coderunner_app.state.base import Visitor, answers
from coderunner_app.state.class_address import field, number
from coderunner_core.models import Role
from coderunner_core.services.teaching import class_lists, classes, leaving
from coderunner_core.services.teaching.class_views import ClassCard


class ClassesState(Visitor, rx.State):
    """One page for both: what they may do here differs."""

    teaches: bool = False
    going_on: list[ClassCard] = []
    archived: list[ClassCard] = []
    made: ClassCard | None = None  # the class that was just created here
    may_leave: bool = False  # a student without asking
    said: str = ""  # what was just done

    @answers
    async def load(self) -> Any:
        """Read the classes of whoever asks. Nobody is asked to sign in, and comes back here."""
        if not self._token():
            return rx.redirect(routes.sign_in(routes.CLASSES))
        self.made, self.said = None, ""
        await self._read()
        return None

    @answers
    async def leave(self, class_id: int) -> Any:
        """Take the reader out of a class."""
        wanted = number(class_id, "class")
        name = next((card.name for card in (*self.going_on, *self.archived) if card.id == wanted), "the class")
        await leaving.leave(await self._actor(), self._core(), wanted, ip=self.router.session.client_ip)
        await self._read()
        self.said = f"You have left {name}."

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
        self.may_leave = self._core().settings.class_leaving
        self.going_on = [card for card in cards if not card.archived]
        self.archived = [card for card in cards if card.archived]
        self.ready = True
