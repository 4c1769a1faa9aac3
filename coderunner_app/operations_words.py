"""What the operations page says: the views of the installation in words and milliseconds that a browser can show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from coderunner_app.words import ending_words
from coderunner_core.contract import RunKind
from coderunner_core.operations.views import (
    Overview,
    PartView,
    Period,
    PointView,
    QueueView,
    StuckView,
    WorkerView,
)
from coderunner_core.services.reviewing.report_views import CountView

KINDS = {RunKind.RUN: "Runs", RunKind.SUBMIT: "Submissions"}
SLOW_DATABASE_MS = 100  # the conditions under which somebody is woken, see deploy/alerts.yml
LONG_QUEUE = 100
LONG_WAIT_S = 2.0
MANY_ERRORS_PERCENT = 5.0
FULL_REDIS_RATIO = 0.8
_MIB, _GIB = 1024**2, 1024**3
_PARTS = {"database": "Database", "redis": "Redis", "results": "Results", "objects": "Large output"}


@dataclass(frozen=True)
class Figure:
    """A number with its name and what it means; ``tone`` is empty where all is well."""

    name: str
    value: str
    note: str
    tone: str = ""


@dataclass(frozen=True)
class PartRow:
    """A store."""

    name: str
    words: str
    tone: str


@dataclass(frozen=True)
class QueueRow:
    """A queue."""

    name: str
    waiting: int
    oldest: str
    expected: str
    workers: int
    tone: str


@dataclass(frozen=True)
class WorkerRow:
    """A worker; ``can`` is what may be done with it: drain or resume."""

    slot: str
    name: str
    place: str
    kind: str
    state: str
    tone: str
    run_id: str
    since_ms: int
    started_ms: int
    runs_done: str
    proven: str
    can: str


@dataclass(frozen=True)
class StuckRow:
    """A run that should have moved on."""

    run_id: str
    kind: str
    problem_id: str
    words: str
    since_ms: int


def figures(period: Period, overview: Overview) -> list[Figure]:
    """The figures at the top of the page."""
    waiting = sum(one.waiting for one in overview.queues)
    oldest_s = max((one.oldest_wait_s for one in overview.queues), default=0.0)
    busy = sum(1 for one in overview.workers if one.run_id)
    return [
        Figure("Waiting", str(waiting), _waiting_note(waiting, oldest_s), _bad(oldest_s > LONG_WAIT_S)),
        Figure(
            "Press to verdict", milliseconds(period.p95_ms), f"p95; p50 {milliseconds(period.p50_ms)}"
        ),
        Figure(
            "Queue wait",
            milliseconds(period.wait_p95_ms),
            "p95",
            _bad((period.wait_p95_ms or 0) > LONG_WAIT_S * 1000),
        ),
        Figure(
            "Our errors", f"{period.error_percent:g} %", f"{period.errors} of {period.runs + period.submissions}",
            _bad(period.error_percent > MANY_ERRORS_PERCENT),
        ),
        Figure("Workers", str(len(overview.workers)), f"{busy} at work", _bad(not overview.workers)),
        Figure("Containers", str(overview.pool.ready + overview.pool.in_use), f"{overview.pool.in_use} in use"),
    ]  # fmt: skip


def _waiting_note(waiting: int, oldest_s: float) -> str:
    return f"the oldest for {seconds(oldest_s)}" if waiting else "nothing waits"


def part_rows(parts: Sequence[PartView], overview: Overview) -> list[PartRow]:
    """The stores, with Redis's memory."""
    rows = [_part(one) for one in parts]
    used, limit = overview.redis_used_bytes, overview.redis_limit_bytes
    words = memory(used) + (f" of {memory(limit)}" if limit else "")
    full = bool(limit) and used > FULL_REDIS_RATIO * limit
    return [*rows, PartRow("Memory of Redis", words, _bad(full) or "ok")]


def _part(part: PartView) -> PartRow:
    name = _PARTS.get(part.name, part.name)
    if not part.ok:
        return PartRow(name, "does not answer", "bad")
    slow = part.name == "database" and part.latency_ms > SLOW_DATABASE_MS
    return PartRow(name, milliseconds(part.latency_ms), "try" if slow else "ok")


def queue_rows(queues: Sequence[QueueView]) -> list[QueueRow]:
    """Both queues."""
    return [
        QueueRow(
            name=KINDS[RunKind(one.kind)],
            waiting=one.waiting,
            oldest=seconds(one.oldest_wait_s) if one.waiting else "–",
            expected="nobody works" if one.expected_wait_s is None else seconds(one.expected_wait_s),
            workers=one.workers,
            tone=_bad(one.waiting > LONG_QUEUE or one.oldest_wait_s > LONG_WAIT_S or not one.workers),
        )
        for one in queues
    ]


