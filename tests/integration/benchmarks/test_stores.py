"""The benchmark of the stores runs, on each driver, with sizes so small that its figures say nothing."""

from __future__ import annotations

import json

import pytest

from benchmarks.stores import __main__ as stores
from tests import databases

OPERATIONS = {"accept a run", "finish a run", "open a history page", "open a class page", "sign in"}


# Each of them where its server is installed: make test-postgres brings that of PostgreSQL.
DRIVERS = ["postgresql"] if databases.POSTGRESQL else ["sqlite", "mongodb"]


@pytest.mark.parametrize("driver", DRIVERS)
def test_each_driver_is_measured(driver: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every operation, with the bytes of a run."""
    assert stores.main(["--json", "--drivers", driver, "--sizes", "60", "--times", "2"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert (row["runs"], set(row["operations_ms"]), row["bytes_a_run"] > 0) == (60, OPERATIONS, True)


def test_it_prints_the_table_of_the_page_about_stores(capsys: pytest.CaptureFixture[str]) -> None:
    """To be put there as it is."""
    assert stores.main(["--markdown", "--drivers", "sqlite", "--sizes", "60", "--times", "2"]) == 0
    assert capsys.readouterr().out.splitlines()[2].startswith("| sqlite | 60 | ")
