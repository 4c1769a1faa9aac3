"""What a curriculum is once it has been read and checked: plain frozen values that web and worker share."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from coderunner_core.contract import Limits, Outcome
from coderunner_core.errors import NotFound

ProblemKind = Literal["program", "function", "unittest"]
ComparisonKind = Literal["exact", "tokens", "numbers"]


def _no_files() -> Mapping[str, bytes]:
    return MappingProxyType({})


def _no_texts() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an answer is held against the expected one; the tolerances count for ``numbers`` only.

    A number passes when it is within ``absolute`` of the expected one, or within ``relative`` times the larger of both.
    """

    kind: ComparisonKind = "exact"
    absolute: float = 0.0
    relative: float = 0.0


@dataclass(frozen=True, slots=True)
class TestCase:
    """One question and its answer.

    ``expected`` is the text on stdout (program), the returned value as JSON (function) or empty (unittest).
    A hidden test is called "Hidden 1", "Hidden 2", … to students; ``note`` is the author's own name for it.
    """

    __test__ = False  # not a pytest class

    name: str
    visible: bool
    weight: float
    expected: str = ""
    comparison: Comparison = Comparison()
    stdin: str = ""
    function: str = ""  # function problems: what is called
    arguments_json: str = "[]"  # function problems: a JSON array
    files: Mapping[str, bytes] = field(default_factory=_no_files)  # all data files of this test, by plain name
    expected_files: Mapping[str, str] = field(default_factory=_no_texts)  # what the program must write, by plain name
    test_source: str = ""  # unittest problems: the test file
    test_class: str = ""  # unittest problems: the class of this test
    test_methods: tuple[str, ...] = ()  # unittest problems: every method that must pass
    note: str = ""

    @property
    def input_shown(self) -> str:
        """The question as a student reads it; ask for visible tests only."""
        if self.test_class:
            return self.test_source
        if self.function:
            arguments = ", ".join(repr(argument) for argument in json.loads(self.arguments_json))
            return f"{self.function}({arguments})"
        texts = {name: content.decode("utf-8", "replace") for name, content in self.files.items()}
        return _with_files(self.stdin, texts)

    @property
    def expected_shown(self) -> str:
        """The answer as a student reads it; ask for visible tests only."""
        return repr(json.loads(self.expected)) if self.function else _with_files(self.expected, self.expected_files)


def _with_files(text: str, files: Mapping[str, str]) -> str:
    """What goes through a stream, then what lies in files, each under a line with its name."""
    parts = [text] if text else []
    return "\n".join(parts + [f"{name}:\n{content}" for name, content in files.items()])


@dataclass(frozen=True, slots=True)
class WrongSolution:
    """A realistic mistake and the outcome that grading must give it."""

    name: str
    source: str
    outcome: Outcome


@dataclass(frozen=True)
class Problem:
    """One problem with everything needed to show it and to grade it.

    Only ``examples`` may be shown; ``tests``, ``reference`` and ``wrong`` hold the answers and stay on the server.
    """

    id: str
    title: str
    kind: ProblemKind
    concepts: tuple[str, ...]
    difficulty: int  # 1 (first steps) … 5
    limits: Limits  # of one program start
    statement_html: str  # sanitised
    hints_html: tuple[str, ...]  # sanitised
    starter: str
    reference: str
    wrong: tuple[WrongSolution, ...]
    tests: tuple[TestCase, ...]
    version: str  # changes with any byte of the folder
    function: str = ""  # function problems: the name students write
    files: Mapping[str, bytes] = field(default_factory=_no_files)  # data files, also there on a Run
    collect: tuple[str, ...] = ()  # files that the program is asked to write

    @property
    def examples(self) -> tuple[TestCase, ...]:
        """The visible tests, the only ones a student may see."""
        return tuple(test for test in self.tests if test.visible)


@dataclass(frozen=True, slots=True)
class Level:
    """A step inside an age group: a few problems in the order they are best solved."""

    id: str  # "8-10/1-first-steps"
    number: int
    title: str
    blurb: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Who the problems are written for."""

    id: str  # "8-10"
    title: str
    blurb: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Curriculum:
    """All problems, in the order of the pages."""

    age_groups: tuple[AgeGroup, ...]

    @cached_property
    def _places(self) -> dict[str, tuple[AgeGroup, Level, Problem]]:
        return {p.id: (group, level, p) for group in self.age_groups for level in group.levels for p in level.problems}

    @cached_property
    def version(self) -> str:
        """Changes with anything that is published: a problem, a title, an order. Part of every key in the cache."""
        shown = [
            (group.id, group.title, group.blurb, level.id, level.title, level.blurb, problem.id, problem.version)
            for group, level, problem in self._places.values()
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, youngest group first."""
        return tuple(problem for _, _, problem in self._places.values())

    def problem(self, problem_id: str) -> Problem:
        """The problem of that id. Raises NotFound."""
        return self._find(problem_id)[2]

    def place(self, problem_id: str) -> tuple[AgeGroup, Level]:
        """Where that problem stands. Raises NotFound."""
        group, level, _ = self._find(problem_id)
        return group, level

    def _find(self, problem_id: str) -> tuple[AgeGroup, Level, Problem]:
        try:
            return self._places[problem_id]
        except KeyError:
            raise NotFound("There is no such problem.") from None
