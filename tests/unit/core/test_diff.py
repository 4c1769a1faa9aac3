"""What changed between two programs is shown line by line, and costs no more than it should."""

from __future__ import annotations

import time

import pytest

from coderunner_core.services.reviewing import diff


def _kinds(left: str, right: str) -> list[str]:
    return [row.kind for row in diff.rows(left, right)[0]]


@pytest.mark.parametrize(
    ("left", "right", "kinds"),
    [
        ("", "", []),
        ("a\nb\n", "a\nb\n", ["same", "same"]),
        ("a\nb\n", "a\nc\n", ["same", "changed"]),
        ("a\n", "a\nb\n", ["same", "added"]),
        ("a\nb\n", "a\n", ["same", "removed"]),
        ("", "a\n", ["added"]),
        ("a\nb\nc\n", "x\n", ["changed", "removed", "removed"]),
    ],
)
def test_each_line_says_what_happened_to_it(left: str, right: str, kinds: list[str]) -> None:
    """Equal, changed, removed or added."""
    assert _kinds(left, right) == kinds


def test_the_part_of_a_line_that_differs_is_marked() -> None:
    """Between an equal beginning and an equal end."""
    row = diff.rows("range(n, 1, -1)", "range(n, 0, -1)")[0][0]
    assert [(one.text, one.changed) for one in row.left] == [("range(n, ", False), ("1", True), (", -1)", False)]
    assert [(one.text, one.changed) for one in row.right] == [("range(n, ", False), ("0", True), (", -1)", False)]


def test_long_equal_parts_are_left_out() -> None:
    """But three lines around each change, and equal programs whole."""
    left = [f"line {number}" for number in range(30)]
    right = [*left[:15], "new", *left[15:]]
    rows, _cut = diff.rows("\n".join(left), "\n".join(right))
    assert [row.skipped or row.kind for row in rows] == [12, *["same"] * 3, "added", *["same"] * 3, 12]
    assert _kinds("\n".join(left), "\n".join(left)) == ["same"] * 30


def test_line_numbers_are_those_of_each_program() -> None:
    """Counted from one; none where there is no line."""
    rows, _cut = diff.rows("a\nc", "a\nb\nc")
    assert [(row.left_number, row.right_number) for row in rows] == [(1, 1), (0, 2), (2, 3)]


def test_a_program_beyond_the_limit_is_compared_at_its_beginning() -> None:
    """And it is said that it was cut."""
    rows, cut = diff.rows("x\n" * (diff.MOST_LINES + 1), "y\n")
    assert (len(rows), cut) == (diff.MOST_LINES, True)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["a"] * 1500, ["a" if n % 2 else str(n) for n in range(199)]),
        (["a"] * 1500, ["a" if n % 2 else str(n) for n in range(1500)]),
        (["a" if n % 2 else f"x{n}" for n in range(199)], ["a" if n % 2 else str(n) for n in range(1500)]),
        ([f"{n // 2 % 94}" if n % 2 else f"x{n}" for n in range(1500)], [f"{n % 94}" for n in range(1500)]),
    ],
)
def test_programs_made_to_be_slow_to_compare_are_not(left: list[str], right: list[str]) -> None:
    """Many equal lines among others took seconds, in which nobody else was served; processor time, far above usual."""
    began = time.process_time()
    diff.rows("\n".join(left), "\n".join(right))
    assert time.process_time() - began < 2
