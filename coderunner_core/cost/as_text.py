"""Prints the cost report for people: plain text, at most 120 columns, every number with its unit."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from coderunner_core.cost.inputs import LABELS
from coderunner_core.cost.measured import NotMeasured
from coderunner_core.cost.model import Compute
from coderunner_core.cost.report import CostReport
from coderunner_core.cost.usage import Timing, Usage
from coderunner_core.cost.wording import NO_PRICES, RESULTS, figure, money, number, tests_words, what_if

_WIDTH = 118


def as_text(report: CostReport) -> str:
    """The whole report."""
    measured = report.usage if isinstance(report.usage, Usage) else None
    sections = [
        [f"Cost of scenario {report.scenario.name} ({report.scenario.source})"],
        [report.usage.message] if isinstance(report.usage, NotMeasured) else [],
        _inputs(report, measured),
        _results(report, measured),
        _usage(measured) if measured else [],
        [f"What follows uses the {'measured' if measured else 'assumed'} inputs."],
        _breakpoints(report),
        _what_if(report),
        _bills(report),
        _parts(report),
        _swaps(report),
        _findings(report),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def _inputs(report: CostReport, measured: Usage | None) -> list[str]:
    rows = []
    for name, label in LABELS.items():
        mark = "*" if name in report.scenario.assumed else ""
        row = [label.symbol, label.meaning, number(report.assumed, name) + mark]
        rows.append([*row, number(report.inputs, name)] if measured else row)
    head = ["INPUTS", "", "assumed", *(["measured"] if measured else [])]
    reasons: dict[str, list[str]] = {}
    for name, reason in report.scenario.assumed.items():
        reasons.setdefault(reason, []).append(LABELS[name].symbol)
    notes = [f"* {', '.join(who)}: {why}" for why, who in reasons.items()]
    return _table([head, *rows], texts=2) + _wrapped(notes)


def _results(report: CostReport, measured: Usage | None) -> list[str]:
    def row(name: str, label: str, form: str, *of: Compute) -> list[str]:
        return [label, *(figure(getattr(one, name), form) for one in of)]

    columns = [report.assumed_compute, *([report.compute] if measured else [])]
    head = ["EXECUTION", "assumed", *(["measured"] if measured else [])]
    return [
        *_table([head, *(row(*result, *columns) for result in RESULTS)]),
        "Runners are counted fully busy, so these are the fewest that can do the work; a short queue needs more.",
    ]


def _usage(usage: Usage) -> list[str]:
    def row(label: str, timing: Timing) -> list[str]:
        seconds = (timing.mean_s, timing.p50_s, timing.p95_s, timing.cpu_mean_s)
        return [label, f"{timing.count:,}", *(f"{value:.3f}" for value in seconds)]

    return [
        *_table(
            [
                [f"MEASURED, {usage.days} days", "programs", "mean s", "p50 s", "p95 s", "CPU s, mean"],
                row("runs", usage.run),
                row("submissions", usage.submission),
            ]
        ),
        f"Queue wait: p50 {usage.queue_wait_p50_s:.3f} s, p95 {usage.queue_wait_p95_s:.3f} s. {tests_words(usage)}",
        f"Per second of execution a worker was held for {usage.overhead_factor:.2f} s: the overhead factor, an upper "
        "bound, since a",
        f"worker also waits. The programs' own CPU time was {usage.cpu_share:.2f} s, the lower bound: "
        f"{usage.cpu_vcpus_mean:.5f} vCPUs around the clock.",
    ]


def _breakpoints(report: CostReport) -> list[str]:
    rows = [
        [f"{one.runners}", f"{one.daily_users_mean:,}", f"{one.daily_users_peak_hour:,}"] for one in report.breakpoints
    ]
    head = ["BREAKPOINTS: runners", "carry DAU, spread evenly", "carry DAU, in the busiest hour"]
    return [
        *_table([head, *rows]),
        "Beyond each line the next runner is due. In operation: when the queue wait's p95 is over 2 s for 5 minutes.",
    ]


def _what_if(report: CostReport) -> list[str]:
    return _wrapped(["WHAT IF", *what_if(report)])


def _bills(report: CostReport) -> list[str]:
    mean, peak = report.compute.runners_mean, report.compute.runners_peak_hour
    users = report.inputs.monthly_users
    head = [
        "BILLS a month",
        "source",
        "document",
        "added up",
        f"{mean:,} runner(s)",
        f"{peak:,} runner(s)",
        "cents/MAU",
    ]
    rows = []
    for bill in report.bills:
        whole = bill.with_peak_runners
        cents = f"{100 * whole.low / users:.2f}-{100 * whole.high / users:.2f}" if whole else "-"
        ranges = (bill.stated, bill.added_up, bill.with_mean_runners, bill.with_peak_runners)
        rows.append([bill.template.name, bill.template.source, *(money(bill, one) for one in ranges), cents])
    dates = sorted({f"{one.template.date}" for one in report.bills})
    fine = "Every total that has parts is their sum; what is wrong is what they leave out, see below."
    totals = report.wrong_totals or (fine,)
    return [
        *_table([head, *rows], texts=2),
        f"{mean:,} runner(s) are enough if every hour were alike, {peak:,} for the busiest hour; cents per monthly "
        "user are for the latter.",
        "Only runners follow the inputs; everything else is as the documents size it: for MAU 20,000 and DAU 3,000.",
        f"Prices as in the documents, copied {', '.join(dates)}; add your own in coderunner_core/cost/prices.toml.",
        *totals,
    ]


def _parts(report: CostReport) -> list[str]:
    lines = [
        f"{bill.template.name}: "
        + ", ".join(f"{part.component} {money(bill, part.range)}" for part in bill.template.parts)
        for bill in report.bills
        if bill.template.parts
    ]
    return _wrapped(["WHAT THE BILLS ARE MADE OF", *lines, NO_PRICES])


def _swaps(report: CostReport) -> list[str]:
    rows = [[name, money(bill, total)] for bill in report.bills for name, total in bill.swaps]
    names = [bill.template.name for bill in report.bills if bill.swaps]
    return _table([[f"INSTEAD, in {', '.join(names)}", "total"], *rows]) if rows else []


def _findings(report: CostReport) -> list[str]:
    lines = [f"WHERE THE DOCUMENTS ARE WRONG ({len(report.findings)})"]
    for place, one in enumerate(report.findings, 1):
        lines += _wrapped([f"{place}. {one.where}, {one.kind}: {one.says}"])
        lines += textwrap.wrap(one.right, _WIDTH, initial_indent="   -> ", subsequent_indent="      ")
    return lines


def _wrapped(lines: Sequence[str]) -> list[str]:
    return [part for line in lines for part in textwrap.wrap(line, _WIDTH, subsequent_indent="   ")]


def _table(rows: Sequence[Sequence[str]], texts: int = 1) -> list[str]:
    """Columns two spaces apart: the first ``texts`` of them to the left, numbers to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if index < texts else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
