"""Quotas, caching and another runner, against values computed by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coderunner_core.cost.inputs import SCENARIOS
from coderunner_core.cost.prices import templates
from coderunner_core.cost.what_if import caching_saves_at_most, load_left, quota, with_runners
from coderunner_core.errors import BadInput

BASE, WORST = SCENARIOS["base"].inputs, SCENARIOS["worst"].inputs


def test_a_quota_of_ten_runs_does_not_save_two_thirds() -> None:
    """Submissions stay: 30 x 5 + 5 x 15 = 225 s become 10 x 5 + 75 = 125 s, 1.8 times less and not 3.
    Money: 46,875 x 125 / 225 = 26,041.67 vCPU-hours, / 120 = $217.01 instead of $390.63.
    """
    saved = quota(WORST)
    assert saved.factor == pytest.approx(1.8)
    assert saved.before.usage_usd_per_month == pytest.approx(390.625)
    assert saved.after.usage_usd_per_month == pytest.approx(217.013889)


def test_only_without_submissions_a_third_of_the_runs_is_a_third_of_the_execution() -> None:
    """30 x 2.5 = 75 s become 25 s."""
    assert quota(replace(BASE, submissions_per_user_day=0)).factor == pytest.approx(3)


@pytest.mark.parametrize(
    ("browsing_share", "hit_share", "left"),
    [(0.8, 1.0, 0.2), (0.8, 0.9, 0.28), (0.0, 1.0, 1.0), (1.0, 1.0, 0.0)],  # 1 - 0.8 x 0.9 = 0.28
)
def test_a_cache_leaves_what_is_not_browsing_and_the_misses(browsing_share: float, hit_share: float, left: float):
    """So 80 % of browsing can make the load 5 times less at most."""
    assert load_left(browsing_share, hit_share) == pytest.approx(left)


def test_a_share_of_more_than_everything_is_refused() -> None:
    """80 is not 80 %."""
    with pytest.raises(BadInput):
        load_left(80, 1)


def test_a_cache_saves_at_most_the_smaller_instances() -> None:
    """Web 60 - 20, API 60 - 20 and database 80 - 25: 40 + 40 + 55 = 135; nothing on the runner. So for the others:
    12 - 5 + 55, 80 - 30 + 55, 90 - 30 + 55, 80 - 25 + 55.
    """
    assert [caching_saves_at_most(one) for one in templates() if one.load == "base"] == [135, 62, 105, 115, 110]


def test_a_second_runner_is_not_enough_for_the_base_scenario() -> None:
    """5.1041667 / 4 = 1.276 on average, 20.4166667 / 4 = 5.104 in the busiest hour; it adds $6-15 with a VPS."""
    two = with_runners(BASE, 2, templates())
    assert two.vcpus == 4
    assert two.busy_share_mean == pytest.approx(1.2760417)
    assert two.busy_share_peak_hour == pytest.approx(5.1041667)
    assert {name: (added.low, added.high) for name, added in two.adds.items() if name != "demo"} == {
        "paas-vps-runner": (6, 15),
        "vps-only": (6, 15),
        "aws": (12, 30),
        "azure": (12, 35),
        "gcp": (12, 30),
    }
    assert "demo-fly" not in two.adds
