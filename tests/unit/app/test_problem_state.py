"""The workspace's state: what its handlers do with the services' answers."""

from __future__ import annotations

from coderunner_app.state.problem import ProblemState
from coderunner_core.contract import Outcome, RunKind, Stream, TestReport, Verdict
from coderunner_core.core import Core
from coderunner_core.events import SEQ_PER_ATTEMPT, Chunk
from coderunner_core.load import QueueLoad
from coderunner_core.services.running import verdicts
from tests.fakes import FakeEvents, FakeLoad, FakeQueue, FakeQuotas
from tests.unit.app.rig import Rig

PATH = "/problem/countdown"


async def _open(rig: Rig, cookie: str, page: str = "page") -> ProblemState:
    await rig.fire(ProblemState.load(), page=page, path=PATH, cookie=cookie)
    return await rig.state(ProblemState, page)


async def _run(rig: Rig, cookie: str, source: str = "print(1)") -> ProblemState:
    await _open(rig, cookie)
    await rig.fire(ProblemState.run_program(source, "3\n"), path=PATH, cookie=cookie)
    return await rig.state(ProblemState)


async def test_a_visitor_reads_the_problem(rig: Rig) -> None:
    """Without an account there is a statement, the starter code, and no draft."""
    state = await _open(rig, "")
    assert (state.ready, state.problem.title, state.signed_in) == (True, "Countdown", False)
    assert (state.draft["who"], state.draft["source"]) == ("", state.problem.starter)


async def test_hidden_tests_do_not_reach_the_page(rig: Rig, as_ada: str) -> None:
    """Neither their input nor what they expect is in any var of the state."""
    state = await _open(rig, as_ada)
    assert "secret-expected" not in str(state.dict())
    assert state.limits == "5 seconds · 128 MB · 1 visible test, 1 hidden"


async def test_an_unknown_problem_is_missing(rig: Rig) -> None:
    """The page says so instead of showing a half-empty workspace."""
    await rig.fire(ProblemState.load(), path="/problem/nothing")
    assert (await rig.state(ProblemState)).missing


async def test_run_accepts_and_shows_the_place_in_the_queue(rig: Rig, as_ada: str, core: Core) -> None:
    """The job is in the queue and the page shows that it waits."""
    state = await _run(rig, as_ada)
    assert isinstance(core.queue, FakeQueue)
    assert [(kind, run) for kind, run, _ in core.queue.jobs] == [(RunKind.RUN, state.run_panel.id)]
    assert (state.run_panel.active, state.queue["words"]) == (True, "Next in the queue")
    assert state.console == {"run": state.run_panel.id, "chunks": []}


async def test_a_second_press_starts_nothing(rig: Rig, as_ada: str, core: Core) -> None:
    """While one waits or runs, neither Run nor Submit adds another."""
    await _run(rig, as_ada)
    await rig.fire(ProblemState.run_program("print(2)", ""), path=PATH, cookie=as_ada)
    await rig.fire(ProblemState.submit_program("print(2)"), path=PATH, cookie=as_ada)
    assert isinstance(core.queue, FakeQueue)
    assert len(core.queue.jobs) == 1


async def test_the_end_is_read_from_the_services(rig: Rig, as_ada: str, core: Core) -> None:
    """The news carries an id only; what the page shows comes from the stored verdict."""
    run_id = (await _run(rig, as_ada)).run_panel.id
    await verdicts.finish(core, run_id, Verdict(Outcome.OK, stdout="1\n", exit_code=0, wall_ms=7, memory_kib=9000))
    await rig.fire(ProblemState.run_changed(run_id), path=PATH, cookie=as_ada)
    state = await rig.state(ProblemState)
    assert (state.run_panel.label, state.run_panel.cost) == ("Finished", "7 ms · 9 MB")
    assert state.expected == {"run": run_id, "stdout": 2, "stderr": 0}


async def test_lost_news_heals_by_looking_again(rig: Rig, as_ada: str, core: Core) -> None:
    """A page that heard nothing asks, and finds the end."""
    run_id = (await _run(rig, as_ada)).run_panel.id
    await verdicts.finish(core, run_id, Verdict(Outcome.TIME_LIMIT))
    await rig.fire(ProblemState.look_again(), path=PATH, cookie=as_ada)
    assert (await rig.state(ProblemState)).run_panel.label == "Took too long"


