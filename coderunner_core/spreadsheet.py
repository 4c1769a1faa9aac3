"""Writes CSV that a spreadsheet opens as it is meant: in UTF-8, quoted, and without a cell that becomes a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable

BOM = "\ufeff"  # tells Excel that the file is UTF-8

# What begins a formula in one spreadsheet or another. Wide and small forms of these count in East Asian editions: they
# are compared by what they stand for (NFKC). The minus of mathematics stands for itself.
_STARTS = frozenset("=+-@|%\u2212")

# A program that expects another separator than the comma begins a new cell there, whatever the quotes say.
_SEPARATORS = re.compile(r"([;\t\r\n])")

Cell = str | int | float | None


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before it where it could be one.

    What cannot be seen before the sign counts as nothing, since some programs cut it off: spaces, control characters,
    marks of direction and of no width.

    >>> defused("=1+1"), defused("Ada"), defused(" @SUM(A1)"), defused("Ada; =1+1")
    ("'=1+1", 'Ada', "' @SUM(A1)", "Ada;' =1+1")
    """
    first, *rest = _SEPARATORS.split(text)
    parts = [_quoted(first, text[:1] in ("\t", "\r", "\n"))]
    for separator, part in zip(rest[::2], rest[1::2], strict=True):
        parts += [separator, _quoted(part)]
    return "".join(parts)


def _quoted(part: str, risky: bool = False) -> str:
    sign = next((one for one in part if unicodedata.category(one)[0] not in "CZ"), "")
    return f"'{part}" if risky or unicodedata.normalize("NFKC", sign)[:1] in _STARTS else part


def line(cells: Iterable[Cell]) -> str:
    """One row, quoted, with CRLF as RFC 4180 wants it. Numbers stay numbers; None is an empty cell."""
    row = io.StringIO()
    csv.writer(row, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow(
        ["" if cell is None else defused(cell) if isinstance(cell, str) else cell for cell in cells]
    )
    return row.getvalue()


def file_name(words: str, ending: str) -> str:
    """A name for a download made of what somebody typed: letters and digits of ASCII, nothing that a header or a
    path could mean otherwise.

    >>> file_name('7b "; rm -rf /../', "csv"), file_name("Класс", "csv")
    ('7b-rm-rf.csv', 'report.csv')
    """
    kept = "".join(c if c.isascii() and c.isalnum() else " " for c in words).split()
    return f"{'-'.join(kept)[:60] or 'report'}.{ending}"
