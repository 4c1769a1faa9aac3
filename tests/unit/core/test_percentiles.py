"""Percentiles as the charts and the cost model use them."""

from __future__ import annotations

import pytest

from coderunner_core.percentiles import nearest_rank


@pytest.mark.parametrize(
    ("ranked", "percent", "expected"),
    [([], 95, None), ([7], 50, 7), ([1, 2], 50, 1), ([1, 2, 3], 50, 2), ([1, 2], 95, 2), (list(range(1, 101)), 95, 95)],
)
def test_a_percentile_is_one_of_the_values(ranked: list[float], percent: int, expected: float | None) -> None:
    """Nearest rank: no value that nobody measured."""
    assert expected == nearest_rank(ranked, percent)
