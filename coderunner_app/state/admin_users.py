"""Everybody with an account, as an admin finds and changes them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app.state.base import Visitor, answers, text
from coderunner_app.state.class_address import field, number
from coderunner_core.models import Role
from coderunner_core.services.people import admin_people, departures, on_behalf
from coderunner_core.services.people.admin_views import PersonRow
from coderunner_core.services.people.on_behalf import Created
from coderunner_core.services.permissions import admin


class AdminUsersState(Visitor, rx.State):
    """One page of the list. A new password is here for as long as the page is open, and nowhere else."""

    rows: list[PersonRow] = []
    wanted: str = ""
    role: str = ""  # empty: every role
    after: str = ""  # where this page begins
    next_after: str = ""
    said: str = ""
    created: list[Created] = []  # at most one: shown once

    @answers
    async def load(self) -> Any:
        """Read the first page; nothing that was shown once is shown again."""
        self.created, self.said, self.after, self.wanted, self.role = [], "", "", "", ""
        await self._read()

    @answers
    async def search(self, form: dict[str, Any]) -> Any:
        """Look for somebody."""
        wanted, role = field(form, "wanted"), field(form, "role")
        self.said, self.wanted, self.role, self.after = "", wanted, role, ""
        await self._read()

    @answers
    async def show_next(self) -> Any:
        """The page after this one."""
        self.after = self.next_after
        await self._read()

    @answers
    async def show_first(self) -> Any:
        """The first page again."""
        self.after = ""
        await self._read()

    @answers
    async def create(self, form: dict[str, Any]) -> Any:
        """Make an account with a password that is shown once."""
        name, shown, role = field(form, "name"), field(form, "display_name"), field(form, "new_role")
        made = await admin_people.create(await self._actor(), self._core(), name, shown, role)
        await self._done("The account is made.")
        self.created = [made]

    @answers
    async def change_role(self, user_id: int, role: str) -> Any:
        """Let somebody do more or less."""
        wanted, new = number(user_id, "person"), text(role, "role")
        await admin_people.set_role(await self._actor(), self._core(), wanted, new)
        await self._done(f"{self._named(wanted)} is a {new} now.".replace("a admin", "an admin"))

    @answers
    async def disable(self, user_id: int) -> Any:
        """Let somebody sign in no more."""
        wanted = number(user_id, "person")
        await admin_people.disable(await self._actor(), self._core(), wanted)
        await self._done(f"{self._named(wanted)} cannot sign in any more.")

    @answers
    async def enable(self, user_id: int) -> Any:
        """Let somebody sign in again."""
        wanted = number(user_id, "person")
        await admin_people.enable(await self._actor(), self._core(), wanted)
        await self._done(f"{self._named(wanted)} can sign in again.")

    @answers
    async def reset_password(self, user_id: int) -> Any:
        """Give somebody a new password, which is shown once."""
        wanted, actor = number(user_id, "person"), admin(await self._actor())  # a teacher's way is the class's page
        password = await on_behalf.reset_password(actor, self._core(), wanted)
        person = next((row for row in self.rows if row.id == wanted), None)
        await self._done("There is a new password.")
        self.created = [Created(person.name if person else "", self._named(wanted), password, wanted)]

    @answers
    async def delete(self, user_id: int) -> Any:
        """Delete somebody with everything that is theirs."""
        wanted = number(user_id, "person")
        await departures.delete_person(await self._actor(), self._core(), wanted)
        await self._done("They are deleted, with everything that was theirs.")

    @answers
    async def hide_password(self) -> Any:
        """It was written down."""
        self.created, self.said = [], ""

    def _named(self, user_id: int) -> str:
        return next((row.display_name for row in self.rows if row.id == user_id), "This person")

    async def _done(self, said: str) -> None:
        self.created = []
        await self._read()
        self.said = said

    async def _read(self) -> None:
        role = self.role if self.role in set(Role) else ""
        page = await admin_people.find(await self._actor(), self._core(), self.wanted, role, self.after)
        self.rows, self.next_after = page.rows, page.next_after
        self.trouble, self.ready = "", True
