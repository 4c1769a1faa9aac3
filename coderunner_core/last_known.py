"""What this process last read of people, for pages that are opened while the database is away; never for a decision."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")

MOST_KEPT = 5_000


class LastKnown(Generic[T]):
    """The newest value by key, for the ``most`` keys that were read last."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._most = most

    def keep(self, key: Hashable, value: T) -> None:
        """Remember what was just read."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, key: Hashable) -> T | None:
        """What was read last, however old; None when nothing was."""
        return self._kept.get(key)

    def forget(self, key: Hashable) -> None:
        """Show it no more."""
        self._kept.pop(key, None)
