"""What the operations page is given: small dataclasses, numbers with their units, nothing that a student wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartView:
    """A store: whether it answers, and how fast."""

    name: str
    ok: bool
    latency_ms: float


@dataclass(frozen=True, slots=True)
class QueueView:
    """One queue. ``expected_wait_s`` is None when no worker is there to take anything."""

    kind: str
    name: str
    waiting: int
    oldest_wait_s: float
    expected_wait_s: float | None
    workers: int


@dataclass(frozen=True, slots=True)
class WorkerView:
    """One worker process. ``slot`` is what ``drain`` and ``resume`` are told; times are ISO 8601 or empty.

    ``draining``: somebody asked; ``held``: it obeys, and works at most on what it had in hand. ``proven_s_ago`` is None
    when no sandbox program of it ever ran.
    """

    slot: str
    name: str
    host: str
    pid: int
    kind: str
    run_id: str
    running_since: str
    started_at: str
    runs_done: int
    draining: bool
    held: bool
    proven_s_ago: float | None


@dataclass(frozen=True, slots=True)
class CountView:
    """How often something happened."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class PoolView:
    """The containers of all workers together; ``retired`` counts by reason since each worker started."""

    ready: int
    in_use: int
    started: int
    retired: list[CountView]


@dataclass(frozen=True, slots=True)
class StuckView:
    """A run that should have moved on. ``since`` is when it began to wait or to run, ISO 8601."""

    run_id: str
    kind: str
    status: str
    problem_id: str
    worker: str
    attempt: int
    since: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The installation as it is now. ``redis_limit_bytes`` is 0 where none is known."""

    at: str
    parts: list[PartView]
    queues: list[QueueView]
    workers: list[WorkerView]
    empty_slots: list[str]  # drained, and nobody is there just now
    pool: PoolView
    stuck: list[StuckView]
    redis_used_bytes: int
    redis_limit_bytes: int


@dataclass(frozen=True, slots=True)
class PointView:
    """One bar of a chart: what was pressed in that minute or hour. Latencies are None where nothing finished.

    ``p50_ms`` and ``p95_ms`` are from press to verdict, ``wait_p95_ms`` is the part of it in the queue.
    """

    at: str
    runs: int
    submissions: int
    errors: int
    error_percent: float
    p50_ms: int | None
    p95_ms: int | None
    wait_p95_ms: int | None


@dataclass(frozen=True, slots=True)
class Period:
    """A chart and its sums; ``sampled`` says that the latencies come from a part of the runs."""

    points: list[PointView]
    runs: int
    submissions: int
    errors: int
    error_percent: float
    p50_ms: int | None
    p95_ms: int | None
    wait_p95_ms: int | None
    outcomes: list[CountView]
    sampled: bool


@dataclass(frozen=True, slots=True)
class Charts:
    """The last hour by minutes and the last day by hours, the oldest first."""

    hour: Period
    day: Period
