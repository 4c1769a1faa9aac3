"""The test run: what it runs, what it hands on, and what it says at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.test_run import apart, parts, summary
from scripts.test_run.summary import Line

REPORT = """<testsuites><testsuite tests="10" failures="1" errors="1" skipped="3"/></testsuites>"""


def test_parts_are_run_in_their_own_order() -> None:
    """The cheapest failure first, whatever was typed."""
    assert [part.name for part in parts.chosen(["attacks", "unit"])] == ["unit", "attacks"]
    assert len(parts.chosen([])) == len(parts.PARTS)


def test_the_largest_need_decides_the_set_up() -> None:
    """Unit tests alone install no browser."""
    assert parts.goal(parts.chosen(["unit"])) == "venv"
    assert parts.goal(parts.chosen(["unit", "attacks"])) == "services"
    assert parts.goal(parts.chosen([])) == "test"


def test_a_report_is_counted(tmp_path: Path) -> None:
    """Errors in fixtures are failures; a part without a report has no tests."""
    report = tmp_path / "unit.xml"
    report.write_text(REPORT)
    assert summary.read_report(report) == (5, 2, 3)
    assert summary.read_report(tmp_path / "check.xml") == (0, 0, 0)


def test_the_table_ends_with_the_count() -> None:
    """The last line is the one that is read."""
    lines = [Line("check", "passed", 65), Line("unit", "failed, exit code 1", 7.2, passed=84, failed=1)]
    assert summary.table(lines).splitlines() == [
        "part    passed  failed  skipped  time",
        "check                            1:05  passed",
        "unit        84       1        0  0:07  failed, exit code 1",
        "in all      84       1        0  1:12",
        "",
        "84 passed, 1 failed, 0 skipped",
    ]


def test_the_machine_s_settings_do_not_reach_the_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run must not touch the database that an operator's environment names."""
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://real/school")
    monkeypatch.setenv("LANG", "C.UTF-8")
    env = apart.environment("test-1", tmp_path)
    assert "DATABASE_URL" not in env
    assert (env["DATA_DIR"], env["SANDBOX_LABEL"], env["LANG"]) == (
        str(tmp_path / "data"),
        "coderunner-test-1",
        "C.UTF-8",
    )


def test_one_word_names_everything_that_runs_on_postgresql() -> None:
    """Each part is told so, and the set-up brings the server."""
    on_postgresql = parts.chosen(["postgresql"])
    assert {part.variables.get("TEST_DATABASE") for part in on_postgresql} == {"postgresql"}
    assert parts.goal(on_postgresql) == "postgresql-test"
    assert parts.goal(parts.chosen(["postgresql-unit"])) == "postgresql-venv"
