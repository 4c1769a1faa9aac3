"""Where a class is set up: its name and end, its join code, its teachers, what it sees and may do."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import routes
from coderunner_app.state.base import answers
from coderunner_app.state.class_address import OfOneClass, field, number, number_or_none
from coderunner_core.errors import BadInput, NotAllowed, NotFound
from coderunner_core.services.teaching import class_lists, class_members, classes, join_codes
from coderunner_core.services.teaching.class_views import LevelChoice, PersonView, QuotaOverride
from coderunner_core.services.teaching.classes import ClassSettings

_QUOTAS = ("runs_per_minute", "runs_per_day", "submissions_per_minute", "submissions_per_day")


class ClassManageState(OfOneClass, rx.State):
    """One class as its teachers set it up. Its students are in ClassStudentsState."""

    address: str = ""
    name: str = ""
    archived: bool = False
    said: str = ""  # what was just done
    code: str = ""  # as it is written on a board
    code_path: str = ""
    code_until_ms: int = 0
    teachers: list[PersonView] = []
    levels: list[LevelChoice] = []
    all_levels: bool = True
    drafts_watched: bool = False
    quotas: dict[str, str] = {}  # what the fields show; empty: as the installation has it
    usual: dict[str, int] = {}

    @answers
    async def load(self) -> Any:
        """Read the class."""
        self.said = ""
        await self._read()

    @answers
    async def rename(self, form: dict[str, Any]) -> Any:
        """Give the class another name."""
        await classes.rename(await self._actor(), self._core(), self._class_id(), field(form, "name"))
        await self._done("The class has its new name.")

    @answers
    async def archive(self) -> Any:
        """End the class."""
        await classes.archive(await self._actor(), self._core(), self._class_id())
        await self._done("The class is archived.")

    @answers
    async def unarchive(self) -> Any:
        """Let the class go on."""
        await classes.unarchive(await self._actor(), self._core(), self._class_id())
        await self._done("The class goes on.")

    @answers
    async def make_code(self) -> Any:
        """A new join code; the old one ends."""
        await join_codes.make(await self._actor(), self._core(), self._class_id())
        await self._done("There is a new join code.")

    @answers
    async def revoke_code(self) -> Any:
        """Nobody joins by the code any more."""
        await join_codes.revoke(await self._actor(), self._core(), self._class_id())
        await self._done("The join code has ended.")

    @answers
    async def add_teacher(self, form: dict[str, Any]) -> Any:
        """Let somebody else teach the class, too."""
        name = field(form, "teacher")
        await class_members.add_teacher(await self._actor(), self._core(), self._class_id(), name)
        await self._done("They teach this class now, too.")

    @answers
    async def remove_teacher(self, user_id: int) -> Any:
        """Let a teacher teach the class no longer."""
        wanted = number(user_id, "teacher")
        await class_members.remove_teacher(await self._actor(), self._core(), self._class_id(), wanted)
        await self._done("They do not teach this class any more.")

    @answers
    async def save_settings(self, form: dict[str, Any]) -> Any:
        """Set what the class sees and may do."""
        if not isinstance(form, dict):
            raise BadInput("The settings are not a form.")
        chosen = [level.id for level in self.levels if form.get(f"level:{level.id}")]
        # 0 would stop a class from running anything; whoever wants no runs archives it.
        quotas = {name: number_or_none(form.get(name, ""), "quota") or 0 for name in _QUOTAS}
        wanted = ClassSettings(
            level_ids=None if form.get("all_levels") else chosen,
            drafts_watched=bool(form.get("drafts_watched")),
            quotas=QuotaOverride(**quotas),
        )
        await classes.change_settings(await self._actor(), self._core(), self._class_id(), wanted)
        await self._done("The settings are saved.")

    async def _done(self, said: str) -> None:
        await self._read()
        self.said = said

    async def _read(self) -> None:
        self.trouble = ""
        try:
            view = await class_lists.detail(await self._actor(), self._core(), self._class_id())
        except (NotAllowed, NotFound):
            self._as_missing()
            return
        self.address, self.name, self.archived = routes.school_class(view.id), view.name, view.archived
        self.code = join_codes.shown(view.join_code)
        self.code_path = routes.join(self.code) if view.join_code else ""
        self.code_until_ms = view.join_code_expires_ms
        self.teachers, self.levels, self.all_levels = view.teachers, view.levels, view.all_levels
        self.drafts_watched = view.drafts_watched
        self.quotas = {name: str(getattr(view.quotas, name) or "") for name in _QUOTAS}
        self.usual = {name: getattr(view.installation_quotas, name) for name in _QUOTAS}
        self.missing, self.ready = False, True
