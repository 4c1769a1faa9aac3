"""What is wrong in the cost and scaling report, section by section."""

from __future__ import annotations

from dataclasses import replace

from coderunner_core.cost.findings import Finding, Kind, dollars
from coderunner_core.cost.inputs import DAYS_PER_MONTH, SCENARIOS
from coderunner_core.cost.model import breakpoints, compute, execution_s_per_user_day
from coderunner_core.cost.prices import Range, base_bills
from coderunner_core.cost.what_if import BROWSING_SHARE, load_left, quota

_ROUNDED_VCPU_HOURS, _ROUNDED_USD = 0.0408, 0.0083  # as the report rounds them


def in_report() -> tuple[Finding, ...]:
    """Every discrepancy found in it, in its order."""
    return (*_formulas(), *_examples(), *_scenarios(), *_tables(), *_levers())


def _formulas() -> list[Finding]:
    base = SCENARIOS["base"].inputs
    right = compute(base)
    day = base.daily_users * _ROUNDED_VCPU_HOURS
    month = day * DAYS_PER_MONTH
    (one,) = breakpoints(base, (1,))
    return [
        Finding(
            "report 4.3",
            Kind.WRONG,
            "3,000 x 0.0408 = 122.4 vCPU-hours = 5.1 vCPU-hours/day",
            f"{day:.1f} vCPU-hours a day ({right.vcpu_hours_per_day:.1f} unrounded) are {right.vcpus_mean:.1f} vCPUs "
            "busy around the clock: the division by 24 hours gives vCPUs, not vCPU-hours",
        ),
        Finding(
            "report 4.3",
            Kind.WRONG,
            "monthly execution compute ~153 vCPU-hours",
            f"{month:,.0f} vCPU-hours a month ({right.vcpu_hours_per_month:,.0f} unrounded), "
            f"${month * _ROUNDED_USD:.2f} at $0.0083 (${right.usage_usd_per_month:.2f} at $12 / 1,440); "
            f"153 is 5.1 x 30, {right.vcpu_hours_per_month / 153:.0f} times too little",
        ),
        Finding(
            "report 4.3",
            Kind.WRONG,
            "~153 vCPU-hours a month = ~1.3 vCPU-hours/day average",
            f"even 153 / 30 is {153 / DAYS_PER_MONTH:.1f}; right is {right.vcpu_hours_per_day:.1f} a day",
        ),
        Finding(
            "report 4.3, 11.5",
            Kind.WRONG,
            "1x 2 vCPU runner is sufficient for the base scenario",
            f"{right.vcpus_mean:.1f} vCPUs need {right.runners_mean} runners even if every hour were alike, and "
            f"{right.runners_peak_hour} when the busiest hour has {base.peak_hour_factor:g} times the work of the mean "
            f"hour; one runner carries {one.daily_users_mean:,} daily users spread evenly, "
            f"{one.daily_users_peak_hour:,} with that peak",
        ),
        Finding(
            "report 4.2",
            Kind.CONDITIONAL,
            "each second of execution costs a full vCPU, times an overhead of 3",
            "true only if a program may use a whole vCPU; proposal 9.1 gives it half of one (--cpus=0.5), so a run of "
            f"{base.run_s:g} s uses at most {base.run_s / 2:g} vCPU seconds and the formula adds "
            f"{base.run_s * base.overhead_factor - base.run_s / 2:g} for starting it. A start is a constant per "
            "program, not a factor of its length; --measured shows what it is here",
        ),
    ]


def _examples() -> list[Finding]:
    base, worst = SCENARIOS["base"].inputs, SCENARIOS["worst"].inputs
    example = replace(base, run_s=2, submission_s=10, vcpu_hour_usd=0.01)
    shown, right = compute(example), compute(base)
    everyone = 100_000 * shown.usage_usd_per_daily_user_month
    same_times = replace(base, runs_per_user_day=30, submissions_per_user_day=5)
    at_base_times = compute(same_times).vcpu_hours_per_user_day / right.vcpu_hours_per_user_day
    per_user = compute(worst).vcpu_hours_per_user_day / right.vcpu_hours_per_user_day
    return [
        Finding(
            "report 4.3",
            Kind.CONTRADICTS,
            '"Example (base)": t_run 2 s, t_submit 10 s, $0.01',
            "the base scenario of section 3 has 2.5 s, 12 s and $0.0083: "
            f"{execution_s_per_user_day(base):g} s a day and not {execution_s_per_user_day(example):g}. That both give "
            f"1 cent (${right.usage_usd_per_daily_user_month:.4f} and ${shown.usage_usd_per_daily_user_month:.4f}) is "
            "chance",
        ),
        Finding(
            "report 4.3",
            Kind.CONDITIONAL,
            "100,000 active users/month: ~$1,000 execution a month",
            "true only if each of them is active on each of the 30 days; the price is per daily active user. With the "
            f"report's own DAU of 15 % of MAU it is ${everyone * base.daily_users / base.monthly_users:,.0f}",
        ),
        Finding(
            "report 4.3",
            Kind.CONDITIONAL,
            "the worst case can be 10-100x",
            f"its own scenario C costs {at_base_times:.1f} times the base per user at base times, {per_user:.1f} "
            "times when every program lasts until its time-out with the highest overhead, and "
            f" {per_user * worst.daily_users / base.daily_users:.1f} times in all",
        ),
    ]


