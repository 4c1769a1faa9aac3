"""When a student counts as stuck: the rules as a table of cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from coderunner_core.services.watching.stuck import Signs, StuckRules, idle_from, reason

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
RULES = StuckRules(failures=5, same_error=3, idle=timedelta(minutes=10))
NAME = "NameError: name ‘…’ is not defined"


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def signs(
    *,
    solved: bool = False,
    failures: int = 0,
    same: int = 0,
    error: str = "",
    last: datetime = NOW,
    here: datetime | None = None,
) -> Signs:
    return Signs(solved, failures, same, error, last, here)


CASES = [
    ("nothing has happened", signs(), ""),
    ("four tries failed", signs(failures=4), ""),
    ("five tries failed", signs(failures=5), "5 tries in a row failed"),
    ("more tries failed", signs(failures=12), "12 tries in a row failed"),
    ("the same error twice", signs(failures=2, same=2, error=NAME), ""),
    ("the same error three times", signs(failures=3, same=3, error=NAME), f"the same error 3 times: {NAME}"),
    (
        "five failures, three alike: the error says more",
        signs(failures=5, same=3, error=NAME),
        f"the same error 3 times: {NAME}",
    ),
    ("five failures, all different", signs(failures=5, same=1, error=NAME), "5 tries in a row failed"),
    ("errors without words are failures", signs(failures=4, same=4), ""),
    ("at it for nine minutes", signs(last=ago(9), here=ago(9)), ""),
    ("at it for ten minutes", signs(last=ago(10), here=ago(10)), "10 minutes without a run"),
    ("at it for twelve and a half minutes", signs(last=ago(12.5), here=ago(30)), "12 minutes without a run"),
    ("the last run was yesterday, back for two minutes", signs(last=ago(1440), here=ago(2)), ""),
    (
        "the last run was yesterday, back for eleven minutes",
        signs(last=ago(1440), here=ago(11)),
        "11 minutes without a run",
    ),
    ("not there", signs(last=ago(60)), ""),
    ("a page left open over night", signs(last=ago(600), here=ago(600)), ""),
    ("many failures, then away", signs(failures=6, last=ago(600)), "6 tries in a row failed"),
    ("solved, and tried again in vain", signs(solved=True, failures=9, same=9, error=NAME), ""),
    ("solved, and still there", signs(solved=True, last=ago(30), here=ago(30)), ""),
]


@pytest.mark.parametrize(("case", "seen", "words"), CASES, ids=[case for case, _, _ in CASES])
def test_rules(case: str, seen: Signs, words: str) -> None:
    """Each sign, its edge, what it gives way to, and what clears it."""
    found = reason(seen, NOW, RULES)
    assert (found.words if found else "") == words


def test_the_page_knows_when_somebody_will_be_stuck() -> None:
    """So that it can say so without being told."""
    assert idle_from(signs(last=ago(4), here=ago(6)), RULES) == NOW + timedelta(minutes=6)


@pytest.mark.parametrize("seen", [signs(last=ago(4)), signs(solved=True, here=ago(4))])
def test_whoever_is_away_or_done_will_not_be_stuck(seen: Signs) -> None:
    """There is nothing to wait for."""
    assert idle_from(seen, RULES) is None
