"""The shape of the YAML files, so that a slip in one is named by file and field instead of surfacing in a lesson."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from coderunner_core.contract import Limits
from coderunner_core.curriculum.model import Comparison, ComparisonKind, ProblemKind
from coderunner_core.curriculum.reading import first_slip

PLATFORM = Limits()  # what a problem may ask for at most
TEXT_LIMIT_CHARS = 100_000  # one input or one expected output


def _not_ours(name: str) -> str:
    if name in ("main.py", "test_main.py"):
        raise ValueError("is the name of the student's program or of its tests; choose another")
    return name


Line = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^\S(.*\S)?$")]
Paragraph = Annotated[str, StringConstraints(min_length=1, max_length=400)]
PlainName = Annotated[
    str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$"), AfterValidator(_not_ours)
]
PythonFile = Annotated[str, StringConstraints(max_length=64, pattern=r"^[a-z0-9_]+\.py$")]
Identifier = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
Slug = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(max_length=TEXT_LIMIT_CHARS)]


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class AgeGroupForm(_Form):
    """age-group.yaml."""

    title: Line
    blurb: Paragraph
    order: Annotated[int, Field(ge=1, le=99)]


class LevelForm(_Form):
    """level.yaml."""

    title: Line
    blurb: Paragraph
    problems: Annotated[list[Slug], Field(min_length=1)]


class LimitsForm(_Form):
    """``limits:`` of problem.yaml; what is left out is the platform's own."""

    cpu_ms: Annotated[int, Field(ge=50, le=PLATFORM.cpu_ms)] = PLATFORM.cpu_ms
    wall_ms: Annotated[int, Field(ge=100, le=PLATFORM.wall_ms)] = PLATFORM.wall_ms
    memory_kib: Annotated[int, Field(ge=16 * 1024, le=PLATFORM.memory_kib)] = PLATFORM.memory_kib
    output_bytes: Annotated[int, Field(ge=1024, le=PLATFORM.output_bytes)] = PLATFORM.output_bytes


class NumbersTolerance(_Form):
    """How far a number may be off; one of the two must be above zero."""

    absolute: Annotated[float, Field(ge=0)] = 0.0
    relative: Annotated[float, Field(ge=0, lt=1)] = 0.0

    @model_validator(mode="after")
    def _some_tolerance(self) -> Self:
        if not (self.absolute or self.relative):
            raise ValueError("say how far off a number may be: absolute, relative or both above 0")
        return self


class NumbersForm(_Form):
    """``comparison:`` as a mapping, for numbers with a tolerance."""

    numbers: NumbersTolerance


def _comparison(value: object) -> object:
    """One word or ``numbers: {absolute: …}``, told apart here so that a slip gets one message and not two."""
    if value in ("exact", "tokens"):
        kind: ComparisonKind = "exact" if value == "exact" else "tokens"
        return Comparison(kind)
    if not isinstance(value, dict):
        raise ValueError("must be exact, tokens, or numbers with a tolerance, as in {numbers: {absolute: 0.01}}")
    try:
        tolerance = NumbersForm.model_validate(value).numbers
    except ValidationError as error:
        raise ValueError(": ".join(first_slip(error))) from None
    return Comparison("numbers", tolerance.absolute, tolerance.relative)


class TestForm(_Form):
    """One entry of ``tests:`` in problem.yaml. Which fields it may have depends on the kind of the problem."""

    __test__ = False  # not a pytest class
    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: Line
    visible: bool
    weight: Annotated[float, Field(gt=0, le=100)] = 1.0
    input: Text | None = None
    arguments: list[Any] | None = None
    expected: Any = None
    comparison: Comparison | None = None
    files: dict[PlainName, Text] = Field(default_factory=dict)
    expected_files: dict[PlainName, Text] = Field(default_factory=dict)
    test_file: PythonFile | None = None
    test_class: Identifier | None = None

    _read_comparison = field_validator("comparison", mode="before")(_comparison)

    @field_validator("arguments", "expected")
    @classmethod
    def _json_only(cls, value: Any) -> Any:
        try:
            written = json.dumps(value, allow_nan=False, ensure_ascii=False).encode()  # ValueError: not even UTF-8
            same = json.loads(written) == value
        except (TypeError, ValueError, RecursionError):
            same = False
        if not same:
            raise ValueError("must be made of texts, numbers, true, false, null, lists and mappings with text keys")
        return value


WrongOutcome = Literal["wrong_answer", "runtime_error", "time_limit", "memory_limit", "output_limit", "compile_error"]


class ProblemForm(_Form):
    """problem.yaml."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    title: Line
    kind: ProblemKind = "program"
    concepts: Annotated[list[Line], Field(min_length=1, max_length=6)]
    difficulty: Annotated[int, Field(ge=1, le=5)]
    function: Identifier | None = None
    limits: LimitsForm = LimitsForm()
    comparison: Comparison = Comparison()
    files: list[PlainName] = Field(default_factory=list)
    collect: Annotated[list[PlainName], Field(max_length=PLATFORM.written_files)] = Field(default_factory=list)
    wrong: dict[PythonFile, WrongOutcome] = Field(default_factory=dict)
    tests: list[TestForm]

    _read_comparison = field_validator("comparison", mode="before")(_comparison)
