"""Which bodies are kept: the rule alone, on values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from coderunner_core.contract import Outcome, RunKind
from coderunner_core.results.retention import Finished, is_covered, to_keep

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def submission(run_id: str, minute: int, score: int, problem_id: str = "countdown", **more: object) -> Finished:
    outcome = Outcome.ACCEPTED if score == 100 else Outcome.WRONG_ANSWER
    values: dict[str, object] = {
        "run_id": run_id,
        "problem_id": problem_id,
        "kind": RunKind.SUBMIT,
        "outcome": outcome,
        "score": score,
        "created_at": NOW + timedelta(minutes=minute),
    }
    return Finished(**{**values, **more})  # type: ignore[arg-type]


def test_best_first_accepted_and_newest_are_kept() -> None:
    """Of five submissions: the first accepted is also the best, and the newest is worse."""
    runs = [submission(f"r{n}", n, score) for n, score in enumerate([20, 60, 100, 100, 40])]
    assert to_keep(runs) == {"r2", "r4"}


def test_without_an_accepted_one_the_best_is_the_first_that_reached_its_score() -> None:
    """Whoever reads it later sees how they got there."""
    assert to_keep([submission(f"r{n}", n, score) for n, score in enumerate([20, 60, 60, 40])]) == {"r1", "r3"}


def test_the_order_in_which_runs_are_given_is_no_matter() -> None:
    """Databases promise none."""
    runs = [submission(f"r{n}", n, score) for n, score in enumerate([20, 60, 100, 40])]
    assert to_keep(reversed(runs)) == to_keep(runs)


def test_each_problem_counts_for_itself() -> None:
    """One submission of a problem is its best and its newest."""
    assert to_keep([submission("a", 0, 0), submission("b", 1, 100, "even-numbers")]) == {"a", "b"}


def test_what_was_commented_on_is_kept() -> None:
    """Also a run, which the rule does not know otherwise; a comment without its program says nothing."""
    run = submission("r", 0, 0, kind=RunKind.RUN, commented=True)
    assert to_keep([run, submission("other", 1, 0, kind=RunKind.RUN)]) == {"r"}


def test_what_says_nothing_of_the_student_is_not_kept() -> None:
    """Stopped by the student, or failed by us: the newest that counts stays the newest."""
    runs = [
        submission("r0", 0, 60),
        submission("r1", 1, 0, outcome=Outcome.CANCELLED),
        submission("r2", 2, 0, outcome=Outcome.INTERNAL_ERROR),
    ]
    assert to_keep(runs) == {"r0"}


def test_going_on_from_what_was_kept_gives_the_same() -> None:
    """So a pass need not read a student's whole history: only what was kept before and what came since."""
    runs = [submission(f"r{n}", n, score) for n, score in enumerate([20, 60, 60, 100, 40, 100, 10, 90])]
    for seen in range(1, len(runs)):
        before = to_keep(runs[:seen])
        assert to_keep([run for run in runs[:seen] if run.run_id in before] + runs[seen:]) == to_keep(runs)


def test_a_student_in_a_class_that_goes_on_is_covered() -> None:
    """One such class is enough."""
    assert is_covered([NOW - timedelta(days=400), None], 90, NOW) is True


def test_a_student_is_covered_for_some_days_after_the_last_class() -> None:
    """KEEP_DAYS after it was archived, and not beyond."""
    assert is_covered([NOW - timedelta(days=89)], 90, NOW) is True
    assert is_covered([NOW - timedelta(days=90)], 90, NOW) is False


def test_a_student_in_no_class_is_not_covered() -> None:
    """Nobody but they themselves would read it."""
    assert is_covered([], 90, NOW) is False
