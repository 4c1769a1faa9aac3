"""Which tag is used when the right one may be missing."""

from __future__ import annotations

import pytest

from sandbox.images import VERSION, choose


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["1.2.0", "1.10.0", "1.9.0"], "1.10.0"),
        (["1.9.0", "1.2.0"], "1.9.0"),
        (["1.11.0", "2.0.0"], None),
        (["latest", "1.2.0-rc1", "dev"], None),
        ([], None),
    ],
)
def test_the_newest_tag_that_is_not_newer_is_chosen(tags: list[str], expected: str | None) -> None:
    """Numbers are compared as numbers; what is no version does not count."""
    assert expected == choose(tags, "1.10.0")


def test_our_own_version_is_a_version() -> None:
    """Else no tag would ever be found."""
    assert choose([VERSION], VERSION) == VERSION