def worker_rows(workers: Sequence[WorkerView], empty_slots: Sequence[str]) -> list[WorkerRow]:
    """The workers, and the drained places where none is just now."""
    rows = [_worker(one) for one in sorted(workers, key=lambda one: (one.host, one.kind, one.slot))]
    empty = [
        WorkerRow(slot, slot, "", "", "drained, and nobody is there", "try", "", 0, 0, "", "", "resume")
        for slot in empty_slots
    ]
    return rows + empty


def _worker(one: WorkerView) -> WorkerRow:
    if one.draining:
        told = "drained" if one.held else "is told to stop"
        state, tone = ("finishes its last run" if one.run_id else told), "try"
    else:
        state, tone = ("at work" if one.run_id else "waits for work"), "ok"
    return WorkerRow(
        slot=one.slot,
        name=one.name,
        place=f"{one.host}, process {one.pid}",
        kind=KINDS[RunKind(one.kind)],
        state=state,
        tone=tone,
        run_id=one.run_id,
        since_ms=moment_ms(one.running_since),
        started_ms=moment_ms(one.started_at),
        runs_done=f"{one.runs_done:,}",
        proven="never" if one.proven_s_ago is None else f"{seconds(one.proven_s_ago)} ago",
        can="resume" if one.draining else "drain",
    )


def stuck_rows(stuck: Sequence[StuckView]) -> list[StuckRow]:
    """What somebody might put back."""
    return [
        StuckRow(
            run_id=one.run_id,
            kind=KINDS[RunKind(one.kind)],
            problem_id=one.problem_id,
            words=f"in the hands of {one.worker}, attempt {one.attempt}" if one.worker else "waits for a worker",
            since_ms=moment_ms(one.since),
        )
        for one in stuck
    ]


def columns_of(points: Sequence[PointView], value: Callable[[PointView], int | None]) -> list[CountView]:
    """One column a minute or an hour; nothing at all when there is nothing to draw."""
    values = [value(one) or 0 for one in points]
    most = max(values, default=0)
    if not most:
        return []
    return [
        CountView(one.at[11:16] + " UTC", count, round(100 * count / most))
        for one, count in zip(points, values, strict=True)
    ]


def peak(points: Sequence[PointView], value: Callable[[PointView], int | None], unit: str = "") -> str:
    """The highest column in words, since columns as narrow as these have no numbers over them."""
    most = max((value(one) or 0 for one in points), default=0)
    return f"at most {milliseconds(most) if unit == 'ms' else f'{most:,}'}"


def outcome_rows(period: Period) -> list[CountView]:
    """How runs ended, the commonest first."""
    most = max((one.count for one in period.outcomes), default=0)
    return [CountView(ending_words(one.name), one.count, round(100 * one.count / most)) for one in period.outcomes]


def moment_ms(iso: str) -> int:
    """Milliseconds since 1970 of an ISO 8601 moment; 0 of none."""
    return round(datetime.fromisoformat(iso).timestamp() * 1000) if iso else 0


def seconds(value: float) -> str:
    """A span of time as one reads it.

    >>> seconds(0), seconds(12.34), seconds(600), seconds(9000)
    ('0 s', '12.3 s', '10 min', '2.5 h')
    """
    if value < 120:
        return f"{value:.1f} s" if value else "0 s"
    return f"{value / 60:.0f} min" if value < 7200 else f"{value / 3600:.1f} h"


def memory(used_bytes: int) -> str:
    """An amount of memory as one reads it.

    >>> memory(2 * 1024**2), memory(24 * 1024**3)
    ('2.0 MiB', '24.0 GiB')
    """
    return f"{used_bytes / _MIB:.1f} MiB" if used_bytes < _GIB else f"{used_bytes / _GIB:.1f} GiB"


def milliseconds(value: float | None) -> str:
    """The same of something short; a dash where nothing was measured.

    >>> milliseconds(3.21), milliseconds(1234), milliseconds(None)
    ('3 ms', '1.2 s', '–')
    """
    if value is None:
        return "–"
    return f"{value:.0f} ms" if value < 1000 else f"{value / 1000:.1f} s"


def _bad(is_bad: bool) -> str:
    return "bad" if is_bad else ""
