"""The inputs: what the report says, what we had to assume, and what makes no sense."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from coderunner_core.cost.inputs import LABELS, SCENARIOS, Inputs, change, scenario
from coderunner_core.errors import BadInput

BASE = SCENARIOS["base"].inputs


def test_every_input_has_its_symbol_and_its_meaning() -> None:
    """In the order in which they are printed."""
    assert [one.name for one in fields(Inputs)] == list(LABELS)


def test_the_price_is_the_reports_vps() -> None:
    """$12 for 2 vCPUs x 720 h = 12 / 1,440 = 0.0083333."""
    assert BASE.vcpu_hour_usd == pytest.approx(0.0083333333)


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_peak_factor_follows_from_the_peak_concurrency(name: str) -> None:
    """With an hour a day per user, DAU / 24 are there on average; best: 167 / (1,000 / 24) = 4.008."""
    inputs = scenario(name).inputs
    assert inputs.peak_users / (inputs.daily_users / 24) == pytest.approx(inputs.peak_hour_factor, rel=0.01)


def test_only_real_inputs_are_marked_as_assumed() -> None:
    """A reason for a number that is not there explains nothing."""
    assert [name for one in SCENARIOS.values() for name in one.assumed if name not in LABELS] == []


def test_an_unknown_scenario_lists_the_known() -> None:
    """So that the next try is right."""
    with pytest.raises(BadInput, match="best, base, worst"):
        scenario("terrible")


@pytest.mark.parametrize("setting", ["R=3", "r=3", "runs_per_user_day=3", "runs-per-user-day=3.0", " R =3"])
def test_an_input_is_set_by_its_name_or_its_symbol(setting: str) -> None:
    """Nothing else changes."""
    assert change(BASE, [setting]) == replace(BASE, runs_per_user_day=3)


def test_several_inputs_are_set_together() -> None:
    """They are checked together, so their order does not matter."""
    assert change(BASE, ["DAU=30000", "MAU=40000"]) == replace(BASE, daily_users=30_000, monthly_users=40_000)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("X=1", "no input 'X'.*MAU"),
        ("R", "name=number"),
        ("R=many", "name=number"),
        ("R=-1", "not negative"),
        ("t_run=nan", "not negative"),
        ("t_run=inf", "not negative"),
        ("DAU=0", "more than 0"),
        ("DAU=20001", "cannot be more than monthly_users"),
        ("OverheadFactor=0", "more than 0"),
        ("runner_vcpus=0", "more than 0"),
        ("peak_hour_factor=0.5", "at least 1"),
    ],
)
def test_what_makes_no_sense_is_refused_in_plain_words(setting: str, said: str) -> None:
    """Nothing is computed from it."""
    with pytest.raises(BadInput, match=said):
        change(BASE, [setting])


def test_a_platform_on_which_nothing_runs_is_refused() -> None:
    """Otherwise one runner would carry infinitely many."""
    with pytest.raises(BadInput, match="nothing is executed"):
        change(BASE, ["R=0", "S=0"])
