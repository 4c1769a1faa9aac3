"""The log of who did what, as an admin reads and searches it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from coderunner_app import routes
from coderunner_app.state.base import Visitor, answers
from coderunner_app.state.class_address import field
from coderunner_core.services.people.admin_views import AuditRow
from coderunner_core.services.upkeep import audit_log
from coderunner_core.services.upkeep.audit_log import Filters


class AdminAuditState(Visitor, rx.State):
    """One page of the log."""

    rows: list[AuditRow] = []
    actions: list[str] = []
    person: str = ""
    action: str = ""
    day: str = ""
    before: int = 0  # where this page begins
    next_before: int = 0
    file_address: str = routes.AUDIT_CSV
    days_kept: int = 0

    @answers
    async def load(self) -> Any:
        """Read the newest entries."""
        self.person = self.action = self.day = ""
        self.before = 0
        self.days_kept = self._core().settings.audit_days
        await self._read()

    @answers
    async def search(self, form: dict[str, Any]) -> Any:
        """Look for what somebody did, or for what was done on a day."""
        person, action, day = field(form, "person"), field(form, "action"), field(form, "day")
        self.person, self.action, self.day, self.before = person, action, day, 0
        await self._read()

    @answers
    async def show_older(self) -> Any:
        """The page after this one."""
        self.before = self.next_before
        await self._read()

    @answers
    async def show_newest(self) -> Any:
        """The first page again."""
        self.before = 0
        await self._read()

    async def _read(self) -> None:
        actor, core = await self._actor(), self._core()
        wanted = Filters(self.person, self.action, self.day)
        page = await audit_log.read(actor, core, wanted, self.before)
        self.rows, self.next_before = page.rows, page.next_before
        self.actions = await audit_log.actions(actor, core)
        query = {"person": self.person, "action": self.action, "day": self.day}
        self.file_address = f"{routes.AUDIT_CSV}?{urlencode({k: v for k, v in query.items() if v})}"
        self.trouble, self.ready = "", True
