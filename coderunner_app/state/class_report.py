"""What a class has done, as charts, with its files to take along."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import routes
from coderunner_app.state.base import answers
from coderunner_app.state.class_address import OfOneClass
from coderunner_app.words import ending_words
from coderunner_core.errors import NotAllowed, NotFound
from coderunner_core.services.reviewing import report_charts
from coderunner_core.services.reviewing.report_views import ClassCharts, CountView, ProblemStatView


class ClassReportState(OfOneClass, rx.State):
    """The charts of one class."""

    address: str = ""
    name: str = ""
    students: int = 0
    solved: int = 0
    tried: int = 0
    by_day: list[CountView] = []
    hardest: list[ProblemStatView] = []
    errors: list[CountView] = []
    outcomes: list[CountView] = []

    @answers
    async def load(self) -> Any:
        """Count."""
        self.trouble = ""
        try:
            charts = await report_charts.class_charts(await self._actor(), self._core(), self._class_id())
        except (NotAllowed, NotFound):
            self._as_missing()
            return
        self._show(charts)

    def _show(self, charts: ClassCharts) -> None:
        self.address, self.name = routes.school_class(charts.class_id), charts.name
        self.students, self.solved, self.tried = charts.students, charts.solved, charts.tried
        anything = any(one.count for one in charts.by_day)
        self.by_day = charts.by_day if anything else []
        self.hardest, self.errors = charts.hardest, charts.errors
        self.outcomes = [CountView(ending_words(one.label), one.count, one.percent) for one in charts.outcomes]
        self.missing, self.ready = False, True
