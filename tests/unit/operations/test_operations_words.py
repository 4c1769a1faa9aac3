"""What the operations page says of what it is given: figures, tones, words; no page and no store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coderunner_app import operations_words as words
from coderunner_core.operations.views import (
    CountView,
    Overview,
    PartView,
    Period,
    PointView,
    PoolView,
    QueueView,
    StuckView,
    WorkerView,
)

_QUEUE = QueueView("run", "execution", waiting=0, oldest_wait_s=0.0, expected_wait_s=0.0, workers=2)
_WORKER = WorkerView(
    slot="runner-1.run.1", name="runner-1.4711.run.1.1", host="runner-1", pid=4712, kind="run", run_id="",
    running_since="", started_at="2026-03-10T12:00:00+00:00", runs_done=1234, draining=False, held=False,
    proven_s_ago=5.0,
)  # fmt: skip
_OVERVIEW = Overview(
    at="2026-03-10T13:00:00+00:00", parts=[], queues=[_QUEUE], workers=[_WORKER], empty_slots=[],
    pool=PoolView(ready=2, in_use=1, started=9, retired=[]), stuck=[], redis_used_bytes=10, redis_limit_bytes=100,
)  # fmt: skip
_PERIOD = Period(
    points=[], runs=90, submissions=10, errors=1, error_percent=1.0, p50_ms=120, p95_ms=1500, wait_p95_ms=40,
    outcomes=[CountView("ok", 3), CountView("internal_error", 1)], sampled=False,
)  # fmt: skip


def _point(at: str, runs: int) -> PointView:
    return PointView(at, runs, 0, 0, 0.0, None, None, None)


def _figures(period: Period = _PERIOD, overview: Overview = _OVERVIEW) -> dict[str, tuple[str, str, str]]:
    return {one.name: (one.value, one.note, one.tone) for one in words.figures(period, overview)}


def test_the_figures_of_a_good_hour() -> None:
    """Each with its unit, and none that needs a look."""
    assert _figures() == {
        "Waiting": ("0", "nothing waits", ""),
        "Press to verdict": ("1.5 s", "p95; p50 120 ms", ""),
        "Queue wait": ("40 ms", "p95", ""),
        "Our errors": ("1 %", "1 of 100", ""),
        "Workers": ("1", "0 at work", ""),
        "Containers": ("3", "1 in use", ""),
    }


@pytest.mark.parametrize(
    ("name", "period", "overview"),
    [
        ("Waiting", _PERIOD, replace(_OVERVIEW, queues=[replace(_QUEUE, waiting=3, oldest_wait_s=2.1)])),
        ("Queue wait", replace(_PERIOD, wait_p95_ms=2001), _OVERVIEW),
        ("Our errors", replace(_PERIOD, error_percent=5.1), _OVERVIEW),
        ("Workers", _PERIOD, replace(_OVERVIEW, workers=[])),
    ],
)
def test_what_would_wake_somebody_needs_a_look(name: str, period: Period, overview: Overview) -> None:
    """Just beyond the thresholds of the alerts, and that figure only."""
    found = [figure for figure, (_, _, tone) in _figures(period, overview).items() if tone == "bad"]
    assert found == [name]


def test_nothing_measured_is_a_dash() -> None:
    """And no zero that would look like very fast."""
    nothing = replace(_PERIOD, runs=0, submissions=0, errors=0, p50_ms=None, p95_ms=None, wait_p95_ms=None)
    assert _figures(nothing)["Press to verdict"] == ("–", "p95; p50 –", "")


def test_stores_say_how_they_are() -> None:
    """Fast, slow, away; and how full Redis is."""
    parts = [PartView("database", True, 101.0), PartView("redis", True, 1.0), PartView("results", False, 0.0)]
    full = replace(_OVERVIEW, redis_used_bytes=81, redis_limit_bytes=100)
    rows = words.part_rows(parts, full)
    assert [(one.name, one.tone) for one in rows] == [
        ("Database", "try"),
        ("Redis", "ok"),
        ("Results", "bad"),
        ("Memory of Redis", "bad"),
    ]
    assert rows[2].words == "does not answer"


def test_a_queue_without_workers_says_so() -> None:
    """Instead of a wait that nobody can reckon."""
    row = words.queue_rows([replace(_QUEUE, waiting=2, oldest_wait_s=1.0, expected_wait_s=None, workers=0)])[0]
    assert (row.expected, row.oldest, row.tone) == ("nobody works", "1.0 s", "bad")


@pytest.mark.parametrize(
    ("draining", "held", "run_id", "state", "can"),
    [
        (False, False, "", "waits for work", "drain"),
        (False, False, "r1", "at work", "drain"),
        (True, True, "r1", "finishes its last run", "resume"),
        (True, False, "", "is told to stop", "resume"),
        (True, True, "", "drained", "resume"),
    ],
)
def test_a_worker_says_what_it_does_and_what_may_be_done(
    draining: bool, held: bool, run_id: str, state: str, can: str
) -> None:
    """Of drain and resume only the one that would change something."""
    row = words.worker_rows([replace(_WORKER, draining=draining, held=held, run_id=run_id)], [])[0]
    assert (row.state, row.can, row.runs_done, row.proven) == (state, can, "1,234", "5.0 s ago")


def test_a_drained_place_without_a_worker_can_be_resumed() -> None:
    """It stands last, with nothing counted."""
    row = words.worker_rows([_WORKER], ["gone.run.1"])[-1]
    assert (row.slot, row.can, row.runs_done) == ("gone.run.1", "resume", "")


def test_a_stuck_run_says_where_it_is() -> None:
    """With a worker, or in a queue."""
    held = StuckView("r1", "run", "running", "countdown", "runner-1.4711.run.1.1", 2, "2026-03-10T12:00:00+00:00")
    rows = words.stuck_rows([held, replace(held, worker="", status="pending")])
    assert [one.words for one in rows] == ["in the hands of runner-1.4711.run.1.1, attempt 2", "waits for a worker"]
    assert rows[0].since_ms == 1_773_144_000_000


def test_columns_are_drawn_against_the_highest() -> None:
    """Which is said in words beside them."""
    points = [_point("2026-03-10T12:00:00+00:00", 2), _point("2026-03-10T12:01:00+00:00", 8)]
    drawn = words.columns_of(points, lambda one: one.runs)
    assert [(one.label, one.count, one.percent) for one in drawn] == [("12:00 UTC", 2, 25), ("12:01 UTC", 8, 100)]
    assert words.peak(points, lambda one: 3400, "ms") == "at most 3.4 s"


def test_without_a_press_no_columns_are_drawn() -> None:
    """The page says so in words instead."""
    assert words.columns_of([_point("2026-03-10T12:00:00+00:00", 0)], lambda one: one.runs) == []
    assert words.outcome_rows(replace(_PERIOD, outcomes=[])) == []


def test_endings_have_their_words() -> None:
    """Those that students read, with our own failures among them."""
    assert [(one.label, one.percent) for one in words.outcome_rows(_PERIOD)] == [("Finished", 100), ("Our mistake", 33)]
