"""A class on a sheet of paper."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import routes
from coderunner_app.state.base import answers
from coderunner_app.state.class_address import OfOneClass
from coderunner_core.errors import NotAllowed, NotFound
from coderunner_core.services.reviewing import reports
from coderunner_core.services.reviewing.report_views import StudentLine


class ClassSummaryState(OfOneClass, rx.State):
    """What is printed."""

    address: str = ""
    name: str = ""
    teachers: str = ""
    made_ms: int = 0
    problems: int = 0
    students: list[StudentLine] = []

    @answers
    async def load(self) -> Any:
        """Read the class."""
        self.trouble = ""
        try:
            summary = await reports.class_summary(await self._actor(), self._core(), self._class_id())
        except (NotAllowed, NotFound):
            self._as_missing()
            return
        self.address, self.name = routes.school_class(summary.class_id), summary.name
        self.teachers, self.made_ms = ", ".join(summary.teachers), summary.made_ms
        self.problems, self.students = summary.problems, summary.students
        self.missing, self.ready = False, True
