"""Puts everything about the cost into one value, for the terminal, for scripts and for a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coderunner_core.cost.findings import Finding
from coderunner_core.cost.findings_proposal import in_proposal
from coderunner_core.cost.findings_report import in_report
from coderunner_core.cost.inputs import Inputs, Scenario, change, scenario
from coderunner_core.cost.measured import NotMeasured
from coderunner_core.cost.model import Breakpoint, Compute, breakpoints, compute
from coderunner_core.cost.prices import Range, Template, templates
from coderunner_core.cost.usage import Usage
from coderunner_core.cost.what_if import Quota, Runners, caching_saves_at_most, load_left, quota, with_runners


@dataclass(frozen=True, slots=True)
class Bill:
    """A template's totals, per month in the template's currency.

    Where it scales, also with the runners that the inputs need on average, and in the busiest hour.
    """

    template: Template
    stated: Range | None
    added_up: Range | None
    with_mean_runners: Range | None
    with_peak_runners: Range | None
    swaps: tuple[tuple[str, Range], ...]
    caching_saves_at_most: float


@dataclass(frozen=True, slots=True)
class CostReport:
    """All that there is to say. Bills, breakpoints and what-ifs follow ``inputs``: the measured ones if there are."""

    scenario: Scenario
    assumed: Inputs
    assumed_compute: Compute
    usage: Usage | NotMeasured | None  # None: it was not asked for
    inputs: Inputs
    compute: Compute
    breakpoints: tuple[Breakpoint, ...]
    quota: Quota
    cached_load_left: float
    runners: tuple[Runners, ...]
    bills: tuple[Bill, ...]
    wrong_totals: tuple[str, ...]
    findings: tuple[Finding, ...]


def build(name: str, settings: Iterable[str] = (), usage: Usage | NotMeasured | None = None) -> CostReport:
    """Work everything out for a scenario with some inputs replaced. Raises BadInput, and Misconfigured (prices)."""
    chosen = scenario(name)
    settings = list(settings)
    assumed = change(chosen.inputs, settings)
    inputs = change(usage.inputs(assumed), settings) if isinstance(usage, Usage) else assumed  # set counts most
    result, all_templates = compute(inputs), templates()
    return CostReport(
        scenario=chosen,
        assumed=assumed,
        assumed_compute=compute(assumed),
        usage=usage,
        inputs=inputs,
        compute=result,
        breakpoints=breakpoints(inputs),
        quota=quota(inputs),
        cached_load_left=load_left(),
        runners=tuple(with_runners(inputs, count, all_templates) for count in (1, 2)),
        bills=tuple(_bill(one, result) for one in all_templates),
        wrong_totals=tuple(wrong for one in all_templates for wrong in one.wrong_totals()),
        findings=in_report() + in_proposal(),
    )


def _bill(template: Template, needed: Compute) -> Bill:
    scales = template.scales
    return Bill(
        template,
        template.total,
        template.added_up() if template.parts else None,
        template.added_up(needed.runners_mean) if scales else None,
        template.added_up(needed.runners_peak_hour) if scales else None,
        tuple((swap.component, template.with_swap(swap)) for swap in template.swaps),
        caching_saves_at_most(template),
    )
