"""The report's formulas, against values computed by hand."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from coderunner_core.cost.inputs import SCENARIOS
from coderunner_core.cost.model import breakpoints, compute, runners_for

BASE = SCENARIOS["base"].inputs


def test_the_base_scenario_is_five_processors_around_the_clock() -> None:
    """Execution     10 x 2.5 s + 2 x 12 s = 25 + 24                     = 49 s per user and day
    vCPU-hours    49 / 3,600 x 3 = 147 / 3,600                        = 0.040833 (the report rounds to 0.0408)
    a day         3,000 x 147 / 3,600 = 441,000 / 3,600               = 122.5 (rounded as in the report: 122.4)
    a month       122.5 x 30                                          = 3,675 (3,672)
    vCPUs         122.5 / 24                                          = 5.104167, x 4 in the busiest hour 20.416667
    runners       5.104 / 2 = 2.55 -> 3; 20.417 / 2 = 10.2            -> 11
    used          3,675 x 12 / (2 x 720) = 3,675 / 120                = $30.625
    per user      30.625 / 3,000 = $0.01020833 (DAU), 30.625 / 20,000 = $0.00153125 (MAU)
    runners       11 x $12 = $132, / 3,000                            = $0.044
    burst         500 x 2.5 s x 3 / 22 vCPUs = 3,750 / 22             = 170.4545 s
    """
    assert asdict(compute(BASE)) == pytest.approx(
        {
            "execution_s_per_user_day": 49,
            "vcpu_hours_per_user_day": 147 / 3600,
            "vcpu_hours_per_day": 122.5,
            "vcpu_hours_per_month": 3675,
            "vcpus_mean": 5.1041667,
            "vcpus_peak_hour": 20.4166667,
            "runners_mean": 3,
            "runners_peak_hour": 11,
            "usage_usd_per_month": 30.625,
            "usage_usd_per_daily_user_month": 0.010208333,
            "usage_usd_per_monthly_user_month": 0.00153125,
            "runners_usd_per_month": 132,
            "runners_usd_per_daily_user_month": 0.044,
            "burst_s": 170.4545454,
        }
    )


def test_the_best_scenario_fits_one_runner() -> None:
    """5 x 2 + 1 x 10 = 20 s; 20 / 3,600 x 2 = 0.011111 vCPU-hours; x 1,000 = 11.1111 a day; / 24 = 0.462963 vCPUs,
    x 4 = 1.851852, less than one runner's 2; x 30 = 333.333 a month; / 120 = $2.777778.
    """
    best = compute(SCENARIOS["best"].inputs)
    assert (best.execution_s_per_user_day, best.runners_mean, best.runners_peak_hour) == (20, 1, 1)
    assert best.vcpu_hours_per_day == pytest.approx(11.1111111)
    assert best.vcpus_mean == pytest.approx(0.46296296)
    assert best.vcpus_peak_hour == pytest.approx(1.85185185)
    assert best.usage_usd_per_month == pytest.approx(2.7777778)


def test_the_worst_scenario_needs_a_fleet() -> None:
    """30 x 5 + 5 x 15 = 225 s; 225 / 3,600 x 5 = 0.3125 vCPU-hours; x 5,000 = 1,562.5 a day; / 24 = 65.104167 vCPUs
    -> 33 runners; x 4 = 260.416667 -> 131 runners (130.2); x 30 = 46,875 a month; / 120 = $390.625; 131 x 12 = $1,572.
    """
    worst = compute(SCENARIOS["worst"].inputs)
    assert (worst.execution_s_per_user_day, worst.vcpu_hours_per_user_day) == (225, 0.3125)
    assert (worst.vcpu_hours_per_day, worst.vcpu_hours_per_month) == (1562.5, 46_875)
    assert worst.vcpus_mean == pytest.approx(65.1041667)
    assert (worst.runners_mean, worst.runners_peak_hour) == (33, 131)
    assert worst.usage_usd_per_month == pytest.approx(390.625)
    assert worst.runners_usd_per_month == pytest.approx(1572)


def test_the_reports_second_example_is_a_cent_too() -> None:
    """10 x 2 + 2 x 10 = 40 s; x 3 = 120 s = 0.033333 vCPU-hours; x 30 x $0.01 = $0.01."""
    example = compute(replace(BASE, run_s=2, submission_s=10, vcpu_hour_usd=0.01))
    assert example.execution_s_per_user_day == 40
    assert example.usage_usd_per_daily_user_month == pytest.approx(0.01)


def test_the_next_runner_is_due_beyond_what_the_others_carry() -> None:
    """One runner has 2 x 24 = 48 vCPU-hours a day: 48 / 0.0408333 = 1,175.5 users, / 4 in the busiest hour = 293.9.
    Two, three, five and ten have 96, 144, 240 and 480: 2,351.02, 3,526.5, 5,877.6 and 11,755.1; a quarter of each.
    """
    assert [(one.runners, one.daily_users_mean, one.daily_users_peak_hour) for one in breakpoints(BASE)] == [
        (1, 1175, 293),
        (2, 2351, 587),
        (3, 3526, 881),
        (5, 5877, 1469),
        (10, 11755, 2938),
    ]


@pytest.mark.parametrize(("daily_users", "runners"), [(293, 1), (294, 2), (587, 2), (588, 3)])
def test_breakpoints_and_runners_agree(daily_users: int, runners: int) -> None:
    """At the breakpoint the runners still suffice; with one user more they do not."""
    assert compute(replace(BASE, daily_users=daily_users)).runners_peak_hour == runners


def test_a_runner_that_is_exactly_full_is_enough() -> None:
    """72 s / 3,600 = 0.02 vCPU-hours; x 2,400 = 48 a day; / 24 = exactly the 2 vCPUs of one runner."""
    full = replace(BASE, runs_per_user_day=1, run_s=72, submissions_per_user_day=0, overhead_factor=1, daily_users=2400)
    assert compute(full).vcpus_mean == pytest.approx(2)
    assert compute(full).runners_mean == 1
    assert runners_for(2.001, full) == 2
    assert runners_for(0, full) == 1