async def test_opening_the_page_again_shows_the_run_that_goes_on(rig: Rig, as_ada: str, core: Core) -> None:
    """With the output that has arrived so far, also on another device."""
    run_id = (await _run(rig, as_ada)).run_panel.id
    assert isinstance(core.events, FakeEvents)
    core.events.chunks.append(Chunk(run_id, 1, Stream.STDOUT, "so far\n"))
    state = await _open(rig, as_ada, page="another device")
    assert (state.run_panel.id, state.run_panel.active) == (run_id, True)
    assert state.console["chunks"] == [{"seq": 1, "stream": "stdout", "text": "so far\n"}]


async def test_output_that_is_no_longer_remembered_comes_from_the_verdict(rig: Rig, as_ada: str, core: Core) -> None:
    """The stream expires after an hour; what was stored is shown instead."""
    run_id = (await _run(rig, as_ada)).run_panel.id
    await verdicts.finish(core, run_id, Verdict(Outcome.OK, stdout="kept\n", stderr="also\n"))
    state = await _open(rig, as_ada, page="later")
    assert [(one["seq"], one["text"]) for one in state.console["chunks"]] == [(-1, "kept\n"), (-1, "also\n")]


async def test_a_submission_gets_a_row_for_each_test(rig: Rig, as_ada: str, core: Core) -> None:
    """With the first difference, quoted parts apart, for visible tests only."""
    await _open(rig, as_ada)
    await rig.fire(ProblemState.submit_program("print(1)"), path=PATH, cookie=as_ada)
    run_id = (await rig.state(ProblemState)).run_panel.id
    tests = (
        TestReport("Example", Outcome.WRONG_ANSWER, visible=True, first_difference="line 1: expected `3` but got `1`"),
        TestReport("Hidden 1", Outcome.ACCEPTED, visible=False),
    )
    await verdicts.finish(core, run_id, Verdict(Outcome.WRONG_ANSWER, score=75, tests=tests))
    await rig.fire(ProblemState.run_changed(run_id), path=PATH, cookie=as_ada)
    state = await rig.state(ProblemState)
    first, second = state.run_panel.tests
    assert [(part.text, part.quoted) for part in first.difference][1::2] == [("3", True), ("1", True)]
    assert (second.label, second.difference) == ("passed", [])
    assert (state.run_panel.score, state.tab) == ("1 of 2 tests pass · 75 %", "tests")


async def test_stop_ends_a_run_that_waits(rig: Rig, as_ada: str) -> None:
    """At once, without a worker."""
    await _run(rig, as_ada)
    await rig.fire(ProblemState.stop_program(), path=PATH, cookie=as_ada)
    state = await rig.state(ProblemState)
    assert (state.run_panel.active, state.run_panel.label, state.stopping) == (False, "Stopped", False)


async def test_a_draft_is_saved_and_answered_with_its_number(rig: Rig, as_ada: str) -> None:
    """So that the page knows which typing is safe; another device finds it."""
    await _open(rig, as_ada)
    await rig.fire(ProblemState.save_draft("countdown", "# mine", "7", 41), path=PATH, cookie=as_ada)
    assert (await rig.state(ProblemState)).saved == {
        "problem": "countdown", "serial": 41, "version": 1, "trouble": ""
    }  # fmt: skip
    other = await _open(rig, as_ada, page="another device")
    assert (other.draft["source"], other.draft["stdin"], other.draft["version"]) == ("# mine", "7", 1)


async def test_a_draft_that_is_too_large_says_why(rig: Rig, as_ada: str) -> None:
    """Beside the editor, not across the page."""
    await _open(rig, as_ada)
    await rig.fire(ProblemState.save_draft("countdown", "#" * 100_001, "", 1), path=PATH, cookie=as_ada)
    state = await rig.state(ProblemState)
    assert "too large" in state.saved["trouble"]
    assert state.trouble == ""


