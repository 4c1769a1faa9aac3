"""What counts as the same returned value, and how the first difference is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coderunner_core.curriculum import Comparison
from worker.values import value_difference

EXACT = Comparison("exact")
NEAR = Comparison("numbers", absolute=0.01)


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        ("3", "3", True),
        ("3", "3.0", True),
        ("1e2", "100", True),
        ("1", "true", False),
        ("0", "false", False),
        ("null", "false", False),
        ("null", "0", False),
        ('""', "null", False),
        ("3", '"3"', False),
        ("[]", "{}", False),
        ("[]", "null", False),
        ("[1, 2]", "[2, 1]", False),
        ("[1, [2, true]]", "[1, [2, 1]]", False),
        ('{"a": 1, "b": 2}', '{"b": 2, "a": 1.0}', True),
        ("9007199254740993", "9007199254740992", False),
        ("9007199254740993", "9007199254740992.0", False),
        ("1" + "0" * 5000, "1" + "0" * 5000, True),
        ("1" + "0" * 5000, "1" + "0" * 4999 + "1", False),
        ("0.3", "0.30000000000000004", False),
        ('"é"', '"\\u00e9"', True),
    ],
)
def test_values_are_equal_as_in_python_but_true_is_not_one(expected: str, actual: str, same: bool) -> None:
    """Numbers by value, everything else by type as well."""
    assert (value_difference(expected, actual, EXACT) == "") == same


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        ("0.3", "0.30000000000000004", True),
        ("[1, [2.5]]", "[1.01, [2.49]]", True),
        ("[1, [2.5]]", "[1.02, [2.5]]", False),
        ('{"a": 1}', '{"a": 1.005}', True),
        ("1", "true", False),
        ("NaN", "NaN", True),
        ("1", "NaN", False),
        ("Infinity", "-Infinity", False),
        ("1", '"1"', False),
    ],
)
def test_a_tolerance_reaches_every_number_inside(expected: str, actual: str, same: bool) -> None:
    """And nothing that is no number."""
    assert (value_difference(expected, actual, NEAR) == "") == same


LONG = list(range(100))


@pytest.mark.parametrize(
    ("expected", "actual", "words"),
    [
        (2, None, "expected `2` but got `None` (a function without return gives None)"),
        ([1, 2], [1, 3], "expected `[1, 2]` but got `[1, 3]`"),
        (True, 1, "expected `True` but got `1`"),
        ("3", 3, "expected `'3'` but got `3`"),
        (LONG, [*LONG[:-1], 0], "at [99]: expected `99` but got `0`"),
        (LONG, LONG[:-1], "expected 100 items but got 99"),
        ({"a": LONG}, {"a": [*LONG, 1]}, "at ['a']: expected 100 items but got 101"),
        ({"a": LONG, "b": 1}, {"a": LONG}, "the key `'b'` is missing"),
        ({"a": LONG}, {"a": LONG, "b": 1}, "the key `'b'` is too much"),
        ("x" * 100, "y", f"expected `'{'x' * 59}…` but got `'y'`"),
    ],
)
def test_the_first_difference_is_told(expected: object, actual: object, words: str) -> None:
    """Whole values while they are short, the place where they part when they are long."""
    assert value_difference(json.dumps(expected), json.dumps(actual), EXACT) == words


@pytest.mark.parametrize(
    "actual",
    [
        "",
        "{",
        "nonsense",
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        "1e99999999999999999999999",
        '{"a":1',
        "\udfff",
    ],
)
def test_a_forged_value_is_at_worst_a_wrong_answer(actual: str) -> None:
    """It came from a container: it may hold anything."""
    assert value_difference("1", actual, EXACT) != ""


def test_no_value_is_a_wrong_answer() -> None:
    """Even where None is expected: a function that returned gave a value."""
    assert value_difference("null", None, EXACT) == "the function gave back nothing that can be compared"


def test_deep_values_are_compared_without_recursion() -> None:
    """As deep as JSON itself can be read."""
    deep = "[" * 900 + "1" + "]" * 900
    assert value_difference(deep, deep, EXACT) == ""
    assert value_difference(deep, deep.replace("1", "2"), EXACT) != ""


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(values, st.sampled_from([EXACT, NEAR]))
def test_every_value_equals_itself(value: object, comparison: Comparison) -> None:
    """Written to JSON and back."""
    assert value_difference(json.dumps(value), json.dumps(value), comparison) == ""


@given(values, values, st.sampled_from([EXACT, NEAR]))
def test_which_of_two_values_was_expected_does_not_matter(one: object, other: object, comparison: Comparison) -> None:
    """Only the words change their sides."""
    there, back = (value_difference(json.dumps(a), json.dumps(b), comparison) for a, b in ((one, other), (other, one)))
    assert bool(there) == bool(back)
