"""Output above the inline limit: stored apart, shown by its beginning, downloaded by its owner and their teachers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Stream, TestReport, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import Busy, Gone, NotFound, NotSignedIn
from coderunner_core.models import ClassTeacher, Enrolment, SchoolClass
from coderunner_core.objects import ObjectInfo, ObjectStoreAway, StoredObject
from coderunner_core.results import SpillingResultStore, SqlResultStore
from coderunner_core.results.codec import decode, encode
from coderunner_core.services.running import outputs, runs, verdicts
from tests.fakes import open_fake_core

LONG = "é" * 3_000  # 6,000 bytes
SHORT = "short\n"


class AwayObjects:
    """An object store that does not answer."""

    async def put(self, key: str, content: bytes) -> None:
        raise ObjectStoreAway

    async def read(self, key: str) -> StoredObject:
        raise ObjectStoreAway

    async def delete_many(self, keys: Sequence[str]) -> None:
        raise ObjectStoreAway

    async def list(self) -> AsyncIterator[list[ObjectInfo]]:
        raise ObjectStoreAway
        yield []


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[Core]:
    async with open_fake_core(tmp_path, inline_output_bytes=1_025) as opened:
        yield opened


async def finished(core: Core, actor: Actor, **output: str) -> str:
    run = await runs.submit(actor, core, "countdown", RunKind.RUN, "print('é' * 3000)")
    await verdicts.finish(core, run.id, Verdict(Outcome.OK, **output))  # type: ignore[arg-type]
    return run.id


async def text_of(file: outputs.OutputFile) -> str:
    content = b"".join([piece async for piece in file.pieces])
    assert len(content) == file.size_bytes
    return content.decode()


def without_objects(core: Core) -> Core:
    bodies = SqlResultStore(core.database, core.settings.result_ttl_days)
    away = AwayObjects()
    return replace(core, objects=away, results=SpillingResultStore(bodies, away, 1_025))


async def objects_of(core: Core) -> list[str]:
    return [one.key async for portion in core.objects.list() for one in portion]


async def test_the_page_has_the_beginning_and_the_download_all(core: Core, ada: Actor) -> None:
    """Cut between characters; the size is that of the whole."""
    run_id = await finished(core, ada, stdout=LONG, stderr=SHORT)
    view = await runs.view(ada, core, run_id)
    assert (view.stdout, view.stderr) == ("é" * 512, SHORT)
    assert [(one.stream, one.size_bytes, one.kept) for one in view.whole_outputs] == [("stdout", 6_000, True)]
    assert await text_of(await outputs.whole(ada, core, run_id, Stream.STDOUT)) == LONG


async def test_short_output_makes_no_object_and_can_be_downloaded_too(core: Core, ada: Actor) -> None:
    """The address works for every run, so that nobody has to know how long the output was."""
    run_id = await finished(core, ada, stdout=SHORT)
    assert await objects_of(core) == []
    file = await outputs.whole(ada, core, run_id, Stream.STDOUT)
    assert (file.name, await text_of(file)) == (f"countdown-{run_id[:8]}-stdout.txt", SHORT)


async def test_a_run_ends_also_while_the_object_store_is_away(core: Core, ada: Actor) -> None:
    """With its verdict and the beginning, and it says that this is all there is."""
    alone = without_objects(core)
    run_id = await finished(alone, ada, stdout=LONG)
    view = await runs.view(ada, alone, run_id)
    assert (view.outcome, view.stdout, view.whole_outputs[0].kept) == ("ok", "é" * 512, False)
    with pytest.raises(Gone, match="Only the beginning"):
        await outputs.whole(ada, alone, run_id, Stream.STDOUT)


async def test_a_download_while_the_object_store_is_away_can_be_tried_again(core: Core, ada: Actor) -> None:
    """It is not lost, only out of reach."""
    run_id = await finished(core, ada, stdout=LONG)
    with pytest.raises(Busy):
        await outputs.whole(ada, without_objects(core), run_id, Stream.STDOUT)


async def test_a_second_verdict_leaves_no_object(core: Core, ada: Actor) -> None:
    """The first stays as it is; what the second brought along is deleted."""
    run_id = await finished(core, ada, stdout=LONG)
    before = await objects_of(core)
    await core.results.finish(run_id, Verdict(Outcome.OK, stdout="b" * 5_000))
    assert await objects_of(core) == before
    assert await text_of(await outputs.whole(ada, core, run_id, Stream.STDOUT)) == LONG


async def test_what_is_deleted_takes_its_objects_along(core: Core, ada: Actor) -> None:
    """A person that is deleted leaves nothing anywhere."""
    run_id = await finished(core, ada, stdout=LONG, stderr=LONG)
    assert len(await objects_of(core)) == 2
    assert await core.results.delete_many([run_id]) == 1
    assert await objects_of(core) == []
    with pytest.raises(Gone):
        await outputs.whole(ada, core, run_id, Stream.STDOUT)


async def test_an_object_that_is_gone_has_expired(core: Core, ada: Actor) -> None:
    """Somebody cleared the bucket: said as it is, no apology."""
    run_id = await finished(core, ada, stdout=LONG)
    await core.objects.delete_many(await objects_of(core))
    with pytest.raises(Gone, match="no longer"):
        await outputs.whole(ada, core, run_id, Stream.STDOUT)


async def test_only_the_owner_and_their_teachers_download(core: Core, ada: Actor, alan: Actor, hopper: Actor) -> None:
    """To everybody else there is no such run."""
    run_id = await finished(core, ada, stdout=LONG)
    with pytest.raises(NotSignedIn):
        await outputs.whole(None, core, run_id, Stream.STDOUT)
    for stranger in (alan, hopper):
        with pytest.raises(NotFound, match="no such run"):
            await outputs.whole(stranger, core, run_id, Stream.STDOUT)
    async with core.database.writing() as session:
        session.add(SchoolClass(id=1, name="7b"))
        await session.flush()
        session.add(ClassTeacher(class_id=1, user_id=hopper.user_id))
        session.add(Enrolment(class_id=1, user_id=ada.user_id))
    assert await text_of(await outputs.whole(hopper, core, run_id, Stream.STDOUT)) == LONG


async def test_a_run_that_has_not_ended_has_no_download(core: Core, ada: Actor) -> None:
    """Its output is still arriving."""
    run = await runs.submit(ada, core, "countdown", RunKind.RUN, "print(1)")
    with pytest.raises(NotFound, match="not ended"):
        await outputs.whole(ada, core, run.id, Stream.STDOUT)


def test_a_verdict_that_no_driver_could_store_loses_what_its_last_tests_printed() -> None:
    """And nothing that decides: outcomes, score and the first tests' words stay."""
    tests = tuple(TestReport(f"t{n}", Outcome.WRONG_ANSWER, visible=True, stdout_shown="x" * 4_000) for n in range(50))
    stored = decode(encode(Verdict(Outcome.WRONG_ANSWER, score=0, tests=tests), limit_bytes=100_000))
    assert (len(stored.tests), stored.score, stored.tests[0], stored.tests[-1].stdout_shown) == (50, 0, tests[0], "")
    assert len(encode(stored)) <= 100_000


def test_a_verdict_of_an_earlier_release_can_be_read() -> None:
    """It knows nothing of whole outputs."""
    assert "whole_outputs" not in encode(Verdict(Outcome.OK))
    assert decode(encode(Verdict(Outcome.OK))) == Verdict(Outcome.OK)
