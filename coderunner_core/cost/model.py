"""The report's formulas (its section 4), carried on to what they mean: processors, runners and where those run out."""

from __future__ import annotations

import math
from dataclasses import dataclass

from coderunner_core.cost.inputs import DAYS_PER_MONTH, HOURS_PER_DAY, HOURS_PER_MONTH, Inputs

SECONDS_PER_HOUR = 3_600
_ROUNDING = 1e-9  # 2.0000000000000004 runners are two


@dataclass(frozen=True, slots=True)
class Compute:
    """What executing programs takes and costs. Runners are counted fully busy, so each count is the least possible."""

    execution_s_per_user_day: float
    vcpu_hours_per_user_day: float
    vcpu_hours_per_day: float
    vcpu_hours_per_month: float
    vcpus_mean: float  # busy around the clock
    vcpus_peak_hour: float
    runners_mean: int  # enough if all hours were alike
    runners_peak_hour: int
    usage_usd_per_month: float  # paying for the vCPU-hours used, as the report reckons
    usage_usd_per_daily_user_month: float
    usage_usd_per_monthly_user_month: float
    runners_usd_per_month: float  # paying for whole runners that carry the peak hour
    runners_usd_per_daily_user_month: float
    burst_s: float  # until all have their result when everyone who is there presses Run at once


def compute(inputs: Inputs) -> Compute:
    """Work out everything that follows from the inputs."""
    execution_s = execution_s_per_user_day(inputs)
    per_user_day = execution_s / SECONDS_PER_HOUR * inputs.overhead_factor
    per_day = per_user_day * inputs.daily_users
    per_month = per_day * DAYS_PER_MONTH
    mean = per_day / HOURS_PER_DAY
    peak = mean * inputs.peak_hour_factor
    runners = runners_for(peak, inputs)
    usage_usd = per_month * inputs.vcpu_hour_usd
    runners_usd = runners * inputs.runner_vcpus * HOURS_PER_MONTH * inputs.vcpu_hour_usd
    return Compute(
        execution_s_per_user_day=execution_s,
        vcpu_hours_per_user_day=per_user_day,
        vcpu_hours_per_day=per_day,
        vcpu_hours_per_month=per_month,
        vcpus_mean=mean,
        vcpus_peak_hour=peak,
        runners_mean=runners_for(mean, inputs),
        runners_peak_hour=runners,
        usage_usd_per_month=usage_usd,
        usage_usd_per_daily_user_month=usage_usd / inputs.daily_users,
        usage_usd_per_monthly_user_month=usage_usd / inputs.monthly_users,
        runners_usd_per_month=runners_usd,
        runners_usd_per_daily_user_month=runners_usd / inputs.daily_users,
        burst_s=inputs.peak_users * inputs.run_s * inputs.overhead_factor / (runners * inputs.runner_vcpus),
    )


def execution_s_per_user_day(inputs: Inputs) -> float:
    """ExecSecondsPerUserDay of the report's 4.1, in seconds."""
    return inputs.runs_per_user_day * inputs.run_s + inputs.submissions_per_user_day * inputs.submission_s


def runners_for(vcpus: float, inputs: Inputs) -> int:
    """How many runners have so many vCPUs; at least one."""
    return max(1, math.ceil(vcpus / inputs.runner_vcpus - _ROUNDING))


@dataclass(frozen=True, slots=True)
class Breakpoint:
    """How many daily users so many runners carry; with one more, the next runner is due."""

    runners: int
    daily_users_mean: int  # if the work came evenly over 24 hours
    daily_users_peak_hour: int  # so that the busiest hour still fits


def breakpoints(inputs: Inputs, runners: tuple[int, ...] = (1, 2, 3, 5, 10)) -> tuple[Breakpoint, ...]:
    """Where the next runner is due as daily users grow, everything else as it is."""
    per_user_day = compute(inputs).vcpu_hours_per_user_day
    return tuple(
        Breakpoint(
            count,
            math.floor(count * inputs.runner_vcpus * HOURS_PER_DAY / per_user_day + _ROUNDING),
            math.floor(
                count * inputs.runner_vcpus * HOURS_PER_DAY / per_user_day / inputs.peak_hour_factor + _ROUNDING
            ),
        )
        for count in runners
    )
