"""The bill and the capacity of this installation, worked out anew for what somebody wants to know."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import reflex as rx

from coderunner_app import cost_words as words
from coderunner_app.cost_words import CapacityRow, FindingRow, InputRow, Row
from coderunner_app.state.base import Visitor, answers, text
from coderunner_app.state.class_address import field
from coderunner_core.cost.capacity import Pace
from coderunner_core.cost.inputs import LABELS
from coderunner_core.cost.measured import DEFAULT_DAYS
from coderunner_core.cost.wording import what_if
from coderunner_core.errors import BadInput
from coderunner_core.services.upkeep import bill
from coderunner_core.services.upkeep.bill import Wanted

_SCENARIOS = ("best", "base", "worst")
_USUAL_PACE = {name: f"{value:g}" for name, value in asdict(Pace()).items()}


class CostState(Visitor, rx.State):
    """One open page. The inputs are texts, as somebody typed them."""

    scenario: str = "base"
    source: str = ""
    days: str = str(DEFAULT_DAYS)
    pace: dict[str, str] = dict(_USUAL_PACE)
    changes: dict[str, str] = {}
    is_measured: bool = False

    inputs: list[InputRow] = []
    results: list[Row] = []
    usage: list[Row] = []
    usage_said: str = ""
    breakpoints: list[Row] = []
    what_ifs: list[str] = []
    runners: list[str] = []  # the heads of the columns that depend on the inputs
    bills: list[Row] = []
    parts: list[Row] = []
    swaps: list[Row] = []
    prices_said: str = ""
    findings: list[FindingRow] = []  # does not follow from the documents' own numbers
    doubts: list[FindingRow] = []  # contradicts, or hides a condition
    limits: list[CapacityRow] = []
    capacity_said: str = ""
    costs_said: str = ""

    @answers
    async def load(self) -> Any:
        """The base scenario beside what was measured."""
        self.scenario, self.changes = "base", {}
        self.days, self.pace = str(DEFAULT_DAYS), dict(_USUAL_PACE)
        await self._read()

    @answers
    async def choose(self, scenario: str) -> Any:
        """Another scenario, with nothing changed in it."""
        if text(scenario, "scenario") not in _SCENARIOS:
            raise BadInput("There are three scenarios: best, base and worst.")
        self.scenario, self.changes = scenario, {}
        await self._read()

    @answers
    async def work_out(self, form: dict[str, Any]) -> Any:
        """With what was typed: other inputs, other days, another pace. An empty field is the scenario's own number."""
        self.changes = {name: field(form, name) for name in LABELS if field(form, name)}
        self.days = field(form, "days") or str(DEFAULT_DAYS)
        self.pace = {name: field(form, name) or usual for name, usual in _USUAL_PACE.items()}
        await self._read()

    async def _read(self) -> None:
        wanted = Wanted(self.scenario, days=round(_number(self.days, "days")), changes=self.changes)
        pace = Pace(**{name: _number(typed, "seconds") for name, typed in self.pace.items()})
        found = await bill.read(await self._actor(), self._core(), wanted, pace)
        report = found.report
        self.source = report.scenario.source
        self.inputs, self.results = words.input_rows(report), words.result_rows(report)
        self.usage, self.usage_said = words.usage_rows(report), words.usage_words(report)
        self.is_measured = bool(self.usage)
        self.breakpoints, self.what_ifs = words.breakpoint_rows(report), what_if(report)
        needed = report.compute
        self.runners = [words.runners_words(one) for one in (needed.runners_mean, needed.runners_peak_hour)]
        self.bills, self.swaps = words.bill_rows(report), words.swap_rows(report)
        self.parts = words.part_rows(report)
        self.prices_said = words.prices_words(report)
        self.findings, self.doubts = (words.finding_rows(report, wrong=one) for one in (True, False))
        self.limits, self.capacity_said = words.capacity_rows(found), words.capacity_words(found)
        self.costs_said = words.costs_words(found)
        self.trouble, self.ready = "", True


def _number(typed: str, what: str) -> float:
    try:
        found = float(typed)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise BadInput(f"{typed!r} is no number of {what}.")
    return found
