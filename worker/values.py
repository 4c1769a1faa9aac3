"""Holds what a function returned against what was expected, as JSON, and says in words where they first part.

Numbers are equal by value, as in Python: 3 equals 3.0. True is not 1, and the text "3" is not the number 3.
With a ``numbers`` comparison, numbers anywhere inside may differ by the tolerance.
"""

from __future__ import annotations

import json

from coderunner_core.curriculum import Comparison
from worker.tolerance import Number, close

Value = Number | str | bool | None | list["Value"] | dict[str, "Value"]

_SHORT_CHARS = 60  # values up to here are shown whole


def value_difference(expected_json: str, actual_json: str | None, comparison: Comparison) -> str:
    """The first difference in words; empty when the answer passes.

    ``actual_json`` is untrusted: whatever it holds, it is at worst a wrong answer. None: there was no valid value.
    """
    if actual_json is None:
        return "the function gave back nothing that can be compared"
    try:
        actual = _read(actual_json)
    except (ValueError, ArithmeticError, RecursionError):
        return "the function gave back something that is too deep or too odd to compare"
    expected = _read(expected_json)
    found = _first_difference(expected, actual, comparison)
    if not found:
        return ""
    whole = f"expected {_quoted(expected)} but got {_quoted(actual)}"
    if len(_shown(expected)) <= _SHORT_CHARS and len(_shown(actual)) <= _SHORT_CHARS:
        return whole + (" (a function without return gives None)" if actual is None else "")
    return found


def _read(text: str) -> Value:
    # Numbers stay as written, so that neither huge integers nor fractions change on the way.
    value: Value = json.loads(text, parse_float=Number, parse_int=Number, parse_constant=Number)
    return value


def _first_difference(expected: Value, actual: Value, comparison: Comparison) -> str:
    """Walks both values in the order they are written, with a stack of its own: nesting may be deep."""
    waiting: list[tuple[str, Value, Value]] = [("", expected, actual)]
    while waiting:
        place, wanted, got = waiting.pop()
        at = f"at {place}: " if place else ""
        if isinstance(wanted, Number) and isinstance(got, Number):
            if not close(wanted, got, comparison):
                return f"{at}expected {_quoted(wanted)} but got {_quoted(got)}"
        elif isinstance(wanted, list) and isinstance(got, list):
            if len(wanted) != len(got):
                return f"{at}expected {len(wanted)} items but got {len(got)}"
            pairs = enumerate(zip(wanted, got, strict=True))
            waiting += reversed([(f"{place}[{index}]", left, right) for index, (left, right) in pairs])
        elif isinstance(wanted, dict) and isinstance(got, dict):
            for key in wanted:
                if key not in got:
                    return f"{at}the key {_quoted(key)} is missing"
            for key in got:
                if key not in wanted:
                    return f"{at}the key {_quoted(key)} is too much"
            waiting += reversed([(f"{place}[{_shown(key)}]", wanted[key], got[key]) for key in wanted])
        elif type(wanted) is not type(got) or wanted != got:
            return f"{at}expected {_quoted(wanted)} but got {_quoted(got)}"
    return ""


def _quoted(value: Value) -> str:
    shown = _shown(value)
    return f"`{shown[:_SHORT_CHARS]}…`" if len(shown) > _SHORT_CHARS else f"`{shown}`"


def _shown(value: Value) -> str:
    """As Python would write it."""
    try:
        return repr(value)
    except RecursionError:
        return "a very deeply nested value"
