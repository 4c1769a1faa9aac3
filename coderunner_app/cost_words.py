"""What the cost page shows: the report as rows of text, worked out once and sent as they are."""

from __future__ import annotations

from dataclasses import dataclass

from coderunner_core.cost.findings import Kind
from coderunner_core.cost.inputs import LABELS
from coderunner_core.cost.measured import NotMeasured
from coderunner_core.cost.report import CostReport
from coderunner_core.cost.usage import Timing, Usage
from coderunner_core.cost.wording import NO_PRICES, RESULTS, figure, money, number, tests_words
from coderunner_core.services.upkeep.bill import Bill

_KIB_PER_MIB = 1024


@dataclass(frozen=True)
class InputRow:
    """An input of the model. ``name`` is the form's field; ``why`` says why an open number was chosen so."""

    name: str
    symbol: str
    meaning: str
    assumed: str
    measured: str
    why: str


@dataclass(frozen=True)
class Row:
    """A line of a table. ``part`` says that it is a part of the line above."""

    name: str
    cells: list[str]
    part: bool = False


@dataclass(frozen=True)
class FindingRow:
    """Where a document is wrong."""

    where: str
    kind: str
    says: str
    right: str


@dataclass(frozen=True)
class CapacityRow:
    """One thing that runs out."""

    name: str
    students: str
    first: bool


def input_rows(report: CostReport) -> list[InputRow]:
    """What is assumed, and beside it what was measured."""
    measured = isinstance(report.usage, Usage)
    return [
        InputRow(
            name=name,
            symbol=label.symbol,
            meaning=label.meaning,
            assumed=number(report.assumed, name),
            measured=number(report.inputs, name) if measured else "",
            why=report.scenario.assumed.get(name, ""),
        )
        for name, label in LABELS.items()
    ]


def result_rows(report: CostReport) -> list[Row]:
    """What follows from the inputs, assumed and measured."""
    columns = [report.assumed_compute, *([report.compute] if isinstance(report.usage, Usage) else [])]
    return [
        Row(label.strip(), [figure(getattr(one, name), form) for one in columns], part=label.startswith(" "))
        for name, label, form in RESULTS
    ]


def usage_rows(report: CostReport) -> list[Row]:
    """What was measured of programs; nothing when nothing was."""
    usage = report.usage
    if not isinstance(usage, Usage):
        return []

    def row(name: str, timing: Timing) -> Row:
        spans = (timing.mean_s, timing.p50_s, timing.p95_s, timing.cpu_mean_s)
        return Row(name, [f"{timing.count:,}", *(f"{span:.3f} s" for span in spans)])

    return [row("Runs", usage.run), row("Submissions", usage.submission)]


def usage_words(report: CostReport) -> str:
    """What was measured besides, or why nothing was."""
    usage = report.usage
    if isinstance(usage, NotMeasured):
        return usage.message
    if usage is None:
        return ""
    people, days = "person" if usage.monthly_users == 1 else "people", "" if usage.days == 1 else "s"
    return (
        f"{usage.presses:,} programs of {usage.monthly_users:,} {people} in {usage.days} day{days}. Queue wait: p50 "
        f"{usage.queue_wait_p50_s:.3f} s, p95 {usage.queue_wait_p95_s:.3f} s. {tests_words(usage)} A worker was held "
        f"for {usage.overhead_factor:.2f} s per second of execution, the programs' own processor time was "
        f"{usage.cpu_share:.2f} s of it."
    )


def breakpoint_rows(report: CostReport) -> list[Row]:
    """How many people so many runners carry."""
    return [
        Row(f"{one.runners}", [f"{one.daily_users_mean:,}", f"{one.daily_users_peak_hour:,}"])
        for one in report.breakpoints
    ]


