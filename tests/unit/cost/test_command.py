"""The command: readable for people, stable for scripts, plain when something is wrong."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coderunner_core import migrations
from coderunner_core.__main__ import app
from coderunner_core.database import Database
from coderunner_core.errors import BadInput, Misconfigured
from coderunner_core.models import Run, User, utc_now


def call(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(app, ["cost", *arguments], env=environment)


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An installation of its own, with a schema and nothing in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/coderunner.db")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/coderunner.db")

    async def upgrade() -> None:
        await migrations.upgrade(database)
        await database.close()

    asyncio.run(upgrade())
    return database


def test_the_table_shows_inputs_results_bills_and_what_is_wrong() -> None:
    """The base scenario unless another is asked for; no line is wider than a terminal."""
    text = call().stdout
    assert "vCPU-hours a day                                   122.50" in text
    assert "vCPUs busy around the clock                          5.10" in text
    assert "PaaS + VPS runner           report 6.1      $76-284   $76-284      $88-314      $136-434" in text
    assert "Azure: Web+API (2x App Service or Container Apps) $30-90, Runner (1x VM 2vCPU/4GB) $12-35" in text
    assert "Sections 7.2 and 10 of the report name providers and no prices" in text
    assert "WHERE THE DOCUMENTS ARE WRONG (27)" in text
    assert [line for line in text.splitlines() if len(line) > 120] == []


def test_scripts_get_the_same_numbers_unrounded() -> None:
    """With stable names: 225 s x 5 / 3,600 x 5,000 users = 1,562.5 vCPU-hours a day."""
    report = json.loads(call("--scenario", "worst", "--json").stdout)
    assert report["scenario"] == "worst"
    assert report["assumed"]["execution"]["vcpu_hours_per_day"] == 1562.5
    assert report["measured"] is None
    assert report["what_if"]["quota"]["factor"] == 1.8
    assert report["bills"][0]["added_up"] == {"low": 76, "high": 284}
    assert report["wrong_totals"] == []


def test_inputs_can_be_set() -> None:
    """R 20 instead of 10: 20 x 2.5 + 24 = 74 s."""
    report = json.loads(call("--set", "R=20", "--set", "DAU=100", "--json").stdout)
    assert report["assumed"]["inputs"]["daily_users"] == 100
    assert report["assumed"]["execution"]["execution_s_per_user_day"] == 74


def test_a_mistyped_input_is_said_before_a_database_is_opened() -> None:
    """The message lists what there is."""
    result = call("--measured", "--set", "Q=1", DATABASE_URL="nonsense")
    assert isinstance(result.exception, BadInput)
    assert "MAU" in result.exception.message


def test_an_unknown_scenario_is_refused() -> None:
    """By the command line itself."""
    assert call("--scenario", "terrible").exit_code == 2


def test_an_installation_without_enough_data_says_so_and_goes_on(installation: Database) -> None:
    """The assumptions are still there to read."""
    assert "Not measured yet" in call("--measured").stdout
    report = json.loads(call("--measured", "--json").stdout)
    assert report["measured"] is None
    assert "Not measured yet" in report["not_measured"]


def test_what_was_measured_stands_beside_what_was_assumed(installation: Database) -> None:
    """One student ran 60 programs of 0.5 s in the day before last: 60 / 1 user day = R 60; a worker was held 1 s for
    each, so the overhead is 2, and 60 s in two days are 60 / 172,800 vCPUs.
    """

    async def fill() -> None:
        created = utc_now() - timedelta(hours=49)
        times = {"created_at": created, "started_at": created, "finished_at": created + timedelta(seconds=1)}
        columns = {"problem_id": "countdown", "problem_version": "v1", "kind": "run", "status": "finished"}
        async with installation.writing() as session:
            session.add(User(name="ada", display_name="Ada", password_hash="-"))
            await session.flush()
            first = Run(id="first", user_id=1, outcome="ok", wall_ms=500, cpu_ms=100, **times, **columns)
            shifted = {name: moment + timedelta(hours=2) for name, moment in times.items()}
            rest = [
                Run(id=f"{n}", user_id=1, outcome="ok", wall_ms=500, cpu_ms=100, **shifted, **columns)
                for n in range(60)
            ]
            session.add_all([first, *rest])
        await installation.close()

    asyncio.run(fill())
    text = call("--measured").stdout
    (runs,) = [line.split() for line in text.splitlines() if line.startswith("R ")]
    assert runs == ["R", "runs", "per", "active", "user", "and", "day", "10", "60"]
    assert "What follows uses the measured inputs." in text
    measured = json.loads(call("--measured", "--json").stdout)["measured"]
    assert measured["inputs"]["overhead_factor"] == pytest.approx(2)
    assert measured["execution"]["vcpus_mean"] == pytest.approx(60 / 172_800)


def test_a_database_without_its_schema_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that makes it."""
    monkeypatch.chdir(tmp_path)
    result = call("--measured", DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}/new.db", DATA_DIR=str(tmp_path))
    assert isinstance(result.exception, Misconfigured)
    assert "db upgrade" in result.exception.message
