"""The table at the end of a test run: what ran, how it ended, how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True)
class Line:
    """One part that ran. ``ended`` is in words; the counts are of tests, where the part has any."""

    name: str
    ended: str
    took_s: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0


def read_report(path: Path) -> tuple[int, int, int]:
    """Passed, failed (errors among them) and skipped tests of a JUnit report; zeros when there is none."""
    if not path.is_file():
        return 0, 0, 0
    suites = ElementTree.parse(path).getroot().iter("testsuite")  # noqa: S314 - our own pytest wrote it
    passed = failed = skipped = 0
    for suite in suites:
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        left_out = int(suite.get("skipped", 0))
        passed += int(suite.get("tests", 0)) - bad - left_out
        failed += bad
        skipped += left_out
    return passed, failed, skipped


def table(lines: list[Line]) -> str:
    """All lines in columns, and below them one line that counts the tests."""
    rows: list[list[str]] = [["part", "passed", "failed", "skipped", "time"]]
    for line in lines:
        counts = (line.passed, line.failed, line.skipped)
        rows.append([line.name, *(str(n) if any(counts) else "" for n in counts), clock(line.took_s)])
    totals = [sum(column) for column in zip(*((x.passed, x.failed, x.skipped) for x in lines), strict=True)]
    rows.append(["in all", *map(str, totals), clock(sum(line.took_s for line in lines))])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    endings = ["", *(line.ended for line in lines), ""]
    shown = [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:]), ending]).rstrip()
        for row, ending in zip(rows, endings, strict=True)
    ]
    return "\n".join([*shown, "", f"{totals[0]} passed, {totals[1]} failed, {totals[2]} skipped"])


def clock(seconds: float) -> str:
    """Minutes and seconds, as 2:05."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
