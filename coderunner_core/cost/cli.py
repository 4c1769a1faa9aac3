"""The terminal's way to the cost: python -m coderunner_core cost."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Literal

import typer

from coderunner_core import migrations
from coderunner_core.cost.as_json import as_json
from coderunner_core.cost.as_text import as_text
from coderunner_core.cost.measured import DEFAULT_DAYS, NotMeasured, measure
from coderunner_core.cost.report import build
from coderunner_core.cost.usage import Usage
from coderunner_core.database import open_database
from coderunner_core.settings import load_settings


def cost(
    scenario: Annotated[Literal["best", "base", "worst"], typer.Option(help="Whose assumptions.")] = "base",
    measured: Annotated[bool, typer.Option("--measured", help="Beside them, what was measured here.")] = False,
    days: Annotated[int, typer.Option(help="How many days back to measure.")] = DEFAULT_DAYS,
    changes: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Another value for an input; repeatable.")
    ] = None,
    as_json_: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
) -> None:
    """What running programs costs: processors, runners, bills, breakpoints, and where the planning documents are wrong.

    Examples: cost --set R=20 --set DAU=500; cost --scenario worst --json; cost --measured --days 7.
    """
    build(scenario, changes or ())  # a mistyped input is said before a database is opened
    usage = asyncio.run(_measure(days)) if measured else None
    report = build(scenario, changes or (), usage)
    print(json.dumps(as_json(report), indent=2) if as_json_ else as_text(report))


async def _measure(days: int) -> Usage | NotMeasured:
    database = open_database(load_settings())
    try:
        await migrations.require_current(database)
        return await measure(database, days=days)
    finally:
        await database.close()
