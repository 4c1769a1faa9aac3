"""The benchmark of the stores runs, on each driver, with sizes so small that its figures say nothing."""

from __future__ import annotations

import json

import pytest

from benchmarks.stores import __main__ as stores

OPERATIONS = {"accept a run", "finish a run", "open a history page", "open a class page", "sign in"}


@pytest.mark.parametrize("driver", ["sqlite", "postgresql", "mongodb"])
def test_each_driver_is_measured(driver: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every operation, with the bytes of a run."""
    assert stores.main(["--json", "--drivers", driver, "--sizes", "60", "--times", "2"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert (row["runs"], set(row["operations_ms"]), row["bytes_a_run"] > 0) == (60, OPERATIONS, True)


def test_without_json_it_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """As the page about stores has it."""
    assert stores.main(["--drivers", "sqlite", "--sizes", "60", "--times", "2"]) == 0
    assert capsys.readouterr().out.splitlines()[2].startswith("| sqlite | 60 | ")
