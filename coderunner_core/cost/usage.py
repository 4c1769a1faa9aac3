"""What a list of finished runs says about the cost model's inputs: pure arithmetic, the reading is next door."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import fmean

from coderunner_core.contract import RunKind
from coderunner_core.cost.inputs import HOURS_PER_DAY, Inputs
from coderunner_core.cost.model import SECONDS_PER_HOUR
from coderunner_core.percentiles import nearest_rank

SAME_TIME_S = 600  # two presses so close count as two users who are active at the same time


@dataclass(frozen=True, slots=True)
class Press:
    """One finished Run or Submit, as the run table has it. Moments are aware of their zone."""

    user_id: int
    kind: RunKind
    created_at: datetime
    started_at: datetime
    finished_at: datetime
    cpu_ms: int
    wall_ms: int
    attempt: int = 1
    tests: int = 0  # how many a submission ran; 0 where that was not written down yet

    @property
    def occupied_s(self) -> float:
        """How long a worker had it."""
        return max(0.0, (self.finished_at - self.started_at).total_seconds())

    @property
    def wait_s(self) -> float:
        """How long it waited for a worker."""
        return max(0.0, (self.started_at - self.created_at).total_seconds())


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the programs of one kind ran; all 0 when there were none."""

    count: int
    mean_s: float
    p50_s: float
    p95_s: float
    cpu_mean_s: float


@dataclass(frozen=True, slots=True)
class Usage:
    """What was measured in ``days`` times 24 hours.

    ``overhead_factor`` counts every second that a worker holds a run as a full vCPU second, so it is an upper bound of
    the report's OverheadFactor; ``cpu_share``, the programs' own CPU time per second of execution, is the lower one.
    """

    days: int
    presses: int
    monthly_users: int  # different ones within these days
    daily_users: float
    peak_users: int
    runs_per_user_day: float
    submissions_per_user_day: float
    run: Timing
    submission: Timing
    queue_wait_p50_s: float
    queue_wait_p95_s: float
    overhead_factor: float
    cpu_share: float
    cpu_vcpus_mean: float  # vCPUs that the programs' own CPU time kept busy around the clock
    peak_hour_factor: float
    tests_per_submission: float | None = None  # mean; None when no submission says

    def inputs(self, assumed: Inputs) -> Inputs:
        """The model's inputs as measured; what no run can tell (prices, the size of a runner) stays as assumed."""
        return replace(
            assumed,
            monthly_users=self.monthly_users,
            daily_users=self.daily_users,
            peak_users=self.peak_users,
            runs_per_user_day=self.runs_per_user_day,
            submissions_per_user_day=self.submissions_per_user_day,
            run_s=self.run.mean_s,
            submission_s=self.submission.mean_s,
            overhead_factor=self.overhead_factor,
            peak_hour_factor=self.peak_hour_factor,
        )


def summarise(presses: Sequence[Press], days: int, until: datetime) -> Usage:
    """Add up the presses of ``days`` times 24 hours before ``until``.

    There must be at least one, and one whose program ran for a measurable time.
    """
    by_kind = {kind: [one for one in presses if one.kind is kind] for kind in RunKind}
    user_days = len({(one.user_id, _slices_ago(one, until, timedelta(days=1))) for one in presses})
    wall_s = sum(one.wall_ms for one in presses) / 1000
    cpu_s = sum(one.cpu_ms for one in presses) / 1000
    waits = sorted(one.wait_s for one in presses if one.attempt <= 1)  # a second attempt waited for a dead worker
    return Usage(
        days=days,
        presses=len(presses),
        monthly_users=len({one.user_id for one in presses}),
        daily_users=user_days / days,
        peak_users=_peak_users(presses, until),
        runs_per_user_day=len(by_kind[RunKind.RUN]) / user_days,
        submissions_per_user_day=len(by_kind[RunKind.SUBMIT]) / user_days,
        run=_timing(by_kind[RunKind.RUN]),
        submission=_timing(by_kind[RunKind.SUBMIT]),
        queue_wait_p50_s=nearest_rank(waits, 50) or 0.0,
        queue_wait_p95_s=nearest_rank(waits, 95) or 0.0,
        overhead_factor=sum(one.occupied_s for one in presses) / wall_s,
        cpu_share=cpu_s / wall_s,
        cpu_vcpus_mean=cpu_s / (days * HOURS_PER_DAY * SECONDS_PER_HOUR),
        peak_hour_factor=_peak_hour_factor(presses, days, until),
        tests_per_submission=_tests(by_kind[RunKind.SUBMIT]),
    )


def _tests(submissions: Sequence[Press]) -> float | None:
    said = [one.tests for one in submissions if one.tests]
    return fmean(said) if said else None


def _timing(presses: Sequence[Press]) -> Timing:
    if not presses:
        return Timing(0, 0.0, 0.0, 0.0, 0.0)
    walls = sorted(one.wall_ms / 1000 for one in presses)
    cpu_mean_s = fmean(one.cpu_ms for one in presses) / 1000
    return Timing(len(walls), fmean(walls), nearest_rank(walls, 50) or 0.0, nearest_rank(walls, 95) or 0.0, cpu_mean_s)


def _slices_ago(press: Press, until: datetime, slice_: timedelta) -> int:
    """In which slice of time before ``until`` it was pressed; counted backwards, so no slice is a partial one."""
    return math.ceil((until - press.created_at) / slice_)


def _peak_users(presses: Iterable[Press], until: datetime) -> int:
    users: defaultdict[int, set[int]] = defaultdict(set)
    for one in presses:
        users[_slices_ago(one, until, timedelta(seconds=SAME_TIME_S))].add(one.user_id)
    return max(len(at_once) for at_once in users.values())


def _peak_hour_factor(presses: Iterable[Press], days: int, until: datetime) -> float:
    occupied: defaultdict[int, float] = defaultdict(float)
    for one in presses:
        occupied[_slices_ago(one, until, timedelta(hours=1))] += one.occupied_s
    mean_s = sum(occupied.values()) / (days * HOURS_PER_DAY)
    return max(1.0, max(occupied.values()) / mean_s) if mean_s else 1.0  # rounding must not make it less
