"""What the live page of a class says: squares in a form that travels well, and everything else in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coderunner_core.contract import Outcome, RunKind
from coderunner_core.services.teaching.class_views import CellView, EventView, LiveChange, LiveClass, StudentView

_LETTERS = {"tried": "t", "solved": "s", "stuck": "k"}  # as heat.jsx reads them

# tone, mark, and what somebody did; of a submission, and of a run
_SUBMITTED = {
    Outcome.ACCEPTED: ("ok", "✓", "solved"),
    Outcome.WRONG_ANSWER: ("bad", "✕", "wrong answer,"),
    Outcome.RUNTIME_ERROR: ("bad", "✕", "error,"),
    Outcome.TIME_LIMIT: ("bad", "✕", "took too long,"),
    Outcome.MEMORY_LIMIT: ("bad", "✕", "too much memory,"),
    Outcome.OUTPUT_LIMIT: ("bad", "✕", "printed too much,"),
    Outcome.COMPILE_ERROR: ("bad", "✕", "cannot be read,"),
}
_RAN = {Outcome.OK: ("soft", "▶", "ran"), Outcome.CANCELLED: ("soft", "■", "stopped")}
_ENDED = {
    Outcome.OK: "it ran to its end",
    Outcome.ACCEPTED: "every test passed",
    Outcome.WRONG_ANSWER: "a wrong answer",
    Outcome.RUNTIME_ERROR: "an error",
    Outcome.TIME_LIMIT: "it took too long",
    Outcome.MEMORY_LIMIT: "too much memory",
    Outcome.OUTPUT_LIMIT: "it printed too much",
    Outcome.COMPILE_ERROR: "Python could not read it",
    Outcome.CANCELLED: "stopped by hand",
    Outcome.INTERNAL_ERROR: "a mistake of ours",
}
_STATES = {
    "tried": ("try", "●", "Tried"),
    "solved": ("ok", "✓", "Solved"),
    "stuck": ("stuck", "!", "Stuck"),
    "": ("soft", "", "Not started"),
}


@dataclass(frozen=True)
class StuckRow:
    """Somebody who needs a teacher, and why."""

    student_id: int
    student: str
    now: bool  # they are here and at it, or were a moment ago; otherwise it is how they left it
    problem_id: str
    problem: str
    why: str


@dataclass(frozen=True)
class EventRow:
    """Something that somebody just did."""

    key: str
    tone: str
    mark: str
    student: str
    said: str
    student_id: int
    problem_id: str
    at_ms: int


@dataclass(frozen=True)
class DetailRow:
    """One problem of a student, or one student of a problem."""

    key: str
    student_id: int
    problem_id: str
    name: str
    tone: str
    mark: str
    state: str
    attempts: str
    why: str
    last: str
    error: str
    at_ms: int


@dataclass(frozen=True)
class Details:
    """What is shown beside the board of a student, a problem, or a student's way with a problem."""

    kind: str = ""  # student, problem, square; empty: nothing is open
    title: str = ""
    line: str = ""
    student_id: int = 0
    problem_id: str = ""
    student: str = ""
    problem: str = ""
    rows: list[DetailRow] = field(default_factory=list)


def board(live: LiveClass, serial: int) -> dict[str, Any]:
    """The whole board: a row a student, in it a short text a square."""
    index = {column.problem_id: at for at, column in enumerate(live.columns)}
    squares: dict[int, list[str]] = {one.id: [""] * len(index) for one in live.students}
    for cell in live.cells:
        if cell.student_id in squares and cell.problem_id in index:
            squares[cell.student_id][index[cell.problem_id]] = square(cell)
    with_problems = {column.level_id for column in live.columns}
    return {
        "serial": serial,
        "levels": [[level.id, level.title] for level in live.levels if level.id in with_problems],
        "columns": [[column.problem_id, column.title, column.level_id] for column in live.columns],
        "rows": [[one.id, one.name, *_presence(one), squares[one.id]] for one in live.students],
    }


def patch(change: LiveChange, index: Mapping[str, int], serial: int) -> dict[str, Any]:
    """What is different on the board; ``index`` says which column a problem has."""
    return {
        "serial": serial,
        "rows": [[one.id, *_presence(one)] for one in change.students],
        "cells": [
            [cell.student_id, index[cell.problem_id], square(cell)]
            for cell in change.cells
            if cell.problem_id in index
        ],
    }  # fmt: skip


def square(cell: CellView) -> str:
    """A square as a letter and the number of attempts."""
    return f"{_LETTERS[cell.state]}{cell.attempts}" if cell.state in _LETTERS else ""


