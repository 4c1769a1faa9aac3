"""The students of a class as their teachers set it up: many added at once, one removed, a password given anew."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import routes
from coderunner_app.state.base import answers, text
from coderunner_app.state.class_address import OfOneClass, field, number
from coderunner_core.errors import NotAllowed, NotFound
from coderunner_core.services.people.on_behalf import Created
from coderunner_core.services.teaching import class_lists, class_members
from coderunner_core.services.teaching.class_views import PersonView
from coderunner_core.services.teaching.name_lists import LIST_LIMIT_BYTES, ListRow

_TOO_LARGE = f"The file is too large: at most {LIST_LIMIT_BYTES // 1024} KiB."


class ClassStudentsState(OfOneClass, rx.State):
    """Who is in the class. New passwords are here only until the browser has them, and nowhere else."""

    address: str = ""
    name: str = ""
    archived: bool = False
    said: str = ""
    students: list[PersonView] = []
    left: list[PersonView] = []  # by themselves, lately
    pasted: str = ""  # the list as it was last looked at
    rows: list[ListRow] = []
    good: int = 0
    bad: int = 0
    created: list[Created] = []  # shown once, by the page that asked: accounts with their new passwords

    @answers
    async def load(self) -> Any:
        """Read who is in the class; nothing that was shown once is shown again."""
        self.said, self.created, self.pasted = "", [], ""
        self._forget_list()
        await self._read()

    @answers
    async def look_at_list(self, form: dict[str, Any]) -> Any:
        """Show what would become of a pasted list."""
        await self._preview(field(form, "list"))

    @answers
    async def look_at_file(self, content: str) -> Any:
        """Show what would become of a file that the browser has read."""
        await self._preview(text(content, "file"))

    @answers
    async def file_too_large(self) -> Any:
        """The browser did not even read it."""
        self.trouble = _TOO_LARGE

    @answers
    async def forget_list(self) -> Any:
        """Another list, then."""
        self.trouble = ""
        self._forget_list()

    @answers
    async def add(self, content: str) -> Any:
        """Make accounts for the rows that can be used of the list that was looked at, and enrol them."""
        self.trouble = self.said = ""
        wanted, actor = text(content, "list"), await self._actor()
        created = await class_members.add_students(
            actor, self._core(), self._class_id(), wanted, only_good=self.bad > 0
        )
        self._forget_list()
        self.pasted = ""
        await self._read()
        self.created = created

    @answers
    async def remove(self, user_id: int) -> Any:
        """Take a student out of the class."""
        wanted = number(user_id, "student")
        await class_members.remove_student(await self._actor(), self._core(), self._class_id(), wanted)
        await self._read()
        self.said = "They are no longer in the class. Their work stays theirs."

    @answers
    async def reset_password(self, user_id: int) -> Any:
        """Give a student a new password, which is shown once."""
        wanted = number(user_id, "student")
        person = next((one for one in self.students if one.id == wanted), None)
        if person is None:  # the page could not show the new password
            raise NotFound("There is no such student in this class. Load the page again.")
        actor = await self._actor()
        password = await class_members.reset_password(actor, self._core(), self._class_id(), wanted)
        self.trouble = self.said = ""
        self.created = [Created(person.name, person.display_name, password, wanted)]

    @answers
    async def forget_passwords(self) -> Any:
        """The browser shows them, and keeps them until they were put away."""
        self.created = []

    async def _preview(self, content: str) -> None:
        self.trouble = self.said = ""
        self._forget_list()
        self.pasted = content[: 2 * LIST_LIMIT_BYTES]
        read = await class_members.preview(await self._actor(), self._core(), self._class_id(), content)
        self.rows, self.good, self.bad = read.rows, read.good, read.bad

    async def _read(self) -> None:
        self.trouble = ""
        try:
            view = await class_lists.detail(await self._actor(), self._core(), self._class_id())
        except (NotAllowed, NotFound):
            self._as_missing()
            return
        self.address, self.name, self.archived = routes.school_class(view.id), view.name, view.archived
        self.students, self.left = view.students, view.left
        self.missing, self.ready = False, True

    def _forget_list(self) -> None:
        self.rows, self.good, self.bad = [], 0, 0
