"""A press of Run or Submit: what is accepted, what is refused, and that each ends exactly once."""

from __future__ import annotations

import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, RunStatus, Stream, TestReport, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, Busy, NotFound, NotSignedIn, TooMany
from coderunner_core.events import Chunk
from coderunner_core.models import Run
from coderunner_core.services.learning import progress
from coderunner_core.services.running import runs, verdicts
from tests.fakes import FakeEvents, FakeQueue

SOURCE = "print('hello')\n"
SOLVED = Verdict(Outcome.ACCEPTED, score=100)
FAILED = Verdict(Outcome.WRONG_ANSWER, score=25)


async def press(core: Core, actor: Actor | None, kind: RunKind = RunKind.RUN, source: str = SOURCE, stdin: str = ""):
    return await runs.submit(actor, core, "countdown", kind, source, stdin)


async def test_an_accepted_run_is_stored_before_it_is_queued(core: Core, queue: FakeQueue, ada: Actor) -> None:
    """The job carries an id only, and behind the id there is a pending row with its body."""
    run = await press(core, ada, stdin="3\n")
    assert queue.jobs == [(RunKind.RUN, run.id, 0)]
    body = await core.results.get(run.id)
    assert body is not None
    assert (body.source, body.stdin, body.verdict) == (SOURCE, "3\n", None)
    assert (run.status, run.outcome) == ("pending", "")


@pytest.mark.parametrize(
    ("source", "stdin", "said"),
    [
        ("", "", "no program yet"),
        (" \n\t", "", "no program yet"),
        ("x" * 100_001, "", "too large: 100,001 bytes"),
        ("é" * 50_001, "", "too large: 100,002 bytes"),
        (SOURCE, "x" * 100_001, "input is too large"),
        ("print('\0')", "", "NUL"),
        ("print('\ud800')", "", "broken character"),
    ],
)
async def test_what_cannot_be_run_is_refused_in_plain_words(
    core: Core, queue: FakeQueue, ada: Actor, source: str, stdin: str, said: str
) -> None:
    """Nothing is stored or queued for it."""
    with pytest.raises(BadInput, match=said):
        await press(core, ada, source=source, stdin=stdin)
    assert queue.jobs == []
    assert await runs.latest(ada, core, "countdown") is None


async def test_an_unknown_problem_is_not_found(core: Core, ada: Actor) -> None:
    """Whatever id was sent."""
    with pytest.raises(NotFound):
        await runs.submit(ada, core, "../../etc/passwd", RunKind.RUN, SOURCE)


async def test_nobody_can_neither_run_nor_look_nor_stop(core: Core, ada: Actor) -> None:
    """Every service checks by itself that somebody is there."""
    run = await press(core, ada)
    for call in (
        press(core, None),
        runs.view(None, core, run.id),
        runs.latest(None, core, "countdown"),
        runs.cancel(None, core, run.id),
    ):
        with pytest.raises(NotSignedIn):
            await call


async def test_another_students_run_does_not_exist(core: Core, ada: Actor, alan: Actor) -> None:
    """The same answer as for an id that was never given."""
    run = await press(core, ada)
    for call in (runs.view(alan, core, run.id), runs.cancel(alan, core, run.id), runs.view(alan, core, "no-such-id")):
        with pytest.raises(NotFound, match="no such run"):
            await call


async def test_a_student_has_few_runs_waiting_at_once(core: Core, ada: Actor, alan: Actor) -> None:
    """The second press is for after the first, so that nobody holds up others with many; those are not concerned."""
    await press(core, ada)
    with pytest.raises(TooMany):
        await press(core, ada)
    await press(core, ada, RunKind.SUBMIT)
    await press(core, alan)


async def test_an_unreachable_queue_refuses_and_leaves_a_final_state(core: Core, queue: FakeQueue, ada: Actor) -> None:
    """The run that was committed ends as ours, and its place is free again."""
    queue.broken = True
    for _ in range(3):
        with pytest.raises(Busy):
            await press(core, ada)
    last = await runs.latest(ada, core, "countdown")
    assert last is not None
    assert (last.status, last.outcome) == ("finished", "internal_error")


