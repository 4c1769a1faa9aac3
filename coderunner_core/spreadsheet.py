"""Writes CSV that a spreadsheet opens as it is meant: in UTF-8, quoted, and without a cell that becomes a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

BOM = "\ufeff"  # tells Excel that the file is UTF-8

# What begins a formula in one spreadsheet or another; the wide ones count in East Asian editions.
_STARTS = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")

# A program that expects another separator than the comma begins a new cell there, whatever the quotes say.
_NEXT_CELL = re.compile(rf"(;\s*)(?=[{re.escape(''.join(_STARTS))}])")

Cell = str | int | float | None


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before it where it could be one.

    Spaces before the sign count as nothing, since some programs cut them off; so do control characters.

    >>> defused("=1+1"), defused("Ada"), defused(" @SUM(A1)"), defused("Ada; =1+1")
    ("'=1+1", 'Ada', "' @SUM(A1)", "Ada; '=1+1")
    """
    text = _NEXT_CELL.sub(r"\1'", text)
    bare = text.lstrip().lstrip("\0\ufeff\u200b\u200e\u200f").lstrip()
    risky = text[:1] in ("\t", "\r", "\n") or bare.startswith(_STARTS)
    return f"'{text}" if risky else text


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