def bill_rows(report: CostReport) -> list[Row]:
    """The providers' templates, with as many runners as the inputs need."""
    users = report.inputs.monthly_users
    rows = []
    for bill in report.bills:
        whole = bill.with_peak_runners
        cents = f"{100 * whole.low / users:.2f}–{100 * whole.high / users:.2f}" if whole and users else "–"
        ranges = (bill.stated, bill.added_up, bill.with_mean_runners, bill.with_peak_runners)
        name = f"{bill.template.name} ({bill.template.source})"
        rows.append(Row(name, [*(_range(money(bill, one)) for one in ranges), cents]))
    return rows


def part_rows(report: CostReport) -> list[Row]:
    """Each bill that the documents give in parts, and beneath it those."""
    return [
        row
        for bill in report.bills
        if bill.template.parts
        for row in (
            Row(f"{bill.template.name} ({bill.template.source})", [_range(money(bill, bill.added_up))]),
            *(Row(part.component, [_range(money(bill, part.range))], part=True) for part in bill.template.parts),
        )
    ]


def swap_rows(report: CostReport) -> list[Row]:
    """What a template costs with one part replaced."""
    return [
        Row(f"{bill.template.name}: {name}", [_range(money(bill, total))])
        for bill in report.bills
        for name, total in bill.swaps
    ]


def _range(words: str) -> str:
    return words.replace("-", "–")  # the terminal's hyphen


def runners_words(count: int) -> str:
    """The head of a column that depends on how many there are."""
    return f"With {count:,} runner" + ("s" if count > 1 else "")


def prices_words(report: CostReport) -> str:
    """Where the prices are from, and whether the documents' sums are right."""
    dates = ", ".join(sorted({f"{one.template.date}" for one in report.bills}))
    sums = " ".join(report.wrong_totals) or "Every total that has parts is their sum."
    return f"Prices as in the planning documents, copied {dates}. {sums} {NO_PRICES}"


def finding_rows(report: CostReport, *, wrong: bool) -> list[FindingRow]:
    """What does not follow from the documents' own numbers; or else what contradicts or hides a condition."""
    return [
        FindingRow(one.where, one.kind.value, one.says, one.right)
        for one in report.findings
        if (one.kind is Kind.WRONG) == wrong
    ]


def capacity_rows(bill: Bill) -> list[CapacityRow]:
    """What runs out, the first first."""
    limits = bill.capacity.limits
    return [CapacityRow(one.name, f"{one.students:,}", one is limits[0]) for one in limits]


def capacity_words(bill: Bill) -> str:
    """The answer in sentences."""
    found, machine = bill.capacity, bill.machine
    many = "es" if machine.web_processes > 1 else ""
    sentences = [
        f"With {machine.processors} processors, {machine.memory_mib / _KIB_PER_MIB:.1f} GiB of memory, "
        f"{machine.web_processes} web process{many} and {machine.execution_workers} + {machine.submission_workers} "
        f"workers, about {found.students:,} students can work at the same time ({found.runs_per_s:.1f} programs a "
        f"second). What runs out first: {found.limits[0].name}.",
        f"A second runner is due at {found.second_runner_at:,} students at the same time.",
        f"If {found.students:,} press Run in the same second, the last has its result after {found.burst_s:.1f} s.",
    ]
    if bill.busiest:
        share = bill.busiest / found.students if found.students else 1.0
        sentences.append(f"At the busiest moment measured {bill.busiest:,} were at work: {share:.0%} of that.")
    return " ".join(sentences)


def costs_words(bill: Bill) -> str:
    """What capacity was reckoned with."""
    costs = bill.costs
    return (
        f"A run costs {costs.run.cpu_ms:.0f} ms of processor time and holds a worker for {costs.run.slot_ms:.0f} ms, a "
        f"submission with {costs.tests:.3g} tests {costs.submission.cpu_ms:.0f} and {costs.submission.slot_ms:.0f} ms; "
        f"saving what was typed costs {costs.event.cpu_ms:.1f} ms, an open page {costs.page.memory_kib:.0f} KiB. "
        f"Measured {costs.date}: {costs.source}."
    )