async def test_a_run_is_claimed_once(core: Core, ada: Actor) -> None:
    """Of two workers that were given the same job, one gets it."""
    run = await press(core, ada)
    first, second = await verdicts.claim(core, run.id, "w1"), await verdicts.claim(core, run.id, "w2")
    assert first is not None
    assert (first.source, first.attempt) == (SOURCE, 1)
    assert second is None


async def test_the_first_verdict_counts_and_the_second_is_refused(core: Core, events: FakeEvents, ada: Actor) -> None:
    """Progress is counted once, the end is announced once."""
    run = await press(core, ada, RunKind.SUBMIT)
    await verdicts.claim(core, run.id, "w1")
    assert await verdicts.finish(core, run.id, FAILED) is True
    assert await verdicts.finish(core, run.id, SOLVED) is False
    shown = await runs.view(ada, core, run.id)
    assert (shown.outcome, shown.score) == ("wrong_answer", 25)
    mine = (await progress.for_user(ada, core))["countdown"]
    assert (mine.status, mine.attempts, mine.best_score) == ("tried", 1, 25)
    assert events.said.count(("run", run.id, "finished")) == 1


async def test_a_body_without_a_final_row_is_kept_when_the_run_is_tried_again(core: Core, ada: Actor) -> None:
    """A worker died between the two writes: the student sees the verdict that was stored, not a second one."""
    run = await press(core, ada, RunKind.SUBMIT)
    await core.results.finish(run.id, FAILED)
    assert await verdicts.finish(core, run.id, SOLVED) is True
    shown = await runs.view(ada, core, run.id)
    assert (shown.outcome, shown.score) == ("wrong_answer", 25)


async def test_progress_keeps_the_best_score_and_the_first_solution(core: Core, ada: Actor) -> None:
    """A worse try later takes nothing away."""
    for verdict in (FAILED, SOLVED, FAILED):
        run = await press(core, ada, RunKind.SUBMIT)
        await verdicts.finish(core, run.id, verdict)
    mine = (await progress.for_user(ada, core))["countdown"]
    assert (mine.status, mine.attempts, mine.best_score) == ("solved", 3, 100)


@pytest.mark.parametrize("outcome", [Outcome.CANCELLED, Outcome.INTERNAL_ERROR])
async def test_what_the_student_stopped_or_we_broke_is_no_try(core: Core, ada: Actor, outcome: Outcome) -> None:
    """Their progress does not know of it."""
    run = await press(core, ada, RunKind.SUBMIT)
    await verdicts.finish(core, run.id, Verdict(outcome))
    assert await progress.for_user(ada, core) == {}


async def test_a_run_changes_no_progress(core: Core, ada: Actor) -> None:
    """Only submissions do."""
    run = await press(core, ada)
    await verdicts.finish(core, run.id, Verdict(Outcome.OK))
    assert await progress.for_user(ada, core) == {}


async def test_stopping_a_waiting_run_ends_it_at_once(core: Core, ada: Actor) -> None:
    """No worker has to do anything, and none may start it later."""
    run = await press(core, ada)
    await runs.cancel(ada, core, run.id)
    assert (await runs.view(ada, core, run.id)).outcome == "cancelled"
    assert await verdicts.claim(core, run.id, "w1") is None


async def test_stopping_a_running_run_asks_its_worker(core: Core, events: FakeEvents, ada: Actor) -> None:
    """The verdict is the worker's to give."""
    run = await press(core, ada)
    await verdicts.claim(core, run.id, "w1")
    await runs.cancel(ada, core, run.id)
    assert ("stop", run.id) in events.said
    assert (await runs.view(ada, core, run.id)).status == "running"


async def test_stopping_a_finished_run_changes_nothing(core: Core, ada: Actor) -> None:
    """A second click is harmless."""
    run = await press(core, ada)
    await verdicts.finish(core, run.id, Verdict(Outcome.OK))
    await runs.cancel(ada, core, run.id)
    assert (await runs.view(ada, core, run.id)).outcome == "ok"


