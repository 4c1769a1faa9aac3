"""The curriculum that is shipped keeps what was promised of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coderunner_core.curriculum import Problem, load

CURRICULUM = load(Path(__file__).parents[3] / "curriculum")


def test_every_age_has_at_least_three_problems() -> None:
    """In the order of the pages."""
    sizes = {group.id: sum(len(level.problems) for level in group.levels) for group in CURRICULUM.age_groups}
    assert list(sizes) == ["8-10", "11-13", "14-18", "adult"]
    assert min(sizes.values()) >= 3


@pytest.mark.parametrize("problem", CURRICULUM.problems, ids=lambda problem: problem.id)
def test_a_problem_is_complete(problem: Problem) -> None:
    """Three hints, examples, enough hidden tests with edge cases, and mistakes that were thought of."""
    assert len(problem.hints_html) == 3
    assert len(problem.examples) in (2, 3)
    assert 3 <= len(problem.tests) - len(problem.examples) <= 5
    assert 2 <= len(problem.wrong) <= 5


@pytest.mark.parametrize("problem", CURRICULUM.problems, ids=lambda problem: problem.id)
def test_a_statement_does_not_cheer(problem: Problem) -> None:
    """Exclamation marks only where a program has to print one."""
    for html in (problem.statement_html, *problem.hints_html):
        prose = "".join(part.split("</code>")[-1] for part in html.split("<code"))
        assert "!" not in prose


def test_every_kind_and_every_comparison_is_used() -> None:
    """So that each is proven by the solutions above."""
    tests = [test for problem in CURRICULUM.problems for test in problem.tests]
    assert {problem.kind for problem in CURRICULUM.problems} == {"program", "function", "unittest"}
    assert {test.comparison.kind for test in tests} == {"exact", "tokens", "numbers"}
    assert any(problem.files and problem.collect for problem in CURRICULUM.problems)
