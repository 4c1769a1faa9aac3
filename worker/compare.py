"""Holds what a program printed against what was expected, and says in words where they first part.

Three ways, chosen by the author of a test:

- ``exact``: the same text, after CRLF has become LF and one newline at the very end, if any, was dropped.
  Spaces at line ends count; the words show them.
- ``tokens``: the same words in the same order; any run of white space separates two words.
- ``numbers``: like tokens, but two words that are both numbers may differ by the tolerance.

Every function takes time proportional to the texts, whatever a program prints.
"""

from __future__ import annotations

from itertools import zip_longest

from coderunner_core.curriculum import Comparison
from worker.tolerance import close, read_number

_WINDOW_CHARS = 60  # of a long line, around the first difference
_LEAD_CHARS = 20  # of that window, before the difference


def text_difference(expected: str, actual: str, comparison: Comparison) -> str:
    """The first difference in words a student understands; empty when the answer passes."""
    if comparison.kind == "exact":
        return _line_difference(_normalised(expected), _normalised(actual))
    return _word_difference(expected, actual, comparison)


def _normalised(text: str) -> str:
    return text.replace("\r\n", "\n").removesuffix("\n")


def _line_difference(expected: str, actual: str) -> str:
    if expected == actual:
        return ""
    if not actual:
        return f"expected {_quoted(_lines(expected)[0])} but nothing was printed"
    for number, (wanted, got) in enumerate(zip_longest(_lines(expected), _lines(actual)), start=1):
        if wanted == got:
            continue
        if got is None:
            return f"line {number} is missing: expected {_quoted(wanted)}"
        if wanted is None:
            return f"line {number} is too much: got {_quoted(got)}"
        return f"line {number}: {_pair(wanted, got)}"
    raise AssertionError("two different texts have a line that differs")


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _word_difference(expected: str, actual: str, comparison: Comparison) -> str:
    for index, (wanted, got) in enumerate(zip_longest(expected.split(), actual.split())):
        if wanted == got:
            continue
        if got is None and not index:
            return f"expected {_quoted(wanted)} but nothing was printed"
        if got is None:
            return f"the output ends too early, after {_words(index)}: expected {_quoted(wanted)}"
        if wanted is None:
            return f"{_place(actual, index)} is too much: got {_quoted(got)}"
        if comparison.kind == "numbers" and _close_words(wanted, got, comparison):
            continue
        return f"{_place(actual, index)}: {_pair(wanted, got)}"
    return ""


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"


def _close_words(wanted: str, got: str, comparison: Comparison) -> bool:
    left, right = read_number(wanted), read_number(got)
    return left is not None and right is not None and close(left, right, comparison)


def _place(text: str, index: int) -> str:
    """Where the word of that index stands, as a reader counts: lines and words from 1."""
    for number, line in enumerate(text.split("\n"), start=1):
        words = len(line.split())
        if index < words:
            return f"line {number}, word {index + 1}"
        index -= words
    raise AssertionError("the index comes from the words of the same text")


def _pair(wanted: str, got: str) -> str:
    """Both texts, cut around their first difference, with a remark where the eye needs help."""
    column = _first_difference(wanted, got)
    spaces_only = "".join(wanted.split()) == "".join(got.split())
    left, right = (_quoted(text, column, every_space=spaces_only) for text in (wanted, got))
    remark = ""
    if left == right:
        remark = f" (they look alike, but differ at character {column + 1})"
    elif spaces_only:
        remark = " (· is a space)" if "·" in left + right else ""
    elif wanted.casefold() == got.casefold():
        remark = " (capital and small letters matter)"
    return f"expected {left} but got {right}{remark}"


def _first_difference(left: str, right: str) -> int:
    for column, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return column
    return min(len(left), len(right))


def _quoted(text: str, column: int = 0, *, every_space: bool = False) -> str:
    """The text between backticks with its invisible characters made visible, cut to what fits a row."""
    if not text:
        return "an empty line"
    start = 0 if len(text) <= _WINDOW_CHARS else max(0, min(column - _LEAD_CHARS, len(text) - _WINDOW_CHARS))
    end = min(len(text), start + _WINDOW_CHARS)
    shown = "".join(_visible(text, position, every_space) for position in range(start, end))
    return f"`{'…' if start else ''}{shown}{'…' if end < len(text) else ''}`"


def _visible(text: str, position: int, every_space: bool) -> str:
    character = text[position]
    if character == " ":
        at_edge = position in (0, len(text) - 1)
        doubled = " " in (text[position - 1 : position], text[position + 1 : position + 2])
        return "·" if every_space or at_edge or doubled else " "
    if character == "\t":
        return "⇥"
    if character < " ":
        return chr(0x2400 + ord(character))  # the picture that Unicode has for a control character
    return character if character.isprintable() else f"<U+{ord(character):04X}>"
