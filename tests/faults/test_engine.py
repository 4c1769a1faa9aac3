"""The Docker engine restarted under load: a second, real one, which these tests may stop and kill."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator

import docker
import pytest

from tests.faults.conftest import StartPlatform
from tests.faults.engine import Engine, running_engine
from tests.faults.school import SLOW, Student, everything_is_right, opened, students

ENDINGS = {"Finished", "Our mistake"}

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("dockerd"), reason="starting an engine needs root and dockerd"
)


@pytest.fixture
def engine() -> Iterator[Engine]:
    with running_engine(_image()) as started:
        yield started


def _image() -> str:
    """The newest image of the sandbox on this machine's engine."""
    name = os.environ.get("SANDBOX_IMAGE", "coderunner-sandbox")
    client = docker.from_env()
    try:
        tags = [tag for image in client.images.list(name.split(":")[0]) for tag in image.tags]
    finally:
        client.close()
    assert tags, "the sandbox's image is not built: make sandbox-image"
    return tags[0]


@pytest.mark.parametrize("how", ["stop", "kill"])
async def test_an_engine_that_restarts_under_load_loses_no_run(
    how: str, engine: Engine, platform: StartPlatform
) -> None:
    """Twice in a row. What ran is run again, or ends as our mistake and costs nothing; later programs run as ever."""
    with platform(DOCKER_HOST=engine.host) as instance:
        async with opened(instance) as core, students(core, instance, 5) as school:
            for _ in range(2):
                await asyncio.gather(*(one.run(SLOW.format(seconds=1)) for one in school))
                assert [one.trouble for one in school] == [""] * 5
                await asyncio.to_thread(getattr(engine, how))
                await asyncio.to_thread(engine.start)
                assert {await one.ending(120) for one in school} <= ENDINGS
                await _works_again(school)
            runs = await everything_is_right(core, instance)
            assert {run.outcome for run in runs} <= {"ok", "internal_error"}


async def _works_again(school: list[Student]) -> None:
    await asyncio.gather(*(one.run() for one in school))
    assert [one.trouble for one in school] == [""] * len(school)
    assert [await one.ending(120) for one in school] == ["Finished"] * len(school)
