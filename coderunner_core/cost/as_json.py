"""The cost report for scripts: the same numbers, unrounded, with stable names."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from coderunner_core.cost.measured import NotMeasured
from coderunner_core.cost.prices import Range
from coderunner_core.cost.report import Bill, CostReport
from coderunner_core.cost.usage import Usage
from coderunner_core.cost.what_if import BROWSING_SHARE, HIT_SHARE


def as_json(report: CostReport) -> dict[str, Any]:
    """The whole report as JSON's types. ``measured`` is null when it was not asked for or is not there yet."""
    measured: dict[str, Any] | None = None
    if isinstance(report.usage, Usage):
        measured = {
            "usage": asdict(report.usage),
            "inputs": asdict(report.inputs),
            "execution": asdict(report.compute),
        }
    return {
        "scenario": report.scenario.name,
        "source": report.scenario.source,
        "our_assumptions": report.scenario.assumed,
        "assumed": {"inputs": asdict(report.assumed), "execution": asdict(report.assumed_compute)},
        "measured": measured,
        "not_measured": report.usage.message if isinstance(report.usage, NotMeasured) else None,
        "breakpoints": [asdict(one) for one in report.breakpoints],
        "what_if": {
            "quota": asdict(report.quota) | {"factor": report.quota.factor},
            "caching": {
                "browsing_share": BROWSING_SHARE,
                "hit_share": HIT_SHARE,
                "load_left": report.cached_load_left,
            },
            "runners": [
                {
                    "count": one.count,
                    "vcpus": one.vcpus,
                    "busy_share_mean": one.busy_share_mean,
                    "busy_share_peak_hour": one.busy_share_peak_hour,
                    "adds": {name: _range(added) for name, added in one.adds.items()},
                }
                for one in report.runners
            ],
        },
        "bills": [_bill(one) for one in report.bills],
        "wrong_totals": list(report.wrong_totals),
        "findings": [asdict(one) for one in report.findings],
    }


def _bill(bill: Bill) -> dict[str, Any]:
    return bill.template.model_dump(mode="json", exclude={"swaps", "total"}) | {
        "stated": _range(bill.stated),
        "added_up": _range(bill.added_up),
        "with_mean_runners": _range(bill.with_mean_runners),
        "with_peak_runners": _range(bill.with_peak_runners),
        "swaps": [{"component": name, "total": _range(total)} for name, total in bill.swaps],
        "caching_saves_at_most": bill.caching_saves_at_most,
    }


def _range(range_: Range | None) -> dict[str, Any] | None:
    return range_.model_dump() if range_ else None
