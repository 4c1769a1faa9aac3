"""What the pages about classes are given: small dataclasses without a field that their reader may not see.

Moments are milliseconds since 1970 (UTC), so that a browser counts on from them without asking; 0 means never.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ClassCard:
    """A class in a list, for its teachers (counts) and its students (who teaches)."""

    id: int
    name: str
    archived: bool = False
    students: int = 0
    online: int = 0
    stuck: int = 0
    teachers: list[str] = field(default_factory=list)  # shown names


@dataclass(frozen=True, slots=True)
class CellView:
    """One square of the class page. Squares that nobody has begun are left out."""

    student_id: int
    problem_id: str
    state: str  # tried, solved, stuck
    attempts: int
    why: str = ""  # of stuck, in words: "7 attempts, the same IndexError 4 times"
    last_ms: int = 0  # the newest press
    last_outcome: str = ""  # of the newest press; empty while there is none
    last_error: str = ""
    opened_ms: int = 0  # when they first looked at the problem
    stuck_from_ms: int = 0  # when it becomes stuck if nothing happens any more


@dataclass(frozen=True, slots=True)
class StudentView:
    """One row of the class page."""

    id: int
    name: str  # shown
    online: bool
    on_problem_id: str = ""  # what they have open
    since_ms: int = 0  # since when


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of the class page."""

    problem_id: str
    title: str
    level_id: str


@dataclass(frozen=True, slots=True)
class EventView:
    """Something that just happened: "Grace solved Countdown"."""

    run_id: str
    student_id: int
    student: str
    problem_id: str
    problem: str
    kind: str  # run, submit
    outcome: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class ErrorCount:
    """How often an error was the last one that somebody saw."""

    error: str
    count: int


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """A level that a class sees or might see."""

    id: str
    title: str  # with its age group and number
    problems: int
    seen: bool = True


@dataclass(frozen=True, slots=True)
class LiveClass:
    """Everything that the class page shows when it opens."""

    id: int
    name: str
    archived: bool
    join_code: str  # empty: nobody may join
    now_ms: int
    students: list[StudentView]
    columns: list[ColumnView]
    levels: list[LevelChoice]
    cells: list[CellView]
    events: list[EventView]  # newest first
    errors: list[ErrorCount]  # commonest first
    solved_lately: int  # problems solved in the last lesson's length
    median_minutes: int | None  # on a problem, of those that were solved


@dataclass(frozen=True, slots=True)
class LiveChange:
    """What changed of a class: only the rows and squares that were asked for, and what stands beside them."""

    now_ms: int
    students: list[StudentView]
    cells: list[CellView]
    events: list[EventView]
    errors: list[ErrorCount]
    solved_lately: int
    median_minutes: int | None
