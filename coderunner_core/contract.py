"""The words that the web, the worker and the sandbox exchange; standard library only, so that each may import it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Outcome(StrEnum):
    """How a run ended: the student's endings first, ours last. There is no other ending."""

    OK = "ok"  # a Run that ended by itself with exit code 0
    ACCEPTED = "accepted"  # a Submit: every test passed
    WRONG_ANSWER = "wrong_answer"  # a Submit: it ended well and said something else
    RUNTIME_ERROR = "runtime_error"  # an exception, a non-zero exit code or a signal
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    COMPILE_ERROR = "compile_error"  # Python could not read the program (syntax, encoding, NUL)
    CANCELLED = "cancelled"
    INTERNAL_ERROR = "internal_error"  # never blamed on the student


# What the student stopped, or we failed to run, says nothing about how far they are and costs them nothing.
NOT_A_TRY = frozenset({Outcome.CANCELLED, Outcome.INTERNAL_ERROR})


class RunKind(StrEnum):
    """What the student pressed."""

    RUN = "run"
    SUBMIT = "submit"


class RunStatus(StrEnum):
    """Where a run is on its way; FINISHED is final and carries an Outcome."""

    PENDING = "pending"  # accepted and stored, waiting in the queue
    RUNNING = "running"  # a worker has it
    FINISHED = "finished"


class Stream(StrEnum):
    """Which of a program's two output streams a chunk came from."""

    STDOUT = "stdout"
    STDERR = "stderr"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program start may use.

    ``cpu_ms`` decides ``time_limit``; ``wall_ms`` is the backstop for programs that wait instead of compute.
    """

    cpu_ms: int = 2_000
    wall_ms: int = 5_000
    memory_kib: int = 128 * 1024
    output_bytes: int = 256 * 1024  # stdout and stderr together
    written_files: int = 8  # files handed back to the platform
    written_bytes: int = 256 * 1024  # all of them together


@dataclass(frozen=True, slots=True)
class Call:
    """A function problem's question: call ``function`` with ``arguments_json`` (a JSON array)."""

    function: str
    arguments_json: str = "[]"


@dataclass(frozen=True, slots=True)
class Program:
    """One untrusted program start, all that the container is told. Expected answers are never part of it."""

    source: str
    stdin: bytes = b""
    call: Call | None = None  # function problems
    test_source: str | None = None  # unittest problems: the test file, run beside the student's module
    test_name: str | None = None  # unittest problems: the one TestCase class of this start
    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))  # data files, by plain name
    collect: tuple[str, ...] = ()  # plain names of files that the program may hand back


@dataclass(frozen=True, slots=True)
class UnitTestReport:
    """What one test method of a unittest problem said."""

    name: str
    passed: bool
    message: str = ""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What happened to one program start.

    ``outcome`` is never ACCEPTED or WRONG_ANSWER here: the sandbox does not know what was expected.
    ``stdout`` and ``stderr`` are cut at the output limit; ``truncated`` says so. ``detail`` is for operators' logs.
    """

    outcome: Outcome
    stdout: bytes = b""
    stderr: bytes = b""
    exit_code: int | None = None  # negative: the signal that ended it; None: it never ended by itself
    cpu_ms: int = 0
    wall_ms: int = 0
    memory_kib: int = 0
    waited_ms: int = 0  # the part of wall_ms in which the machine was busy with others
    truncated: bool = False
    value_json: str | None = None  # what a called function returned; None when it returned nothing valid
    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    unit_tests: tuple[UnitTestReport, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TestReport:
    """One test of a Submit. ``first_difference`` is empty for hidden tests, always."""

    __test__ = False  # not a pytest class

    name: str
    outcome: Outcome
    visible: bool
    weight: float = 1.0
    wall_ms: int = 0
    cpu_ms: int = 0
    memory_kib: int = 0
    first_difference: str = ""
    input_shown: str = ""
    stdout_shown: str = ""
    stderr_shown: str = ""


@dataclass(frozen=True, slots=True)
class WholeOutput:
    """A stream of which the verdict holds the beginning only."""

    stream: Stream
    size_bytes: int  # all of it
    key: str  # its object; empty when the object store was away: then the beginning is all there is


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one final answer to a run: stored, announced and shown.

    ``score`` is 0…100, the weight of the tests passed over the weight of all; None for a Run.
    ``explanation`` is what a student may read about an ending that is not theirs to fix or not obvious.
    """

    outcome: Outcome
    score: int | None = None
    tests: tuple[TestReport, ...] = ()
    stdout: str = ""
    stderr: str = ""
    exit_code: int | None = None
    cpu_ms: int = 0
    wall_ms: int = 0
    memory_kib: int = 0
    truncated: bool = False
    explanation: str = ""
    whole_outputs: tuple[WholeOutput, ...] = ()
