"""What the pages about earlier work say: rows of the history, an opened run, both sides of a comparison."""

from __future__ import annotations

from dataclasses import dataclass, field

from coderunner_app import words
from coderunner_app.words import RunPanel
from coderunner_core.contract import RunKind
from coderunner_core.services.reviewing.work_views import Comparison, DiffRow, HistoryRow, RunDetail

_SIGNS = {"same": "", "changed": "", "removed": "−", "added": "+", "skipped": ""}


@dataclass(frozen=True)
class RowShown:
    """One earlier run in a list."""

    run_id: str = ""
    problem_id: str = ""
    problem: str = ""
    kind: str = ""
    tone: str = "soft"
    mark: str = ""
    label: str = ""
    score: str = ""
    cost: str = ""
    at_ms: int = 0
    there: bool = True
    comments: int = 0


@dataclass(frozen=True)
class Opened:
    """An earlier run, opened."""

    row: RowShown = RowShown()
    run: RunPanel = field(default_factory=RunPanel)
    there: bool = False
    source: str = ""
    stdin: str = ""
    stdout: str = ""
    stderr: str = ""


@dataclass(frozen=True)
class Side:
    """One program's part of a line of a comparison."""

    number: str
    sign: str
    before: str
    changed: str
    after: str
    there: bool


@dataclass(frozen=True)
class Line:
    """A line of a comparison, or (``gap``) words for those that are left out."""

    kind: str
    left: Side
    right: Side
    gap: str = ""


@dataclass(frozen=True)
class Compared:
    """Two earlier runs side by side."""

    left: RowShown = RowShown()
    right: RowShown = RowShown()
    there: bool = False
    same: bool = False
    cut: bool = False
    lines: list[Line] = field(default_factory=list)


def row(one: HistoryRow) -> RowShown:
    """A row of the history in words."""
    tone, mark, label = words.ending(one.outcome)
    return RowShown(
        run_id=one.run_id,
        problem_id=one.problem_id,
        problem=one.problem_title,
        kind="Submit" if one.kind == RunKind.SUBMIT.value else "Run",
        tone=tone,
        mark=mark,
        label=label,
        score=f"{one.score} %" if one.score is not None else "",
        cost=words.duration(one.wall_ms) if one.wall_ms else "",
        at_ms=one.at_ms,
        there=one.there,
        comments=one.comments,
    )


def opened(detail: RunDetail) -> Opened:
    """An opened run in words."""
    return Opened(
        row=row(detail.row),
        run=words.panel(detail.run),
        there=detail.there,
        source=detail.source,
        stdin=detail.stdin,
        stdout=detail.run.stdout,
        stderr=detail.run.stderr,
    )


def compared(comparison: Comparison) -> Compared:
    """A comparison, line by line."""
    lines = [_line(one) for one in comparison.rows]
    return Compared(
        left=row(comparison.left),
        right=row(comparison.right),
        there=comparison.there,
        same=comparison.there and all(one.kind == "same" for one in comparison.rows),
        cut=comparison.cut,
        lines=lines,
    )


def _line(one: DiffRow) -> Line:
    gap = f"{one.skipped} lines that are the same" if one.kind == "skipped" else ""
    return Line(one.kind, _side(one, "left"), _side(one, "right"), gap)


def _side(one: DiffRow, name: str) -> Side:
    number, pieces = (one.left_number, one.left) if name == "left" else (one.right_number, one.right)
    changed = "".join(piece.text for piece in pieces if piece.changed)
    at = next((place for place, piece in enumerate(pieces) if piece.changed), len(pieces))
    sign = {"left": "−", "right": "+"}[name] if one.kind == "changed" else _SIGNS[one.kind]
    return Side(
        number=str(number) if number else "",
        sign=sign if number else "",
        before="".join(piece.text for piece in pieces[:at]),
        changed=changed,
        after="".join(piece.text for piece in pieces[at + 1 :]),
        there=number > 0,
    )
