"""A bad problem folder is refused at load, with the file, the field and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from coderunner_core.curriculum import load, load_problem
from coderunner_core.errors import BadProblem
from tests.unit.curriculum.folders import (
    FUNCTION,
    PROGRAM,
    TEST_FILE,
    UNITTEST,
    with_test,
    without,
    write_curriculum,
    write_problem,
)


class Bad(NamedTuple):
    """What is wrong with the folder, and what its author must be told."""

    file: str
    field: str
    reason: str
    form: Mapping[str, Any] | str | bytes = PROGRAM
    files: Mapping[str, str | bytes | None] = {}


YAML = "problem.yaml"
MANY_BYTES = "x = 1\n" * 20_000

BAD_FOLDERS = {
    # the YAML itself
    "broken YAML": Bad(YAML, "line 2", "broken YAML", "title: x\n  bad: [\n"),
    "a tab": Bad(YAML, "line 2", "broken YAML", "title: x\n\ttests: []\n"),
    "a doubled key": Bad(YAML, "line 3", "'title' is there twice", "title: a\nconcepts: [b]\ntitle: c\n"),
    "an alias": Bad(YAML, "line 2", "aliases", "title: &a x\nconcepts: *a\n"),
    "a Python object": Bad(YAML, "line 1", "broken YAML", "title: !!python/object/apply:os.system [ls]\n"),
    "an empty file": Bad(YAML, "file", "must be a mapping", ""),
    "a list": Bad(YAML, "file", "must be a mapping", "- title\n"),
    "not UTF-8": Bad(YAML, "line 2", "is not UTF-8", b"title: x\nconcepts: [\xff]\n"),
    "a NUL": Bad(YAML, "line 1", "NUL", "title: x\0\n"),
    # the fields
    "an unknown field": Bad(YAML, "titel", "is not a field", {**PROGRAM, "titel": "x"}),
    "no title": Bad(YAML, "title", "is missing", without(PROGRAM, "title")),
    "a number as title": Bad(YAML, "title", "must be a text", {**PROGRAM, "title": 7}),
    "an empty title": Bad(YAML, "title", "at least 1 character", {**PROGRAM, "title": ""}),
    "an unknown kind": Bad(YAML, "kind", "input should be", {**PROGRAM, "kind": "essay"}),
    "no concept": Bad(YAML, "concepts", "at least 1 item", {**PROGRAM, "concepts": []}),
    "difficulty 6": Bad(YAML, "difficulty", "less than or equal to 5", {**PROGRAM, "difficulty": 6}),
    "difficulty true": Bad(YAML, "difficulty", "valid integer", {**PROGRAM, "difficulty": True}),
    # limits
    "CPU above the platform's": Bad(YAML, "limits.cpu_ms", "less than", {**PROGRAM, "limits": {"cpu_ms": 60_000}}),
    "wall above": Bad(YAML, "limits.wall_ms", "less than", {**PROGRAM, "limits": {"wall_ms": 5_001}}),
    "memory above": Bad(YAML, "limits.memory_kib", "less than", {**PROGRAM, "limits": {"memory_kib": 1 << 20}}),
    "output above": Bad(YAML, "limits.output_bytes", "less than", {**PROGRAM, "limits": {"output_bytes": 1 << 30}}),
    "no CPU": Bad(YAML, "limits.cpu_ms", "greater than", {**PROGRAM, "limits": {"cpu_ms": 0}}),
    "an unknown limit": Bad(YAML, "limits.gpu", "is not a field", {**PROGRAM, "limits": {"gpu": 1}}),
    # tests
    "no tests field": Bad(YAML, "tests", "is missing", without(PROGRAM, "tests")),
    "no test": Bad(YAML, "tests", "has no test", {**PROGRAM, "tests": []}),
    "no visible test": Bad(YAML, "tests", "no visible test", with_test(PROGRAM, visible=False)),
    "a hidden test first": Bad(
        YAML, "tests[0].visible", "must be a visible one", {**PROGRAM, "tests": PROGRAM["tests"][::-1]}
    ),
    "visibility left out": Bad(
        YAML, "tests[0].visible", "is missing", {**PROGRAM, "tests": [without(PROGRAM["tests"][0], "visible")]}
    ),
    "two tests of one name": Bad(YAML, "tests", "the same name", with_test(PROGRAM, name="a negative number")),
    "a hidden test named hidden": Bad(
        YAML, "tests[1].name", "say what the test is about",
        {**PROGRAM, "tests": [PROGRAM["tests"][0], {**PROGRAM["tests"][1], "name": "Hidden 1"}]},
    ),
    "weight 0": Bad(YAML, "tests[0].weight", "greater than 0", with_test(PROGRAM, weight=0)),
    "weight below 0": Bad(YAML, "tests[0].weight", "greater than 0", with_test(PROGRAM, weight=-1.5)),
    "weight NaN": Bad(YAML, "tests[0].weight", "valid number", with_test(PROGRAM, weight=".nan")),
    "no expected": Bad(
        YAML, "tests[0].expected", "is missing", {**PROGRAM, "tests": [without(PROGRAM["tests"][0], "expected")]}
    ),
    "a number expected": Bad(YAML, "tests[0].expected", "must be a text", with_test(PROGRAM, expected=6)),
    "a number as input": Bad(YAML, "tests[0].input", "must be a text", with_test(PROGRAM, input=3)),
    "expected above the output limit": Bad(
        YAML, "tests[0].expected", "output limit",
        {**with_test(PROGRAM, expected="x" * 2000), "limits": {"output_bytes": 1024}},
    ),
    "an unknown test field": Bad(YAML, "tests[0].stdin", "is not a field", with_test(PROGRAM, stdin="3")),
    "arguments for a program": Bad(YAML, "tests[0].arguments", "is not for program", with_test(PROGRAM, arguments=[])),
    # comparison
    "an unknown comparison": Bad(YAML, "comparison", "must be exact, tokens", {**PROGRAM, "comparison": "fuzzy"}),
    "numbers without tolerance": Bad(YAML, "comparison", "must be exact", {**PROGRAM, "comparison": "numbers"}),
    "a tolerance of 0": Bad(
        YAML, "comparison", "how far off", {**PROGRAM, "comparison": {"numbers": {"absolute": 0}}}
    ),
    "a negative tolerance": Bad(
        YAML, "comparison", "absolute: input should be greater",
        {**PROGRAM, "comparison": {"numbers": {"absolute": -1}}},
    ),
    "a misspelt tolerance": Bad(
        YAML, "tests[0].comparison", "abs: is not a field", with_test(PROGRAM, comparison={"numbers": {"abs": 1}})
    ),
    "tokens for a value": Bad(YAML, "tests[0].comparison", "tokens is for texts", {**FUNCTION, "comparison": "tokens"}),
    # function problems
    "no function named": Bad(YAML, "function", "is missing", without(FUNCTION, "function")),
    "a function in a program": Bad(YAML, "function", "is for function problems", {**PROGRAM, "function": "double"}),
    "a function that is no name": Bad(YAML, "function", "match pattern", {**FUNCTION, "function": "os.system"}),
    "a function that the reference lacks": Bad(
        "solution.py", "file", "does not define the function triple", {**FUNCTION, "function": "triple"}
    ),
    "no arguments": Bad(
        YAML, "tests[0].arguments", "is missing", {**FUNCTION, "tests": [without(FUNCTION["tests"][0], "arguments")]}
    ),
    "arguments that are no list": Bad(YAML, "tests[0].arguments", "valid list", with_test(FUNCTION, arguments=3)),
    "a key that is no text": Bad(
        YAML, "tests[0].expected", "text keys", "kind: function\nfunction: double\ntitle: x\nconcepts: [a]\n"
        "difficulty: 1\ntests:\n- {name: A, visible: true, arguments: [], expected: {1: 2}}\n",
    ),
    # unittest problems
    "a class that is not there": Bad(
        YAML, "tests[0].test_class", "is not in tests/test_it.py", UNITTEST, {"tests/test_it.py": "x = 1\n"}
    ),
    "a class without tests": Bad(
        YAML, "tests[0].test_class", "no method", UNITTEST, {"tests/test_it.py": "class TestDoubling:\n    x = 1\n"}
    ),
    "no test file": Bad("tests/test_it.py", "file", "is missing", UNITTEST),
    "a test file with a slip": Bad(
        "tests/test_it.py", "line 2", "is not valid Python", UNITTEST, {"tests/test_it.py": "import unittest\nclass\n"}
    ),
    "a hidden class in a file that is shown": Bad(
        YAML, "tests[1].test_file", "is shown with a visible test",
        {**UNITTEST, "tests": [UNITTEST["tests"][0], {**UNITTEST["tests"][0], "name": "More", "visible": False}]},
        {"tests/test_it.py": TEST_FILE},
    ),
    "a test file outside": Bad(
        YAML, "tests[0].test_file", "match pattern", with_test(UNITTEST, test_file="../../secret.py")
    ),
    # files
    "a data file that is not there": Bad("files/a.csv", "file", "is missing", {**PROGRAM, "files": ["a.csv"]}),
    "a data file that is not listed": Bad("files/a.csv", "files", "does not list it", PROGRAM, {"files/a.csv": "1"}),
    "a data file outside": Bad(YAML, "files[0]", "match pattern", {**PROGRAM, "files": ["../problem.yaml"]}),
    "a data file that would be the program": Bad(YAML, "files[0]", "choose another", {**PROGRAM, "files": ["main.py"]}),
    "a data file too large": Bad(
        "files/a.csv", "file", "at most", {**PROGRAM, "files": ["a.csv"]}, {"files/a.csv": "x" * 300_000}
    ),
    "a written file without content": Bad(
        YAML, "tests[0].expected_files", "does not say what out.txt must hold", {**PROGRAM, "collect": ["out.txt"]}
    ),
    "a written file that is not collected": Bad(
        YAML, "tests[0].expected_files", "is not listed in collect", with_test(PROGRAM, expected_files={"out.txt": ""})
    ),
    "files collected from a function": Bad(YAML, "collect", "is for program", {**FUNCTION, "collect": ["out.txt"]}),
    # the other files
    "no statement": Bad("statement.md", "file", "is missing", PROGRAM, {"statement.md": None}),
    "an empty statement": Bad("statement.md", "file", "is empty", PROGRAM, {"statement.md": " \n"}),
    "an empty hint": Bad("hints.md", "hint 2", "is empty", PROGRAM, {"hints.md": "One.\n---\n\n"}),
    "no starter": Bad("starter.py", "file", "is missing", PROGRAM, {"starter.py": None}),
    "a starter too large": Bad("starter.py", "file", "at most 100,000", PROGRAM, {"starter.py": MANY_BYTES}),
    "a starter that is not UTF-8": Bad("starter.py", "line 2", "not UTF-8", PROGRAM, {"starter.py": b"# ok\n# \xe9\n"}),
    "no reference": Bad("solution.py", "file", "is missing", PROGRAM, {"solution.py": None}),
    "a reference with a slip": Bad(
        "solution.py", "line 2", "not valid Python", PROGRAM, {"solution.py": "x = 1\ny =\n"}
    ),
    "a wrong solution without outcome": Bad(
        "wrong/other.py", "wrong", "does not say which outcome", PROGRAM, {"wrong/other.py": "x = 1\n"}
    ),
    "a wrong solution that is not there": Bad(
        "wrong/adds_two.py", "file", "is missing", PROGRAM, {"wrong/adds_two.py": None}
    ),
    "a wrong solution that is right": Bad(
        YAML, "wrong.adds_two.py", "input should be", {**PROGRAM, "wrong": {"adds_two.py": "accepted"}}
    ),
    "a misspelt file": Bad("hint.md", "file", "is not part of a problem", PROGRAM, {"hint.md": "One.\n"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FOLDERS)
def test_a_bad_folder_is_refused_with_file_field_and_reason(name: str, tmp_path: Path) -> None:
    """The author reads where to look and what to do, in one line."""
    bad = BAD_FOLDERS[name]
    folder = write_problem(tmp_path / "double-it", bad.form, bad.files)
    with pytest.raises(BadProblem) as refused:
        load_problem(folder)
    assert str(folder / bad.file) == refused.value.file
    assert bad.field == refused.value.field
    assert bad.reason in refused.value.reason


@pytest.mark.parametrize("name", ["Double It", "double_it", "-double", "x" * 41])
def test_a_folder_name_that_is_no_slug_is_refused(name: str, tmp_path: Path) -> None:
    """The name is the id in addresses and in the database."""
    with pytest.raises(BadProblem, match="small letters"):
        load_problem(write_problem(tmp_path / name))


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    """A slip on the command line is no traceback."""
    with pytest.raises(BadProblem, match="is missing"):
        load_problem(tmp_path / "nowhere")


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    """A folder that somebody sent cannot show files of this machine."""
    folder = write_problem(tmp_path / "double-it", files={"starter.py": None})
    (folder / "starter.py").symlink_to("/etc/hostname")
    with pytest.raises(BadProblem, match="symbolic link"):
        load_problem(folder)


def _second_problem_of_the_same_name(root: Path) -> None:
    write_problem(root / "11-13" / "2-more" / "double-it")
    (root / "11-13" / "2-more" / "level.yaml").write_text("title: More\nblurb: b\nproblems: [double-it]\n")


def _second_level_of_the_same_number(root: Path) -> None:
    write_problem(root / "11-13" / "1-again" / "other")
    (root / "11-13" / "1-again" / "level.yaml").write_text("title: Again\nblurb: b\nproblems: [other]\n")


_LEVEL = "title: a\nblurb: b\nproblems: "

BAD_CURRICULA = {
    "a duplicate slug": ("11-13/2-more/double-it", "folder", "duplicate", _second_problem_of_the_same_name),
    "a duplicate level": ("11-13/1-loops", "folder", "number 1 already", _second_level_of_the_same_number),
    "no age group file": (
        "11-13/age-group.yaml", "file", "is missing", lambda root: (root / "11-13/age-group.yaml").unlink()
    ),
    "no level file": (
        "11-13/1-loops/level.yaml", "file", "is missing", lambda root: (root / "11-13/1-loops/level.yaml").unlink()
    ),
    "a level without number": ("11-13/extra", "folder", "NUMBER-name", lambda root: (root / "11-13/extra").mkdir()),
    "an odd age group": ("Old_Ones", "folder", "small letters", lambda root: (root / "Old_Ones").mkdir()),
    "a problem that level.yaml does not name": (
        "11-13/1-loops/level.yaml", "problems", "does not name the folder other",
        lambda root: write_problem(root / "11-13/1-loops/other"),
    ),
    "a problem that is not there": (
        "11-13/1-loops/level.yaml", "problems[1]", "no folder gone",
        lambda root: (root / "11-13/1-loops/level.yaml").write_text(_LEVEL + "[double-it, gone]\n"),
    ),
    "a problem named twice": (
        "11-13/1-loops/level.yaml", "problems[1]", "is there twice",
        lambda root: (root / "11-13/1-loops/level.yaml").write_text(_LEVEL + "[double-it, double-it]\n"),
    ),
    "a bad problem inside": (
        "11-13/1-loops/double-it/starter.py", "file", "is missing",
        lambda root: (root / "11-13/1-loops/double-it/starter.py").unlink(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_CURRICULA)
def test_a_bad_curriculum_is_refused(name: str, tmp_path: Path) -> None:
    """What is wrong between the folders is told like what is wrong inside one."""
    file, field, reason, spoil = BAD_CURRICULA[name]
    spoil(write_curriculum(tmp_path))
    with pytest.raises(BadProblem) as refused:
        load(tmp_path)
    assert (str(tmp_path / file), field) == (refused.value.file, refused.value.field)
    assert reason in refused.value.reason


def test_an_empty_or_missing_curriculum_is_refused(tmp_path: Path) -> None:
    """A wrong CURRICULUM_DIR is seen at start, not as an empty page."""
    for directory in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(BadProblem):
            load(directory)


def test_a_test_file_loads_when_it_is_right(tmp_path: Path) -> None:
    """The unittest form of the table above is good by itself."""
    folder = write_problem(tmp_path / "double-it", UNITTEST, {"tests/test_it.py": TEST_FILE})
    assert load_problem(folder).tests[0].test_methods == ("test_three",)
