"""The class that the benchmark of the class page fills, in small: a figure about an empty page would be no figure."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect
from sqlmodel import func, select

from benchmarks import class_rows
from benchmarks.class_page import measure_one_size
from coderunner_core.models import Run
from tests.fakes import open_fake_core

RUNS = 8_000


async def test_the_page_of_the_filled_class_is_full(tmp_path: Path) -> None:
    """Every square, thirty events, all runs, filled in two steps; and the tables have their indexes back."""
    async with open_fake_core(tmp_path, class_rows.lessons()) as core:
        room = await class_rows.make(core, await class_rows.add_teacher(core), others=40)
        await class_rows.fill(core, room, 0, RUNS // 2)
        await class_rows.fill(core, room, RUNS // 2, RUNS)
        figures = await measure_one_size(core, room, openings=2)
        async with core.database.reading() as session:
            stored = (await session.exec(select(func.count()).select_from(Run))).one()
            connection = await session.connection()
            indexes = await connection.run_sync(lambda sync: inspect(sync).get_indexes("run"))
    assert figures["open_p50_ms"] > 0
    assert (stored, {one["name"] for one in indexes}) == (
        RUNS,
        {index.name for index in Run.__table__.indexes},  # type: ignore[attr-defined]
    )
