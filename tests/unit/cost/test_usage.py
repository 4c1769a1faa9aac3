"""What a list of presses says, against values computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coderunner_core.contract import RunKind
from coderunner_core.cost.inputs import SCENARIOS
from coderunner_core.cost.model import compute
from coderunner_core.cost.usage import Press, Usage, summarise

UNTIL = datetime(2026, 3, 10, 12, tzinfo=UTC)
ADA, ALAN = 1, 2


def press(
    user_id: int = ADA,
    *,
    hours_ago: float = 1,
    kind: RunKind = RunKind.RUN,
    wait_s: float = 0.1,
    occupied_s: float = 0.2,
    wall_ms: int = 100,
    cpu_ms: int = 40,
    attempt: int = 1,
    tests: int = 0,
) -> Press:
    created = UNTIL - timedelta(hours=hours_ago)
    started = created + timedelta(seconds=wait_s)
    finished = started + timedelta(seconds=occupied_s)
    return Press(user_id, kind, created, started, finished, cpu_ms, wall_ms, attempt, tests)


def summarised(presses: list[Press], days: int = 2) -> Usage:
    return summarise(presses, days, UNTIL)


def two_days() -> list[Press]:
    """Yesterday ada ran 20 programs and alan 10, at once; today ada ran 14 and submitted 6."""
    submission = press(kind=RunKind.SUBMIT, occupied_s=1.3, wall_ms=1000, cpu_ms=500, wait_s=2.0)
    return [
        *[press(ADA, hours_ago=36)] * 20,
        *[press(ALAN, hours_ago=36)] * 10,
        *[press(ADA)] * 14,
        *[replace(submission, user_id=ADA)] * 6,
    ]


def test_users_and_presses_are_counted_by_user_day() -> None:
    """Three user days in two days: DAU 1.5; R = 44 / 3 = 14.667, S = 6 / 3 = 2; two different users, both at once."""
    usage = summarised(two_days())
    assert (usage.days, usage.presses, usage.monthly_users, usage.daily_users) == (2, 50, 2, 1.5)
    assert usage.runs_per_user_day == pytest.approx(44 / 3)
    assert usage.submissions_per_user_day == 2
    assert usage.peak_users == 2


def test_overhead_is_what_a_worker_is_held_beyond_the_program() -> None:
    """Programs: 44 x 0.1 + 6 x 1 = 10.4 s; workers: 44 x 0.2 + 6 x 1.3 = 16.6 s; 16.6 / 10.4 = 1.59615.
    CPU: 44 x 0.04 + 6 x 0.5 = 4.76 s; / 10.4 = 0.457692; / 172,800 s = 0.0000275463 vCPUs.
    """
    usage = summarised(two_days())
    assert usage.overhead_factor == pytest.approx(16.6 / 10.4)
    assert usage.cpu_share == pytest.approx(4.76 / 10.4)
    assert usage.cpu_vcpus_mean == pytest.approx(0.0000275463, rel=1e-4)


def test_the_busiest_hour_is_compared_with_the_mean_of_all_hours() -> None:
    """Today's hour: 14 x 0.2 + 6 x 1.3 = 10.6 s; mean: 16.6 / 48 h = 0.345833 s; 10.6 / 0.345833 = 30.6506."""
    assert summarised(two_days()).peak_hour_factor == pytest.approx(30.6506, rel=1e-5)


def test_the_model_with_measured_inputs_gives_the_seconds_that_were_measured() -> None:
    """16.6 s of workers in 172,800 s are 0.0000960648 vCPUs; the price stays as assumed."""
    inputs = summarised(two_days()).inputs(SCENARIOS["base"].inputs)
    assert compute(inputs).vcpus_mean == pytest.approx(16.6 / 172_800)
    assert inputs.vcpu_hour_usd == SCENARIOS["base"].inputs.vcpu_hour_usd


def test_queue_waits_do_not_count_a_second_attempt() -> None:
    """44 of 50 waited 0.1 s and 6 waited 2 s, so p50 is 0.1 and p95 (the 48th of 50) is 2; the 90 s of a run whose
    worker died are not a wait in the queue.
    """
    usage = summarised([*two_days(), press(wait_s=90, attempt=2)])
    assert usage.queue_wait_p50_s == pytest.approx(0.1)
    assert usage.queue_wait_p95_s == pytest.approx(2)


def test_times_are_told_by_kind() -> None:
    """Walls of 1 to 20 s: mean 10.5, p50 the 10th, p95 the 19th; no submission at all is 0."""
    usage = summarised([press(wall_ms=1000 * second) for second in range(1, 21)], 1)
    assert (usage.run.count, usage.run.mean_s, usage.run.p50_s, usage.run.p95_s) == (20, 10.5, 10, 19)
    assert usage.run.cpu_mean_s == pytest.approx(0.04)
    assert usage.submission.count == 0
    assert usage.submission.mean_s == 0


def test_the_tests_of_a_submission_are_averaged_where_they_are_known() -> None:
    """Two of 6 and one of 9 are 7 on average; one from before they were written down does not count, nor do runs."""
    submissions = [press(kind=RunKind.SUBMIT, tests=tests) for tests in (6, 6, 9, 0)]
    assert summarised([*submissions, press(tests=100)]).tests_per_submission == 7
    assert summarised([press(), press(kind=RunKind.SUBMIT)]).tests_per_submission is None


def test_a_clock_that_was_set_back_makes_no_negative_time() -> None:
    """Web and worker may be different machines."""
    usage = summarised([press(wait_s=-1)], 1)
    assert usage.queue_wait_p95_s == 0