async def test_refusals_are_told_in_their_own_words(rig: Rig, as_ada: str, core: Core) -> None:
    """An empty program, something that is no text, a queue that is away."""
    await _open(rig, as_ada)
    assert isinstance(core.queue, FakeQueue)
    core.queue.broken = True
    for source, words in [("  ", "There is no program yet."), (["x"], "not a text"), ("print(1)", "queue")]:
        await rig.fire(ProblemState.run_program(source, ""), path=PATH, cookie=as_ada)
        assert words in (await rig.state(ProblemState)).trouble


async def test_another_problem_forgets_the_last_one(rig: Rig, as_ada: str) -> None:
    """Hints, results and messages belong to their problem."""
    await _run(rig, as_ada)
    await rig.fire(ProblemState.show_hint(), path=PATH, cookie=as_ada)
    await rig.fire(ProblemState.load(), path="/problem/even-numbers", cookie=as_ada)
    state = await rig.state(ProblemState)
    assert (state.problem.id, state.run_panel.id, state.hints_shown) == ("even-numbers", "", 0)


async def test_only_the_last_attempt_is_shown(rig: Rig, as_ada: str, core: Core) -> None:
    """A worker died and another one began again: nothing is printed twice."""
    run_id = (await _run(rig, as_ada)).run_panel.id
    assert isinstance(core.events, FakeEvents)
    core.events.chunks += [
        Chunk(run_id, SEQ_PER_ATTEMPT + 1, Stream.STDOUT, "once\n"),
        Chunk(run_id, 2 * SEQ_PER_ATTEMPT + 1, Stream.STDOUT, "once\n"),
    ]
    state = await _open(rig, as_ada, page="another device")
    assert [one["text"] for one in state.console["chunks"]] == ["once\n"]


async def test_a_page_whose_state_was_forgotten_reads_it_again(rig: Rig, as_ada: str, core: Core) -> None:
    """It was open, but nobody touched it for hours; the first press works all the same."""
    await rig.fire(ProblemState.run_program("print(1)", ""), page="old", path=PATH, cookie=as_ada)
    state = await rig.state(ProblemState, "old")
    assert (state.problem.id, state.run_panel.active) == ("countdown", True)


async def test_without_workers_a_run_waits_and_the_page_says_so(rig: Rig, core: Core, as_ada: str) -> None:
    """Also when the page is opened again; once a worker is there, it says the place as ever."""
    load = core.load
    assert isinstance(load, FakeLoad)
    load.now = QueueLoad(waiting=0, workers=0, mean_ms=100)
    await rig.fire(ProblemState.load(), path=PATH, cookie=as_ada)
    await rig.fire(ProblemState.run_program("print(1)", ""), path=PATH, cookie=as_ada)
    pressed = (await rig.state(ProblemState)).queue["words"]
    await rig.fire(ProblemState.load(), path=PATH, cookie=as_ada, page="again")
    opened = (await rig.state(ProblemState, "again")).queue["words"]
    load.now = QueueLoad(waiting=1, workers=1, mean_ms=100)
    await rig.fire(ProblemState.look_again(), path=PATH, cookie=as_ada)
    later = (await rig.state(ProblemState)).queue["words"]
    nobody = "It waits: nobody is there to run it yet. It starts by itself"
    assert (pressed, opened, later) == (nobody, nobody, "Next in the queue")


async def test_what_is_left_is_read_again_when_time_alone_has_changed_it(rig: Rig, core: Core, as_ada: str) -> None:
    """The browser counts the seconds and asks; a visitor has nothing that could change."""
    await _run(rig, as_ada)
    assert isinstance(core.quotas, FakeQuotas)
    core.quotas.taken.clear()
    await rig.fire(ProblemState.look_at_quota(), path=PATH, cookie=as_ada)
    seen = (await rig.state(ProblemState)).left
    await rig.fire(ProblemState.look_at_quota(), path=PATH, page="visitor")
    assert (seen["parts"][0]["words"], (await rig.state(ProblemState, "visitor")).left) == (
        "5 runs left this minute, 50 today", {}
    )  # fmt: skip