def stuck_rows(
    cells: Iterable[CellView], students: Mapping[int, StudentView], titles: Mapping[str, str], since_ms: int
) -> list[StuckRow]:
    """Who is stuck: now first, then by name. A press since ``since_ms``, when the lesson began, counts as now of those
    who are here, so that nobody leaves the list by looking at another page.
    """
    rows = [
        StuckRow(one.id, one.name, _is_at_it(one, cell, since_ms), cell.problem_id, titles[cell.problem_id], cell.why)
        for cell in cells
        if cell.state == "stuck" and cell.problem_id in titles and (one := students.get(cell.student_id))
    ]
    return sorted(rows, key=lambda row: (not row.now, row.student.casefold(), row.problem))


def _is_at_it(student: StudentView, cell: CellView, since_ms: int) -> bool:
    return student.online and (student.on_problem_id == cell.problem_id or cell.last_ms >= since_ms)


def event_rows(events: Iterable[EventView]) -> list[EventRow]:
    """What just happened, newest first."""
    return [_event(event) for event in events]


def minutes(value: int | None) -> str:
    """A length of time, or a dash where there is none."""
    if value is None:
        return "–"
    return f"{value} min" if value else "<1 min"


def student_details(student: StudentView, cells: Iterable[CellView], titles: Mapping[str, str]) -> Details:
    """Everything that a student has begun, in the order of the board."""
    mine = {cell.problem_id: cell for cell in cells}
    rows = [_row(titles[problem], mine[problem]) for problem in titles if problem in mine]
    solved = sum(cell.state == "solved" for cell in mine.values())
    here = f"on {titles.get(student.on_problem_id, 'another page')}" if student.on_problem_id else "online"
    return Details(
        kind="student",
        title=student.name,
        line=f"{solved} of {len(titles)} solved · {here if student.online else 'not here'}",
        student_id=student.id,
        student=student.name,
        rows=rows,
    )


def problem_details(problem_id: str, title: str, cells: Iterable[CellView], names: Mapping[int, str]) -> Details:
    """How far everybody is with a problem: the stuck first, then the tried, then the solved."""
    theirs = {cell.student_id: cell for cell in cells}
    order = {"stuck": 0, "tried": 1, "solved": 2}
    begun = sorted((one for one in names if one in theirs), key=lambda one: order.get(theirs[one].state, 3))
    counted = [(sum(cell.state == state for cell in theirs.values()), state) for state in order]
    parts = [f"{count} {state}" for count, state in counted if count]
    parts.append(f"{len(names) - len(begun)} not started")
    return Details(
        kind="problem",
        title=title,
        line=" · ".join(parts),
        problem_id=problem_id,
        problem=title,
        rows=[_row(names[one], theirs[one]) for one in begun],
    )


def square_details(student: StudentView, problem_id: str, title: str, cell: CellView | None) -> Details:
    """A student's way with one problem."""
    state = _STATES.get(cell.state if cell else "", _STATES[""])[2]
    return Details(
        kind="square",
        title=f"{student.name} on {title}",
        line=state,
        student_id=student.id,
        problem_id=problem_id,
        student=student.name,
        problem=title,
        rows=[_row(title, cell)] if cell else [],
    )


def _row(name: str, cell: CellView) -> DetailRow:
    tone, mark, state = _STATES.get(cell.state, _STATES[""])
    ended = _ENDED[Outcome(cell.last_outcome)] if cell.last_outcome else ""
    attempts = f"{cell.attempts} {'attempt' if cell.attempts == 1 else 'attempts'}" if cell.attempts else "Opened"
    return DetailRow(
        key=f"{cell.student_id}:{cell.problem_id}",
        student_id=cell.student_id,
        problem_id=cell.problem_id,
        name=name,
        tone=tone,
        mark=mark,
        state=state,
        attempts=f"{attempts} in {cell.minutes} min" if cell.minutes else attempts,
        why=cell.why,
        last=f"Last: {ended}" if ended else "",
        error=cell.last_error,
        at_ms=cell.last_ms,
    )


def _event(event: EventView) -> EventRow:
    outcome = Outcome(event.outcome)
    known = _SUBMITTED if event.kind == RunKind.SUBMIT.value else {**_SUBMITTED, **_RAN}
    tone, mark, did = known.get(outcome, ("soft", "!", "tried"))
    return EventRow(
        key=event.run_id,
        tone=tone,
        mark=mark,
        student=event.student,
        said=f"{did} {event.problem}",
        student_id=event.student_id,
        problem_id=event.problem_id,
        at_ms=event.at_ms,
    )


def _presence(student: StudentView) -> tuple[int, str, int]:
    return int(student.online), student.on_problem_id, student.since_ms
