"""``check`` tells an author what is in a folder, or what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coderunner_core.curriculum.__main__ import main
from tests.unit.curriculum.folders import write_curriculum, write_problem


def test_a_curriculum_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Group, level and problem, with their numbers of tests."""
    assert main(["check", str(write_curriculum(tmp_path))]) == 0
    said = capsys.readouterr().out
    assert "double-it: Double it (program, difficulty 1, 1 visible and 1 hidden tests, 2 hints, 1 wrong)" in said
    assert "1 problems, all well formed" in said


def test_one_problem_is_listed_with_its_tests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Authors see the names that students do not."""
    assert main(["check", str(write_problem(tmp_path / "double-it"))]) == 0
    said = capsys.readouterr().out
    assert "Hidden 1: a negative number (weight 2)" in said
    assert "wrong/adds_two.py must get wrong_answer" in said


def test_a_bad_folder_is_told_on_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, one line, nothing on stdout."""
    folder = write_problem(tmp_path / "double-it", files={"starter.py": None})
    assert main(["check", str(folder)]) == 2
    said = capsys.readouterr()
    assert ("", f"{folder / 'starter.py'}: file: is missing\n") == (said.out, said.err)