def _scenarios() -> list[Finding]:
    bills = [one.added_up() for one in base_bills()]
    right = compute(SCENARIOS["base"].inputs)
    mean, peak = (
        _span([one.added_up(runners) for one in base_bills()])
        for runners in (right.runners_mean, right.runners_peak_hour)
    )
    return [
        Finding(
            "report 5, scenario B",
            Kind.CONTRADICTS,
            "total $120-600",
            f"the five bills of sections 6-9 for the same scenario span {dollars(_span(bills))}: none begins at $120 "
            f"or ends at $600. With the {right.runners_mean} runners of the mean hour they span {dollars(mean)}, with "
            f"the {right.runners_peak_hour} of the busiest {dollars(peak)}",
        ),
    ]


def _tables() -> list[Finding]:
    bills = base_bills()
    runners = _base_runners()
    shares = [share for one in bills for share in _runner_share(one.runner, one.added_up())]
    paas, vps = bills[:2]
    per_user = compute(SCENARIOS["base"].inputs).usage_usd_per_daily_user_month
    rest = paas.added_up(0)
    prices = [amount / 1_440 for one in bills for amount in (one.runner.low, one.runner.high)]
    hours = compute(SCENARIOS["base"].inputs).vcpu_hours_per_user_day * DAYS_PER_MONTH
    return [
        Finding(
            "report 6-9, appendix C",
            Kind.WRONG,
            "base bills with one runner",
            f"the sums are right and the runners too few; with {runners} (the least, section 4.3): "
            + "; ".join(f"{one.name} {dollars(one.added_up(runners))}" for one in bills),
        ),
        Finding(
            "report 6.2 / 1, 5",
            Kind.CONTRADICTS,
            f"web and API as two containers on one VPS, {dollars(vps.added_up())}",
            "every scenario includes two replicas of each (sections 1 and 5); with a second such VPS it is "
            f"{dollars(vps.added_up().plus(vps.parts[0].range))}",
        ),
        Finding(
            "report appendix C",
            Kind.CONTRADICTS,
            "a second runner adds $6-15",
            "only with a VPS; by its own tables "
            + ", ".join(f"{one.name} {dollars(one.runner)}" for one in bills if one.runner != paas.runner),
        ),
        Finding(
            "report 4.3, 6-9",
            Kind.CONDITIONAL,
            "execution costs ~1 cent per user and month",
            f"true only at $12 for 2 vCPUs; its tables' runners cost ${min(prices):.4f}-{max(prices):.4f} per "
            f"vCPU-hour, so {100 * hours * min(prices):.1f} to {100 * hours * max(prices):.1f} cents",
        ),
        Finding(
            "report 2.2",
            Kind.CONDITIONAL,
            "runner compute is the #1 cost driver",
            f"in its own bills the runner is {100 * min(shares):.0f}-{100 * max(shares):.0f} %. Execution overtakes "
            f"the rest of the {paas.name} bill ({dollars(rest)}) at {rest.low / per_user:,.0f} to "
            f"{rest.high / per_user:,.0f} daily users",
        ),
        Finding(
            "report 2.1, 2.2, 6-9",
            Kind.CONTRADICTS,
            "load balancer, logs and egress create the bill",
            "no table has a line for any of them, so each total is too low by what they cost",
        ),
    ]


def _levers() -> list[Finding]:
    base, worst = SCENARIOS["base"].inputs, SCENARIOS["worst"].inputs
    at_base_times = quota(replace(base, submissions_per_user_day=5))
    at_time_outs = quota(worst)
    return [
        Finding(
            "report appendix A",
            Kind.WRONG,
            "30 to 10 runs a day: execution seconds drop ~3x",
            "only those of runs; submissions stay. In scenario C "
            f"{at_base_times.before.execution_s_per_user_day:g} s become "
            f"{at_base_times.after.execution_s_per_user_day:g} s, {at_base_times.factor:.1f}x "
            f"({at_time_outs.factor:.1f}x when all last until the time-out)",
        ),
        Finding(
            "report appendix A, 11.4",
            Kind.WRONG,
            "80 % of traffic is browsing and cached: load may drop 5-20x",
            f"at most {1 / load_left():.0f}x with every read a hit ({1 / load_left(BROWSING_SHARE, 0.9):.1f}x with "
            "90 % hits), since the other 20 % remain; 20x needs 95 % of the traffic served from the cache",
        ),
    ]


def _base_runners() -> int:
    return compute(SCENARIOS["base"].inputs).runners_mean


def _span(ranges: list[Range]) -> Range:
    return Range(low=min(one.low for one in ranges), high=max(one.high for one in ranges))


def _runner_share(runner: Range, total: Range) -> tuple[float, float]:
    return runner.low / total.low, runner.high / total.high
