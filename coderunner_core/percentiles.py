"""Percentiles by nearest rank: always a value that somebody measured, never one between two."""

from __future__ import annotations

import math
from collections.abc import Sequence


def nearest_rank(ranked: Sequence[float], percent: int) -> float | None:
    """The smallest of the sorted values that so many percent of them do not exceed; None of nothing.

    >>> nearest_rank([1, 3, 5], 50), nearest_rank([], 95), nearest_rank([1, 2], 95)
    (3, None, 2)
    """
    return ranked[max(0, math.ceil(len(ranked) * percent / 100) - 1)] if ranked else None
