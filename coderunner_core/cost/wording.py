"""What the terminal and the page say in the same words: names of results, amounts of money, what-ifs."""

from __future__ import annotations

from dataclasses import asdict

from coderunner_core.cost.inputs import Inputs
from coderunner_core.cost.prices import Range
from coderunner_core.cost.report import Bill, CostReport
from coderunner_core.cost.usage import Usage
from coderunner_core.cost.what_if import BROWSING_SHARE

RESULTS = (
    ("execution_s_per_user_day", "execution seconds per user and day", "{:,.2f}"),
    ("vcpu_hours_per_user_day", "vCPU-hours per user and day", "{:.6f}"),
    ("vcpu_hours_per_day", "vCPU-hours a day", "{:,.2f}"),
    ("vcpu_hours_per_month", "vCPU-hours a month", "{:,.0f}"),
    ("vcpus_mean", "vCPUs busy around the clock", "{:,.2f}"),
    ("vcpus_peak_hour", "vCPUs busy in the busiest hour", "{:,.2f}"),
    ("runners_mean", "runners, if every hour were alike", "{:,}"),
    ("runners_peak_hour", "runners for the busiest hour", "{:,}"),
    ("usage_usd_per_month", "US$ a month for the vCPU-hours used", "{:,.2f}"),
    ("usage_usd_per_daily_user_month", "  per daily active user", "{:.4f}"),
    ("usage_usd_per_monthly_user_month", "  per monthly active user", "{:.4f}"),
    ("runners_usd_per_month", "US$ a month for the busiest hour's runners", "{:,.2f}"),
    ("runners_usd_per_daily_user_month", "  per daily active user", "{:.4f}"),
    ("burst_s", "seconds if all at once press Run, these runners", "{:,.1f}"),
)


NO_PRICES = "Sections 7.2 and 10 of the report name providers and no prices, so there is nothing to add up."


def tests_words(usage: Usage) -> str:
    """How many tests a submission has here."""
    if usage.tests_per_submission is None:
        return "No submission was counted with its tests yet."
    return f"Tests a submission: {usage.tests_per_submission:.1f} on average."


def what_if(report: CostReport) -> list[str]:
    """One sentence, or a few, for each thing that could be done differently."""
    quota, left = report.quota, report.cached_load_left
    saved = quota.before.usage_usd_per_month - quota.after.usage_usd_per_month
    lines = [
        f"Quota: {quota.runs_from:g} runs a day become {quota.runs_to:g}: execution "
        f"{quota.before.execution_s_per_user_day:,.2f} s per user and day becomes "
        f"{quota.after.execution_s_per_user_day:,.2f} s, {quota.factor:.2f} times less "
        "(submissions stay); "
        f"runners for the busiest hour {quota.before.runners_peak_hour:,} -> {quota.after.runners_peak_hour:,}; "
        f"saves ${saved:,.2f} a month.",
        f"Caching: when {BROWSING_SHARE:.0%} of the requests are browsing and each is a hit, {left:.0%} of the load on "
        f"web, API and database is left ({1 / left:.1f} times less). Execution stays. Smaller instances save at most "
        + ", ".join(f"{sign(one)}{one.caching_saves_at_most:g} ({one.template.name})" for one in scaling_bills(report))
        + " a month.",
    ]
    for runners in report.runners:
        adds = {money(bill, runners.adds[bill.template.id]): None for bill in scaling_bills(report)}
        costs = f"; adds {', '.join(adds)} a month" if runners.count > 1 else ""
        lines.append(
            f"{runners.count} runner{'s' if runners.count > 1 else ''}: {runners.vcpus:g} vCPUs, "
            f"{runners.busy_share_mean:.0%} busy around the clock, {runners.busy_share_peak_hour:.0%} in the busiest "
            f"hour (over 100 % the queue only grows){costs}."
        )
    return lines


def scaling_bills(report: CostReport) -> list[Bill]:
    """Those in which runners are a line of their own."""
    return [bill for bill in report.bills if bill.template.scales]


def money(bill: Bill, range_: Range | None) -> str:
    """A range in the bill's currency, or a dash."""
    return f"{sign(bill)}{range_.low:,.0f}-{range_.high:,.0f}" if range_ else "-"


def sign(bill: Bill) -> str:
    """What stands before an amount."""
    return "$" if bill.template.currency == "USD" else f"{bill.template.currency} "


def number(inputs: Inputs, name: str) -> str:
    """An input as one reads it."""
    return f"{asdict(inputs)[name]:,.4g}" if asdict(inputs)[name] < 1_000 else f"{asdict(inputs)[name]:,.0f}"


def figure(value: float, form: str) -> str:
    """In the form, unless that would round something to nothing."""
    shown = form.format(value)
    return shown if not value or any(digit in "123456789" for digit in shown) else f"{value:.2g}"
