"""What is wrong in the architecture proposal's numbers, by itself or beside the report."""

from __future__ import annotations

from dataclasses import replace

from coderunner_core.cost.findings import Finding, Kind, dollars
from coderunner_core.cost.inputs import DAYS_PER_MONTH, HOURS_PER_MONTH, SCENARIOS
from coderunner_core.cost.model import compute, execution_s_per_user_day
from coderunner_core.cost.prices import base_bills

# US East, Linux/x86, as AWS's price list had it in November 2026. A task pays for its memory too.
_FARGATE_VCPU_HOUR_USD, _FARGATE_GB_HOUR_USD = 0.04048, 0.004445
_M10_USD, _M5_USD = 57, 25  # proposal 16.3, and the low end of the report's "M5/M10"


def in_proposal() -> tuple[Finding, ...]:
    """Every discrepancy found in it, in its order."""
    return (*_targets(), *_limits(), *_prices())


def _targets() -> list[Finding]:
    base = SCENARIOS["base"].inputs
    bills = base_bills()
    beyond = [f"{one.name} ${one.added_up().high:g}" for one in bills if one.added_up().high > 250]
    in_time = compute(replace(base, run_s=2, submission_s=5))
    return [
        Finding(
            "proposal 4, 13",
            Kind.CONTRADICTS,
            "$80-250, and less than $250, a month at MAU 20k",
            f"it has no table behind it; the report's recommended bill is {dollars(bills[0].added_up())}, and the high "
            f"end is beyond $250 for {', '.join(beyond)}",
        ),
        Finding(
            "proposal 13 / report 3",
            Kind.CONTRADICTS,
            "runs in less than 2 s, submissions in less than 5 s",
            f"the report reckons with 2.5 s and 12 s on average. If the targets hold, it is at most "
            f"{in_time.execution_s_per_user_day:g} s per user and day and not {execution_s_per_user_day(base):g}: "
            f"{in_time.vcpu_hours_per_day:g} vCPU-hours a day, {in_time.vcpus_mean:.1f} vCPUs",
        ),
        Finding(
            "proposal 11.3 / report 3",
            Kind.CONTRADICTS,
            "load test with 100 concurrent users",
            f"the report's peak is {base.peak_users:g}: the test shows a fifth of it",
        ),
    ]


def _limits() -> list[Finding]:
    base, worst = SCENARIOS["base"].inputs, SCENARIOS["worst"].inputs
    presses = (base.runs_per_user_day + base.submissions_per_user_day) * base.daily_users * DAYS_PER_MONTH
    return [
        Finding(
            "proposal 7.1 / report 5",
            Kind.CONTRADICTS,
            "50 runs per user and day as cost control",
            f"the report's worst case has {worst.runs_per_user_day:g} on average, so the quota stops single users and "
            "saves nothing on the average; the report's appendix A reckons with 10",
        ),
        Finding(
            "proposal 7.1 / report 4.3",
            Kind.CONTRADICTS,
            "refuse when the wait is longer than 5 s",
            "the report adds a runner at a wait of 2-5 s: at its upper end programs are refused already. The "
            "proposal's own 2 s for 5 minutes (8.3) is the one to use",
        ),
        Finding(
            "proposal 7.3, 13",
            Kind.CONDITIONAL,
            "Sentry's free 5,000 errors a month suffice",
            f"the base scenario has {presses:,.0f} presses a month; at the error rate that section 13 allows (1 %) "
            f"that is {presses / 100:,.0f} errors. 5,000 are {100 * 5_000 / presses:.2f} %",
        ),
        Finding(
            "proposal 16.1",
            Kind.WRONG,
            "API on Railway: 2 replicas, 500 h a month, from $0",
            f"2 replicas need {2 * HOURS_PER_MONTH:,} hours a month and one needs {HOURS_PER_MONTH}: 500 h last "
            f"{500 / 2 / 24:.1f} days with two. An API that is always there does not cost $0",
        ),
    ]


def _prices() -> list[Finding]:
    paas = base_bills()[0]
    low = paas.added_up().low
    two = 2 * HOURS_PER_MONTH
    listed = two * _FARGATE_VCPU_HOUR_USD + 4 * HOURS_PER_MONTH * _FARGATE_GB_HOUR_USD
    return [
        Finding(
            "proposal 7.2, 16.3 / report 6-9",
            Kind.CONTRADICTS,
            f"database: Atlas M10, at ${_M10_USD} (16.3)",
            f"the report's lines begin at ${_M5_USD}, which is not an M10; with it each low end rises by "
            f"${_M10_USD - _M5_USD}, for example {paas.name} from ${low:g} to "
            f"${low + _M10_USD - _M5_USD:g}",
        ),
        Finding(
            "proposal 16.1 / report 6",
            Kind.CONTRADICTS,
            "a runner with 2 vCPU/4GB costs $5",
            f"the report's costs $6-15 and its price per vCPU-hour is from $12; $5 would be ${5 / two:.4f} per "
            "vCPU-hour",
        ),
        Finding(
            "proposal 16.3",
            Kind.CONDITIONAL,
            "Fargate: $0.014/vCPU-hour = $20/month minimum, 4x Hetzner",
            f"$0.014 x 720 h is ${0.014 * HOURS_PER_MONTH:.2f} a vCPU; $20 ({0.014 * two:.2f}) is two of them without "
            f"their memory, and no minimum. At AWS's list price 2 vCPU/4GB are ${listed:.2f}, {listed / 5:.0f}x",
        ),
    ]
