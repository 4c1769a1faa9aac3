"""The installation as it runs: read when the page opens, and again whenever one process says that time has passed."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import operations_words as words
from coderunner_app.operations_words import Figure, PartRow, QueueRow, StuckRow, WorkerRow
from coderunner_app.push import Answers, hub
from coderunner_app.state.base import Visitor, answers, text
from coderunner_core.actors import Actor
from coderunner_core.errors import BadInput
from coderunner_core.events import OPS_TOPIC
from coderunner_core.operations.actions import drain, put_back, resume
from coderunner_core.operations.charts import charts
from coderunner_core.operations.overview import overview
from coderunner_core.operations.views import Charts, Overview, PointView
from coderunner_core.services.reviewing.report_views import CountView

_PERIODS = ("hour", "day")


class OperationsState(Visitor, rx.State):
    """One open page."""

    at_ms: int = 0
    said: str = ""
    figures: list[Figure] = []
    parts: list[PartRow] = []
    queues: list[QueueRow] = []
    workers: list[WorkerRow] = []
    stuck: list[StuckRow] = []
    retired: list[CountView] = []

    period: str = "hour"
    presses: list[CountView] = []
    latencies: list[CountView] = []
    waits: list[CountView] = []
    errors: list[CountView] = []
    outcomes: list[CountView] = []
    peaks: dict[str, str] = {}
    sampled: bool = False

    _charts: Charts | None = None
    _overview: Overview | None = None

    @answers
    async def load(self) -> Any:
        """Read everything, and hear the ticks from now on."""
        self.said = ""
        actor = await self._actor()
        await self._read(actor, with_charts=True)
        hub.join(self._client_token(), [OPS_TOPIC], _ANSWERS)

    @answers
    async def tick(self, with_charts: bool) -> Any:
        """Time has passed; charts are read less often than the rest."""
        if self.ready:
            await self._read(await self._actor(), with_charts=with_charts is True)

    @answers
    async def show_period(self, period: str) -> Any:
        """The charts of the last hour, or of the last day."""
        if text(period, "period") not in _PERIODS:
            raise BadInput("There are charts of the last hour and of the last day.")
        self.period = period
        self._show_charts()

    @answers
    async def drain(self, slot: str) -> Any:
        """Have a worker finish what it has in hand and take nothing more."""
        actor = await self._actor()
        await drain(actor, self._core(), text(slot, "worker"))
        await self._done(actor, "The worker takes no new run.")

    @answers
    async def resume(self, slot: str) -> Any:
        """Let a drained worker work again."""
        actor = await self._actor()
        await resume(actor, self._core(), text(slot, "worker"))
        await self._done(actor, "The worker works again.")

    @answers
    async def put_back(self, run_id: str) -> Any:
        """Have a stuck run tried again."""
        actor = await self._actor()
        await put_back(actor, self._core(), text(run_id, "run"))
        await self._done(actor, "The run is in its queue again, or has ended if it was tried too often.")

    async def _done(self, actor: Actor, said: str) -> None:
        await self._read(actor, with_charts=False)
        self.said = said

    async def _read(self, actor: Actor, *, with_charts: bool) -> None:
        core = self._core()
        seen = await overview(actor, core)
        if with_charts or self._charts is None:
            self._charts = await charts(actor, core)
        self._overview = seen
        self.at_ms = words.moment_ms(seen.at)
        self.parts, self.queues = words.part_rows(seen.parts, seen), words.queue_rows(seen.queues)
        self.workers = words.worker_rows(seen.workers, seen.empty_slots)
        self.stuck = words.stuck_rows(seen.stuck)
        most = max((one.count for one in seen.pool.retired), default=0)
        self.retired = [CountView(one.name, one.count, round(100 * one.count / most)) for one in seen.pool.retired]
        self._show_charts()
        self.trouble, self.ready = "", True

    def _show_charts(self) -> None:
        if self._charts is None or self._overview is None:
            return
        shown = self._charts.hour if self.period == "hour" else self._charts.day
        self.figures = words.figures(shown, self._overview)
        points = shown.points
        self.presses = words.columns_of(points, _presses)
        self.latencies = words.columns_of(points, _latency)
        self.waits = words.columns_of(points, _wait)
        self.errors = words.columns_of(points, _errors)
        self.peaks = {
            "presses": words.peak(points, _presses),
            "latencies": words.peak(points, _latency, "ms"),
            "waits": words.peak(points, _wait, "ms"),
            "errors": words.peak(points, _errors),
        }
        self.outcomes, self.sampled = words.outcome_rows(shown), shown.sampled


def _presses(one: PointView) -> int:
    return one.runs + one.submissions


def _latency(one: PointView) -> int | None:
    return one.p95_ms


def _wait(one: PointView) -> int | None:
    return one.wait_p95_ms


def _errors(one: PointView) -> int:
    return one.errors


_ANSWERS: Answers = {
    "tick": lambda data: OperationsState.tick(data.get("charts") is True),
    "missed": lambda _: OperationsState.tick(True),
}
