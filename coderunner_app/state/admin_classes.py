"""All classes of the installation, as an admin finds, gives away and ends them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app.state.base import Visitor, answers
from coderunner_app.state.class_address import field, number
from coderunner_core.services.permissions import admin
from coderunner_core.services.teaching import class_lists, class_members, classes
from coderunner_core.services.teaching.class_views import ClassCard


class AdminClassesState(Visitor, rx.State):
    """The list."""

    cards: list[ClassCard] = []
    said: str = ""

    @answers
    async def load(self) -> Any:
        """Read all classes."""
        self.said = ""
        await self._read()

    @answers
    async def archive(self, class_id: int) -> Any:
        """End a class."""
        wanted, actor = number(class_id, "class"), admin(await self._actor())
        await classes.archive(actor, self._core(), wanted)
        await self._done("The class is archived.")

    @answers
    async def unarchive(self, class_id: int) -> Any:
        """Let a class go on."""
        wanted, actor = number(class_id, "class"), admin(await self._actor())
        await classes.unarchive(actor, self._core(), wanted)
        await self._done("The class goes on.")

    @answers
    async def add_teacher(self, form: dict[str, Any]) -> Any:
        """Let somebody teach a class."""
        wanted, name, actor = number(field(form, "class_id"), "class"), field(form, "teacher"), await self._actor()
        await class_members.add_teacher(admin(actor), self._core(), wanted, name)
        await self._done("They teach this class now.")

    async def _done(self, said: str) -> None:
        await self._read()
        self.said = said

    async def _read(self) -> None:
        self.cards = await class_lists.every(await self._actor(), self._core())
        self.trouble, self.ready = "", True
