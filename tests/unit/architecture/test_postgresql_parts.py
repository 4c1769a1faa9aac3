"""On PostgreSQL everything is run that could meet it: what `make test-postgres` leaves out opens no database."""

from __future__ import annotations

import pytest

from scripts.test_run import parts
from tests.unit.architecture.tree import ROOT, read

LEFT_OUT = ["attacks", "property", *(f"{part}/{name}" for part, names in parts.WITHOUT_SQL.items() for name in names)]
WAYS_TO_A_DATABASE = (
    "coderunner_core.core",
    "coderunner_core.database",
    "coderunner_core.migrations",
    "tests.databases",
    "tests.fakes.open_fake_core",
    "tests.instance",
)


@pytest.mark.parametrize("folder", LEFT_OUT)
def test_what_is_left_out_on_postgresql_opens_no_database(folder: str) -> None:
    """Whoever writes such a test there takes the folder out of the list."""
    modules = [read(path, ROOT) for path in sorted((ROOT / "tests" / folder).rglob("*.py"))]
    assert modules != []
    assert {one.name: one.reaches(*WAYS_TO_A_DATABASE) for one in modules if one.reaches(*WAYS_TO_A_DATABASE)} == {}
