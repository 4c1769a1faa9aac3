"""A student on a sheet of paper."""

from __future__ import annotations

import re
from typing import Any

import reflex as rx

from coderunner_app.state.base import Visitor, answers
from coderunner_core.errors import NotAllowed, NotFound
from coderunner_core.services.reviewing import reports
from coderunner_core.services.reviewing.report_views import ProblemLine

_ADDRESS = re.compile(r"/student/([1-9][0-9]{0,8})(?:/|$)")
_NOBODY = "There is no such student in your classes."


class StudentSummaryState(Visitor, rx.State):
    """What is printed."""

    missing: bool = False
    files: str = ""  # the address of the report, without the form
    name: str = ""
    shown_name: str = ""
    classes: str = ""
    made_ms: int = 0
    problems: int = 0
    solved: int = 0
    tried: int = 0
    lines: list[ProblemLine] = []

    @answers
    async def load(self) -> Any:
        """Read the student."""
        self.trouble = ""
        found = _ADDRESS.match(str(self.router.url.path))
        actor = await self._actor()
        try:
            summary = await reports.student_summary(actor, self._core(), int(found[1]) if found else 0)
        except (NotAllowed, NotFound):
            self.reset()  # type: ignore[no-untyped-call]
            self.missing, self.ready, self.trouble = True, True, _NOBODY
            return
        self.files = f"/student/{summary.student_id}/report"
        self.name, self.shown_name, self.classes = summary.name, summary.shown_name, ", ".join(summary.classes)
        self.made_ms, self.problems = summary.made_ms, summary.problems
        self.solved, self.tried, self.lines = summary.solved, summary.tried, summary.lines
        self.missing, self.ready = False, True
