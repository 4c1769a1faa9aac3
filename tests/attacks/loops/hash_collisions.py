"""Fills a set with objects that all share one hash: quadratic time.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
"""


class Same:
    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: object) -> bool:
        return self is other


print(len({Same() for _ in range(1_000_000)}))
