"""The commands that authors and CI use, as they type them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
COUNTDOWN = ROOT / "curriculum" / "11-13" / "1-loops" / "countdown"


def command(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *map(str, words)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def test_grade_prints_a_verdict_as_json() -> None:
    """In the real sandbox, without queue or web."""
    done = command("worker", "grade", COUNTDOWN, COUNTDOWN / "wrong" / "stops_at_two.py", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["outcome"], said["score"]) == ("wrong_answer", 14)
    assert said["tests"][0]["first_difference"] == "line 3: expected `1` but got `Lift off!`"
    assert [test["visible"] for test in said["tests"]] == [True, True, False, False, False, False]


def test_grade_refuses_a_folder_that_is_no_problem(tmp_path: Path) -> None:
    """With a message and without a traceback."""
    done = command("worker", "grade", tmp_path, COUNTDOWN / "solution.py", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_check_lists_the_curriculum() -> None:
    """Without a sandbox."""
    done = command("coderunner_core.curriculum", "check", ROOT / "curriculum")
    assert done.returncode == 0, done.stderr
    assert "countdown: Countdown (program, difficulty 2" in done.stdout
