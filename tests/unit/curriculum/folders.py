"""Writes problem folders for tests: a good one, with whatever a test wants changed about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

PROGRAM: dict[str, Any] = {
    "title": "Double it",
    "concepts": ["input"],
    "difficulty": 1,
    "wrong": {"adds_two.py": "wrong_answer"},
    "tests": [
        {"name": "Three", "visible": True, "input": "3\n", "expected": "6\n"},
        {"name": "a negative number", "visible": False, "weight": 2, "input": "-4\n", "expected": "-8\n"},
    ],
}
FUNCTION: dict[str, Any] = {
    **PROGRAM,
    "kind": "function",
    "function": "double",
    "tests": [
        {"name": "Three", "visible": True, "arguments": [3], "expected": 6},
        {"name": "a text", "visible": False, "arguments": ["ab"], "expected": "abab"},
    ],
}
UNITTEST: dict[str, Any] = {
    **PROGRAM,
    "kind": "unittest",
    "tests": [{"name": "Doubling", "visible": True, "test_file": "test_it.py", "test_class": "TestDoubling"}],
}
SOURCES: dict[str, str | bytes] = {
    "statement.md": "Read a number and print its *double*.\n",
    "hints.md": "First hint.\n---\nSecond hint.\n",
    "starter.py": "n = int(input())\n",
    "solution.py": "def double(n):\n    return n * 2\n\n\nprint(double(int(input())))\n",
    "wrong/adds_two.py": "print(int(input()) + 2)\n",
}
TEST_FILE = "import unittest\n\n\nclass TestDoubling(unittest.TestCase):\n    def test_three(self):\n        pass\n"


def write_problem(
    folder: Path,
    form: Mapping[str, Any] | str | bytes = PROGRAM,
    files: Mapping[str, str | bytes | None] | None = None,
) -> Path:
    """A folder with these texts; None leaves a file out."""
    text = form if isinstance(form, str | bytes) else yaml.safe_dump(dict(form), sort_keys=False, allow_unicode=True)
    for name, content in {**SOURCES, "problem.yaml": text, **(files or {})}.items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def write_curriculum(root: Path) -> Path:
    """One age group with one level and one problem."""
    group = root / "11-13"
    write_problem(group / "1-loops" / "double-it")
    (group / "age-group.yaml").write_text("title: 11–13\nblurb: Loops.\norder: 1\n")
    (group / "1-loops" / "level.yaml").write_text("title: Loops\nblurb: Again.\nproblems: [double-it]\n")
    return root


def without(form: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The form without these fields."""
    return {name: value for name, value in form.items() if name not in names}


def with_test(form: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """The form with its first test changed."""
    first, *others = form["tests"]
    return {**form, "tests": [{**first, **changes}, *others]}
