"""What the pages about somebody's work are given: earlier runs, what changed between two, comments, the student.

Moments are milliseconds since 1970 (UTC); 0 means never. Nothing here holds what is inside a hidden test.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from coderunner_core.services.views import RunView


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One earlier run or submission."""

    run_id: str
    problem_id: str
    problem_title: str
    kind: str
    status: str
    outcome: str  # empty until it has ended
    score: int | None
    at_ms: int
    wall_ms: int
    there: bool  # its program can still be opened
    comments: int = 0  # about it


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some of them, newest first; ``older`` asks for those that follow, and is empty when there are none."""

    rows: list[HistoryRow]
    older: str = ""


@dataclass(frozen=True, slots=True)
class RunDetail:
    """One of them opened. ``there`` is False when its body has expired: then the row is all that is known."""

    row: HistoryRow
    student_id: int
    run: RunView
    there: bool
    source: str = ""
    stdin: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; ``changed`` when the other side has something else there."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One line of both programs side by side. ``skipped`` stands for so many equal lines that are left out."""

    kind: str  # same, changed, removed, added, skipped
    left_number: int = 0  # 0: there is no such line on this side
    right_number: int = 0
    left: list[Piece] = field(default_factory=list)
    right: list[Piece] = field(default_factory=list)
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of one problem, the earlier on the left."""

    left: HistoryRow
    right: HistoryRow
    there: bool  # both programs can still be opened
    rows: list[DiffRow] = field(default_factory=list)
    cut: bool = False  # only the beginning was compared


@dataclass(frozen=True, slots=True)
class CommentView:
    """One comment; ``mine`` is from the reader's point of view."""

    id: int
    author: str
    by_student: bool
    mine: bool
    body: str
    run_id: str
    at_ms: int
    read: bool  # by the other side
    run_kind: str = ""  # of the run that it is about, and when that was; empty and 0: about the problem as a whole
    run_at_ms: int = 0


@dataclass(frozen=True, slots=True)
class UnreadView:
    """How many comments wait for the reader, and where the newest of them is."""

    count: int = 0
    student_id: int = 0
    problem_id: str = ""


@dataclass(frozen=True, slots=True)
class ProblemStep:
    """How far a student is with a problem, as a teacher sees it."""

    problem_id: str
    title: str
    state: str  # not_started, tried, solved, stuck
    attempts: int
    why: str = ""  # of stuck


@dataclass(frozen=True, slots=True)
class LevelStep:
    """A level in which a student has begun something."""

    id: str
    title: str
    problems: list[ProblemStep]
    solved: int
    tried: int
    stuck: int
    total: int


@dataclass(frozen=True, slots=True)
class ClassName:
    """A class that the student and the reader share."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Press:
    """One press, for the time line."""

    at_ms: int
    kind: str  # run, submit
    solved: bool


@dataclass(frozen=True, slots=True)
class StudentPage:
    """A student as their teacher sees them."""

    id: int
    name: str  # to sign in with
    display_name: str
    classes: list[ClassName]
    online: bool
    on_problem_id: str
    last_seen_ms: int  # the newest press or opened problem; 0: never
    levels: list[LevelStep]
    presses: list[Press]  # of the last ``days``, oldest first
    presses_cut: bool  # there were more than are listed
    days: int
    now_ms: int
    watched_problems: list[str]  # whose drafts the reader may look at; empty: no class of theirs allows it
