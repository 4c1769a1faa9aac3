"""Compares numbers within a tolerance, of any size and without the surprises of binary fractions."""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, InvalidOperation

from coderunner_core.curriculum import Comparison

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?(?:inf|infinity|nan)", re.IGNORECASE)

# Nothing traps: a gap that is too large to write down is infinite, and infinite is never within a tolerance.
_CONTEXT = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


class Number(Decimal):
    """A number exactly as it was written; shown in an error as a student would write it."""

    def __repr__(self) -> str:
        return str(self)


def read_number(word: str) -> Number | None:
    """The number that a word spells, as Python prints numbers: 3, -0.5, .5, 1e5, inf, nan. None for other words."""
    if not (_NUMBER.fullmatch(word) or _SPECIAL.fullmatch(word)):
        return None
    try:
        return Number(word)
    except InvalidOperation:  # an exponent of more digits than anything has a use for
        return None


def close(expected: Decimal, actual: Decimal, comparison: Comparison) -> bool:
    """Whether two numbers pass: equal, both NaN, or within the tolerance. Symmetric in its arguments."""
    if expected.is_nan() or actual.is_nan():
        return expected.is_nan() and actual.is_nan()
    if expected == actual:
        return True
    if comparison.kind != "numbers" or expected.is_infinite() or actual.is_infinite():
        return False
    gap = _CONTEXT.abs(_CONTEXT.subtract(expected, actual))
    size = max(_CONTEXT.abs(expected), _CONTEXT.abs(actual))
    # repr, because the author wrote 0.3 and not the binary fraction just below it
    allowed = max(Decimal(repr(comparison.absolute)), _CONTEXT.multiply(size, Decimal(repr(comparison.relative))))
    return gap <= allowed
