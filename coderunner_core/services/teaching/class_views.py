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
    drafts_watched: bool = False  # they may look on while a student types


@dataclass(frozen=True, slots=True)
class CellView:
    """One square of the class page. Squares that nobody has begun are left out."""

    student_id: int
    problem_id: str
    state: str  # not_started (then only if it may become stuck), tried, solved, stuck
    attempts: int
    minutes: int = 0  # from the first look at it to the newest press, or until it was solved; 0 on the whole board
    why: str = ""  # of stuck, in words: "7 attempts, the same IndexError 4 times"
    last_ms: int = 0  # the newest press
    last_outcome: str = ""  # of the newest press; empty while there is none
    last_error: str = ""
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


@dataclass(frozen=True, slots=True)
class PersonView:
    """A student or a teacher of a class, as its teachers see them."""

    id: int
    name: str  # what they sign in with
    display_name: str
    since_ms: int = 0  # in this class
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class QuotaOverride:
    """What a class may start instead of what the installation allows; 0: as the installation has it."""

    runs_per_minute: int = 0
    runs_per_day: int = 0
    submissions_per_minute: int = 0
    submissions_per_day: int = 0


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class as its teachers set it up."""

    id: int
    name: str
    archived: bool
    join_code: str  # empty: nobody may join
    join_code_expires_ms: int
    students: list[PersonView]
    left: list[PersonView]  # by themselves, lately; ``since_ms`` is when
    teachers: list[PersonView]
    levels: list[LevelChoice]
    all_levels: bool  # also those that are added to the curriculum later
    drafts_watched: bool
    quotas: QuotaOverride
    installation_quotas: QuotaOverride


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """An assignment in its class's list, as a teacher sees it."""

    id: int
    title: str
    problem_ids: list[str]  # in the order in which they are best solved
    titles: list[str]
    opens_ms: int  # 0: at once
    due_ms: int  # 0: whenever
    state: str  # upcoming, open, over (due)
    students: int
    done: int  # students who solved all of it
    done_late: int  # those of them who needed longer than it was due


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """How far one student is with an assignment."""

    student_id: int
    name: str  # shown
    solved: int
    late: int  # of those, after it was due
    state: str  # none, some, all, late (all, some of it too late), overdue (not all, and it is over)
    problems: list[str]  # of each problem, in order: not_started, tried, solved, late


@dataclass(frozen=True, slots=True)
class AssignmentReport:
    """An assignment with every student of the class."""

    assignment: AssignmentView
    rows: list[AssignmentRow]


@dataclass(frozen=True, slots=True)
class SetProblem:
    """A problem of an assignment, as the student who is to solve it sees it."""

    id: str
    title: str
    status: str  # not_started, tried, solved
    late: bool = False


@dataclass(frozen=True, slots=True)
class MyAssignment:
    """An assignment, as a student sees it."""

    id: int
    class_id: int
    class_name: str
    title: str
    state: str  # upcoming (its problems are not shown yet), open, overdue, done
    opens_ms: int
    due_ms: int
    problems: list[SetProblem]
    solved: int
    total: int
