"""What the cost depends on: one frozen set of numbers, and the report's three scenarios as such sets."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from coderunner_core.errors import BadInput

_LEAST, _MOST = 1e-6, 1e12  # of an input that is not 0: what follows stays within floating point
HOURS_PER_DAY = 24
DAYS_PER_MONTH = 30
HOURS_PER_MONTH = HOURS_PER_DAY * DAYS_PER_MONTH


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the model takes. A "user day" is one user on one day on which they press Run or Submit.

    Raises BadInput when a number makes no sense, so that whatever is computed from them does.
    """

    monthly_users: float
    daily_users: float
    peak_users: float  # active in the same ten minutes, at the busiest time
    runs_per_user_day: float
    submissions_per_user_day: float
    run_s: float  # wall-clock of the program, mean
    submission_s: float  # of all its tests together, mean
    overhead_factor: float  # vCPU seconds that one second of execution costs
    vcpu_hour_usd: float
    peak_hour_factor: float  # work of the busiest hour over that of the mean hour: 1 is even, 24 all in one hour
    runner_vcpus: float = 2

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if not math.isfinite(value) or value < 0:
                raise BadInput(f"{one.name}: must be a number that is not negative, not {value}")
            if value and not _LEAST <= value <= _MOST:
                raise BadInput(f"{one.name}: too large or too small to reckon with: from {_LEAST:f} to {_MOST:,.0f}")
        for name in ("daily_users", "overhead_factor", "runner_vcpus"):
            if not getattr(self, name):
                raise BadInput(f"{name}: must be more than 0")
        if self.daily_users > self.monthly_users:
            raise BadInput("daily_users: cannot be more than monthly_users; set both")
        if self.peak_hour_factor < 1:
            raise BadInput("peak_hour_factor: the busiest hour cannot be quieter than the mean hour (at least 1)")
        if not self.runs_per_user_day * self.run_s + self.submissions_per_user_day * self.submission_s:
            raise BadInput("R, S, t_run, t_submit: nothing is executed; set at least R and t_run, or S and t_submit")


@dataclass(frozen=True, slots=True)
class Label:
    """How an input is called: its symbol in the report, and in words with its unit."""

    symbol: str
    meaning: str


LABELS = {
    "monthly_users": Label("MAU", "monthly active users"),
    "daily_users": Label("DAU", "daily active users"),
    "peak_users": Label("peak_concurrency", "users active at the same time, at most"),
    "runs_per_user_day": Label("R", "runs per active user and day"),
    "submissions_per_user_day": Label("S", "submissions per active user and day"),
    "run_s": Label("t_run", "seconds of a run, mean"),
    "submission_s": Label("t_submit", "seconds of a submission, mean"),
    "overhead_factor": Label("OverheadFactor", "vCPU seconds per second of execution"),
    "vcpu_hour_usd": Label("C_vCPU_hour", "US$ per vCPU-hour"),
    "peak_hour_factor": Label("peak_hour_factor", "busiest hour over mean hour"),
    "runner_vcpus": Label("runner_vcpus", "vCPUs of a runner"),
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One of the report's three. ``assumed`` holds, by field, why we chose a number that the report leaves open."""

    name: str
    source: str
    inputs: Inputs
    assumed: dict[str, str]


_VPS_USD_PER_MONTH = 12  # the report's example in 4.3: 2 vCPUs, about $0.0083 per vCPU-hour
_ONE_HOUR_A_DAY = (
    "if each active user stays for an hour a day, 500 of 3,000 at once are 4 times the mean of 3,000 / 24 = 125"
)
_SAME_SHARE = "a sixth of DAU, as in the base scenario"

_BASE = Inputs(
    monthly_users=20_000,
    daily_users=3_000,
    peak_users=500,
    runs_per_user_day=10,
    submissions_per_user_day=2,
    run_s=2.5,
    submission_s=12,
    overhead_factor=3,
    vcpu_hour_usd=_VPS_USD_PER_MONTH / (2 * HOURS_PER_MONTH),
    peak_hour_factor=4,
)

SCENARIOS = {
    "best": Scenario(
        "best",
        "report 5, scenario A",
        replace(
            _BASE,
            monthly_users=10_000,
            daily_users=1_000,
            peak_users=167,
            runs_per_user_day=5,
            submissions_per_user_day=1,
            run_s=2,
            submission_s=10,
            overhead_factor=2,
        ),
        {
            "peak_users": _SAME_SHARE,
            "run_s": '"tight timeouts": the shorter of the report\'s two examples in 4.3',
            "submission_s": '"tight timeouts": the shorter of the report\'s two examples in 4.3',
            "overhead_factor": "the low end of the report's 2-5",
            "peak_hour_factor": _ONE_HOUR_A_DAY,
        },
    ),
    "base": Scenario("base", "report 3 and 5, scenario B", _BASE, {"peak_hour_factor": _ONE_HOUR_A_DAY}),
    "worst": Scenario(
        "worst",
        "report 5, scenario C",
        replace(
            _BASE,
            monthly_users=50_000,
            daily_users=5_000,
            peak_users=833,
            runs_per_user_day=30,
            submissions_per_user_day=5,
            run_s=5,
            submission_s=15,
            overhead_factor=5,
        ),
        {
            "peak_users": _SAME_SHARE,
            "run_s": '"long timeouts": every run lasts until the time-out of proposal 9.1',
            "submission_s": '"long timeouts": every submission lasts until the time-out of proposal 9.1',
            "overhead_factor": "the high end of the report's 2-5",
            "peak_hour_factor": _ONE_HOUR_A_DAY,
        },
    ),
}


def scenario(name: str) -> Scenario:
    """One of the three by its name. Raises BadInput for any other."""
    if name not in SCENARIOS:
        raise BadInput(f"There is no scenario {name!r}; there are: {', '.join(SCENARIOS)}.")
    return SCENARIOS[name]


def change(inputs: Inputs, settings: Iterable[str]) -> Inputs:
    """The inputs with some replaced: each setting is ``name=value``, by our name or by the report's symbol.

    Raises BadInput, which lists the names, for a setting that is not one.
    """
    names = {label.symbol.lower(): name for name, label in LABELS.items()} | {name: name for name in LABELS}
    changes: dict[str, float] = {}
    for setting in settings:
        given, _, value = setting.partition("=")
        name = names.get(given.strip().lower().replace("-", "_"))
        if name is None:
            known = ", ".join(f"{name} ({label.symbol})" for name, label in LABELS.items())
            raise BadInput(f"There is no input {given.strip()!r}; there are: {known}.")
        try:
            changes[name] = float(value)
        except ValueError:
            raise BadInput(f"{setting!r}: write it as name=number, for example R=5") from None
    return replace(inputs, **changes)
