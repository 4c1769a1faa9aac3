"""What pages are given: small dataclasses without a single field that its reader may not see."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ProgressView:
    """How far a student is with one problem."""

    problem_id: str
    status: str = "not_started"
    best_score: int = 0
    attempts: int = 0
    solved_at: str = ""  # ISO 8601, empty when not solved


@dataclass(frozen=True, slots=True)
class ProblemCard:
    """A problem in the curriculum's list."""

    id: str
    title: str
    concepts: list[str]
    difficulty: int
    status: str
    best_score: int
    attempts: int
    solved_by: int = 0  # people; 0 also where it is not known, or too few to be said


@dataclass(frozen=True, slots=True)
class LevelView:
    """A level with its problems and how many of them are solved."""

    id: str
    number: int
    title: str
    blurb: str
    problems: list[ProblemCard]
    solved: int
    total: int


@dataclass(frozen=True, slots=True)
class AgeGroupView:
    """An age group with its levels."""

    id: str
    title: str
    blurb: str
    levels: list[LevelView]
    solved: int
    total: int


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A visible test, as the statement shows it."""

    name: str
    given: str
    expected: str


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What the workspace shows of a problem. Hidden tests are a number here and nothing else."""

    id: str
    title: str
    kind: str
    concepts: list[str]
    difficulty: int
    statement_html: str
    hints_html: list[str]
    starter: str
    examples: list[ExampleView]
    visible_tests: int
    hidden_tests: int
    wall_ms: int
    cpu_ms: int
    memory_mib: int
    data_files: list[str]
    age_group_id: str
    age_group_title: str
    level_title: str
    level_number: int
    siblings: list[ProblemCard]
    next_problem_id: str
    progress: ProgressView


@dataclass(frozen=True, slots=True)
class TestView:
    """One row of a submission's result."""

    __test__ = False  # not a pytest class

    name: str
    outcome: str
    visible: bool
    wall_ms: int
    cpu_ms: int
    memory_kib: int
    first_difference: str = ""
    input_shown: str = ""
    stdout_shown: str = ""
    stderr_shown: str = ""


@dataclass(frozen=True, slots=True)
class ChunkView:
    """A piece of output that has already arrived."""

    seq: int
    stream: str
    text: str


@dataclass(frozen=True, slots=True)
class WholeOutputView:
    """A stream that is shown by its beginning; ``kept`` says whether the rest can be downloaded."""

    stream: str
    size_bytes: int
    kept: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as its owner sees it. ``chunks`` is what arrived so far, in order, both streams; ``stdout`` and ``stderr``
    are filled when the run is finished.
    """

    id: str
    problem_id: str
    kind: str
    status: str
    outcome: str = ""
    score: int | None = None
    tests: list[TestView] = field(default_factory=list)
    chunks: list[ChunkView] = field(default_factory=list)
    stdout: str = ""
    stderr: str = ""
    exit_code: int | None = None
    cpu_ms: int = 0
    wall_ms: int = 0
    memory_kib: int = 0
    truncated: bool = False
    whole_outputs: list[WholeOutputView] = field(default_factory=list)
    explanation: str = ""
    created_at: str = ""
    queue_place: int | None = None  # runs before this one; None when it does not wait
    queue_wait_s: float | None = None  # expected; None when it does not wait, or when no worker is there
    no_worker: bool = False  # it waits, and nobody is there who could take it
    body_away: bool = False  # what it printed cannot be read just now


@dataclass(frozen=True, slots=True)
class QuotaView:
    """What is left of a person's quotas right now."""

    runs_this_minute: int
    runs_today: int
    submissions_this_minute: int
    submissions_today: int
    runs_more_in_s: int | None = None  # until there are more than now; None when none was used
    submissions_more_in_s: int | None = None


@dataclass(frozen=True, slots=True)
class DraftView:
    """What is saved of a student's typing."""

    problem_id: str
    source: str
    stdin: str
    version: int
    saved_at: str
    set_aside: bool = False  # what stood there before can be brought back
