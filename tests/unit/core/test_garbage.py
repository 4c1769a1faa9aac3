"""What a process has built by the time it is ready is out of the collector's sight."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from coderunner_core import garbage


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_built_is_not_looked_at_again() -> None:
    """A full round looks at what came later only."""
    built: list[list[int]] = [[]]
    garbage.settle()
    assert not any(one is built for one in gc.get_objects())


def test_what_comes_later_is_still_collected() -> None:
    """Rings of objects that nobody holds go away as ever."""
    garbage.settle()
    ring: list[object] = []
    ring.append(ring)
    del ring
    assert gc.collect() >= 1
