"""What reports are made of: small dataclasses without a field that a teacher may not see."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One student and one problem; the fields are the columns of the file, in this order."""

    student: str  # the name to sign in with
    shown_name: str
    level: str
    problem_id: str
    problem: str
    status: str
    attempts: int
    best_score: int | None  # 0…100; None while nothing was submitted
    solved_at: str  # ISO 8601, empty when not solved
    assignment: str
    due_at: str  # ISO 8601, empty when there is no such date
    on_time: str  # "yes", "late", "open" (not solved yet), or empty when nothing is due


@dataclass(frozen=True, slots=True)
class ProblemStatView:
    """How hard a problem was for a class."""

    problem_id: str
    title: str
    tried: int  # students who submitted
    solved: int
    solve_percent: int
    attempts: int  # of all students
    attempts_each: float


@dataclass(frozen=True, slots=True)
class CountView:
    """Something, and how often."""

    label: str
    count: int
    percent: int  # of the largest


@dataclass(frozen=True, slots=True)
class ClassCharts:
    """What a teacher would rather look at than read."""

    class_id: int
    name: str
    students: int
    solved: int
    tried: int
    by_day: list[CountView] = field(default_factory=list)  # solved a day, every day of the span
    hardest: list[ProblemStatView] = field(default_factory=list)
    errors: list[CountView] = field(default_factory=list)
    outcomes: list[CountView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StudentLine:
    """One student in the summary of a class."""

    id: int
    name: str
    shown_name: str
    solved: int
    tried: int
    attempts: int
    mean_score: int | None
    last_ms: int  # since 1970, 0 when nothing was submitted


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """A class on a sheet of paper."""

    class_id: int
    name: str
    teachers: list[str]
    made_ms: int
    problems: int
    students: list[StudentLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem in the summary of a student."""

    level: str
    title: str
    status: str
    attempts: int
    best_score: int | None
    solved_ms: int


@dataclass(frozen=True, slots=True)
class StudentSummary:
    """A student on a sheet of paper: what they have begun, and how many there are."""

    student_id: int
    name: str
    shown_name: str
    classes: list[str]
    made_ms: int
    problems: int
    solved: int
    tried: int
    lines: list[ProblemLine] = field(default_factory=list)