async def test_a_reloaded_page_sees_what_has_arrived(core: Core, events: FakeEvents, ada: Actor) -> None:
    """The newest run of this problem, with the output so far."""
    await verdicts.finish(core, (await press(core, ada)).id, Verdict(Outcome.OK))
    run = await press(core, ada)
    await verdicts.claim(core, run.id, "w1")
    events.chunks.append(Chunk(run.id, 1_000_001, Stream.STDOUT, "tick\n"))
    seen = await runs.latest(ada, core, "countdown")
    assert seen is not None
    assert (seen.id, seen.status, [chunk.text for chunk in seen.chunks]) == (run.id, "running", ["tick\n"])


async def test_a_hidden_test_shows_nothing_but_its_end(core: Core, ada: Actor) -> None:
    """Even when a grader put more into the report than it should."""
    careless = TestReport(
        "Hidden 1",
        Outcome.WRONG_ANSWER,
        visible=False,
        first_difference="secret",
        input_shown="secret",
        stdout_shown="secret",
        stderr_shown="secret",
    )
    run = await press(core, ada, RunKind.SUBMIT)
    await verdicts.finish(core, run.id, Verdict(Outcome.WRONG_ANSWER, score=0, tests=(careless,)))
    assert "secret" not in repr(await runs.view(ada, core, run.id))


async def test_by_how_many_tests_a_submission_was_graded_is_kept(core: Core, ada: Actor) -> None:
    """In the row, which outlives the body: what it costs depends on it."""
    run = await runs.submit(ada, core, "countdown", RunKind.SUBMIT, "print(1)")
    tests = tuple(TestReport(name, Outcome.ACCEPTED, visible=True) for name in ("one", "two", "three"))
    await verdicts.finish(core, run.id, Verdict(Outcome.ACCEPTED, score=100, tests=tests))
    async with core.database.reading() as session:
        row = await session.get(Run, run.id)
    assert row is not None
    assert row.tests == 3


async def test_the_runs_of_a_dead_worker_go_back_into_the_queue(core: Core, queue: FakeQueue, ada: Actor) -> None:
    """And the next worker can claim them."""
    run = await press(core, ada)
    await verdicts.claim(core, run.id, "w1")
    assert await verdicts.release(core, "w1") == 1
    assert queue.jobs[-1] == (RunKind.RUN, run.id, 1)
    again = await verdicts.claim(core, run.id, "w2")
    assert again is not None
    assert again.attempt == 2


async def test_a_run_that_kills_every_worker_ends_as_ours(core: Core, ada: Actor) -> None:
    """After three attempts the student gets an answer."""
    run = await press(core, ada)
    for n in range(verdicts.MAX_ATTEMPTS):
        await verdicts.claim(core, run.id, f"w{n}")
        await verdicts.release(core, f"w{n}")
    assert (await runs.view(ada, core, run.id)).outcome == "internal_error"


async def test_the_sweeper_brings_back_only_what_nobody_has(
    core: Core, queue: FakeQueue, ada: Actor, alan: Actor
) -> None:
    """A run that waits in the queue or whose worker's lease holds is left alone; one whose job vanished is not."""
    waiting, lost = await press(core, alan), await press(core, ada)
    running = await press(core, ada, RunKind.SUBMIT)
    await verdicts.claim(core, running.id, "w1")
    queue.jobs.remove((RunKind.RUN, lost.id, 0))
    async with core.database.writing() as session:
        for run_id in (waiting.id, lost.id, running.id):
            row = await session.get(Run, run_id)
            assert row is not None
            row.created_at = row.created_at.replace(year=2020)
            session.add(row)
    assert await verdicts.sweep(core) == 1
    assert queue.jobs[-1] == (RunKind.RUN, lost.id, 0)
    assert (await runs.view(ada, core, running.id)).status == RunStatus.RUNNING.value


async def test_a_stop_that_nobody_could_carry_out_is_obeyed_by_the_next_worker(core: Core, ada: Actor) -> None:
    """Its worker died after it was asked: the run comes back from there, and is not run a second time."""
    run = await press(core, ada)
    await verdicts.claim(core, run.id, "w1")
    await runs.cancel(ada, core, run.id)
    await verdicts.release(core, "w1")
    assert await verdicts.claim(core, run.id, "w2") is None
    assert (await runs.view(ada, core, run.id)).outcome == Outcome.CANCELLED.value
