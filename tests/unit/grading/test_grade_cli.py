"""``python -m worker grade`` prints a verdict for authors and CI, or says what cannot be used."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from coderunner_core.contract import Outcome
from sandbox import SandboxBroken
from tests.unit.curriculum.folders import write_problem
from tests.unit.grading.fakes import FakeSandbox, ended, printed
from worker.grade_cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A problem with one visible and one hidden test."""
    return write_problem(tmp_path / "double-it")


def test_json_has_outcome_score_and_tests(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The keys that scripts rely on; a wrong answer is a verdict, not a failure of the command."""
    sandbox = FakeSandbox([printed("6\n"), printed("8\n")])
    code = main([str(folder), str(folder / "solution.py"), "--json"], nullcontext(sandbox))
    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (said["outcome"], said["score"]) == ("wrong_answer", 33)
    assert [(test["name"], test["outcome"], test["visible"], test["note"]) for test in said["tests"]] == [
        ("Three", "accepted", True, "Three"),
        ("Hidden 1", "wrong_answer", False, "a negative number"),
    ]


def test_without_json_it_is_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For a person at a terminal."""
    sandbox = FakeSandbox([printed("6\n"), printed("-8\n")])
    assert main([str(folder), str(folder / "solution.py")], nullcontext(sandbox)) == 0
    assert capsys.readouterr().out.splitlines()[0] == "double-it: accepted, score 100"


def test_a_bad_folder_is_told_on_stderr(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and nothing was run."""
    (folder / "starter.py").unlink()
    sandbox = FakeSandbox([])
    assert main([str(folder), str(folder / "solution.py"), "--json"], nullcontext(sandbox)) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"{folder / 'starter.py'}: file: is missing\n")


@pytest.mark.parametrize(
    ("content", "words"), [(None, "No such file"), (b"\xff", "is not UTF-8"), (b"#" * 100_001, "at most 100,000")]
)
def test_an_unusable_solution_is_told(
    folder: Path, content: bytes | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2."""
    solution = folder.parent / "mine.py"
    if content is not None:
        solution.write_bytes(content)
    assert main([str(folder), str(solution)], nullcontext(FakeSandbox([]))) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("answer", [SandboxBroken("no engine"), ended(Outcome.INTERNAL_ERROR)])
def test_a_sandbox_that_does_not_work_is_exit_code_3(folder: Path, answer: Exception) -> None:
    """So that CI tells a broken host from a broken problem."""
    assert main([str(folder), str(folder / "solution.py")], nullcontext(FakeSandbox([answer]))) == 3
