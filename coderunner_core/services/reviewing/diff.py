"""What changed between two programs, line by line. Pure and bounded: hostile costs no more than long."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from itertools import zip_longest

from coderunner_core.services.reviewing.work_views import DiffRow, Piece

MOST_LINES = 1_500  # of each program
MOST_CHARS = 2_000  # of each line that is shown
_AROUND = 3  # equal lines that are shown around a change
_MOST_PAIRS = 10_000  # of equal lines that one step of the search looks at
_COMMON = 8  # a line that is there more often says little about its place in a long program


def rows(left: str, right: str) -> tuple[list[DiffRow], bool]:
    """Both programs side by side, long equal parts left out; and whether only the beginning was compared."""
    all_left, all_right = left.splitlines(), right.splitlines()
    cut = max(len(all_left), len(all_right)) > MOST_LINES
    cut = cut or any(len(line) > MOST_CHARS for line in (*all_left, *all_right))
    lefts = [line[:MOST_CHARS] for line in all_left[:MOST_LINES]]
    rights = [line[:MOST_CHARS] for line in all_right[:MOST_LINES]]
    return _folded(_aligned(lefts, rights)), cut


def _aligned(lefts: list[str], rights: list[str]) -> list[DiffRow]:
    found: list[DiffRow] = []
    for tag, i1, i2, j1, j2 in _matcher(lefts, rights).get_opcodes():
        if tag == "equal":
            found += [
                DiffRow("same", i + 1, j + 1, [Piece(lefts[i])], [Piece(rights[j])])
                for i, j in zip(range(i1, i2), range(j1, j2), strict=True)
            ]
            continue
        for i, j in zip_longest(range(i1, i2), range(j1, j2)):
            if j is None:
                found.append(DiffRow("removed", left_number=i + 1, left=[Piece(lefts[i])]))
            elif i is None:
                found.append(DiffRow("added", right_number=j + 1, right=[Piece(rights[j])]))
            else:
                found.append(DiffRow("changed", i + 1, j + 1, *_within(lefts[i], rights[j])))
    return found


def _matcher(lefts: list[str], rights: list[str]) -> SequenceMatcher[str]:
    """Searches by lines that are rare enough. By common ones, too, the search would take as long as the number of
    lines to the power of three, and a page full of one line would stop the process for seconds.
    """
    most = max(_COMMON, _MOST_PAIRS // (len(lefts) + 1))
    common = {line for line, count in Counter(rights).items() if count > most}
    return SequenceMatcher(common.__contains__, lefts, rights, autojunk=False)


def _within(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Two lines, with the part marked that differs between an equal beginning and an equal end."""
    shorter = min(len(left), len(right))
    begin = next((at for at in range(shorter) if left[at] != right[at]), shorter)
    rest = shorter - begin
    end = next((at for at in range(rest) if left[-1 - at] != right[-1 - at]), rest)
    return _pieces(left, begin, end), _pieces(right, begin, end)


def _pieces(line: str, begin: int, end: int) -> list[Piece]:
    stop = len(line) - end
    parts = [Piece(line[:begin]), Piece(line[begin:stop], changed=True), Piece(line[stop:])]
    return [part for part in parts if part.text]


def _folded(all_rows: list[DiffRow]) -> list[DiffRow]:
    """Without the equal lines that are far from every change."""
    changes = [at for at, row in enumerate(all_rows) if row.kind != "same"]
    near = {at for change in changes for at in range(change - _AROUND, change + _AROUND + 1)}
    folded: list[DiffRow] = []
    skipped: list[DiffRow] = []
    for at, row in enumerate(all_rows):
        if at in near or not changes:
            folded += _gap(skipped)
            skipped = []
            folded.append(row)
        else:
            skipped.append(row)
    return folded + _gap(skipped)


def _gap(skipped: list[DiffRow]) -> list[DiffRow]:
    # A line that says that one line is left out would take the place of that line.
    return skipped if len(skipped) <= 1 else [DiffRow("skipped", skipped=len(skipped))]
