"""The run that a page shows: how it comes forward, what it prints, how it ends, and what is left of the quota then."""

from __future__ import annotations

from typing import Any

from coderunner_app import words
from coderunner_app.push import RawDelta
from coderunner_app.queue_watch import queue_watch
from coderunner_app.state.base import Visitor, answers, text
from coderunner_app.words import RunPanel
from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind, RunStatus
from coderunner_core.errors import CodeRunnerError
from coderunner_core.events import SEQ_PER_ATTEMPT
from coderunner_core.services.running import allowances, runs
from coderunner_core.services.views import RunView


class ShownRun(Visitor, mixin=True):
    """Mixed into the workspace's state."""

    left: dict[str, Any] = {}  # of the quota
    run_panel: RunPanel = RunPanel()
    queue: dict[str, Any] = {}  # how many are ahead; the queue watch tells more under this name
    stopping: bool = False
    console: dict[str, Any] = {}  # a run's output as far as it is known; replaces what the console shows
    chunk: dict[str, Any] = {}  # never set here: the hub sends pieces of output under this name
    expected: dict[str, Any] = {}  # how much a finished run printed, so that the console knows if it missed something

    tab: str = "output"

    @answers
    async def look_again(self) -> Any:
        """While a program waits or runs: its end, in case the news of it was lost."""
        if self.run_panel.active:
            self._show(await runs.view(await self._actor(), self._core(), self.run_panel.id))

    @answers
    async def look_at_quota(self) -> Any:
        """What is left has changed by time alone."""
        if self.ready and (actor := await self._visitor()) is not None:
            await self._read_left(actor)

    @answers
    async def replay(self, run_id: str) -> Any:
        """The console missed something: send all of it."""
        self._fill_console(await runs.view(await self._actor(), self._core(), text(run_id, "run")))

    @answers
    async def show_tab(self, name: str) -> Any:
        """Output or tests."""
        self.tab = "tests" if name == "tests" else "output"

    def _show(self, view: RunView) -> None:
        fresh = view.id != self.run_panel.id
        self.run_panel = words.panel(view)
        self._watch_queue(view)
        if view.body_away:
            self._read_again_when_back()
        if fresh:
            self._fill_console(view)
        if not self.run_panel.active:
            self.stopping = False
            self.expected = {
                "run": view.id,
                "stdout": words.js_length(view.stdout),
                "stderr": words.js_length(view.stderr),
            }
            if fresh and self.run_panel.submitted:
                self.tab = "tests"

    def _watch_queue(self, view: RunView) -> None:
        if view.status != RunStatus.PENDING.value:
            queue_watch.forget(self._client_token())
            return
        wait_s = None if view.no_worker else view.queue_wait_s or 0.0  # unknown, when Redis did not say
        self.queue = words.waiting(view.queue_place, wait_s)
        page = type(self)

        def say(place: int, wait_s: float | None) -> RawDelta:
            return RawDelta(page, {"queue": words.waiting(place, wait_s)})

        look_again = page.look_again()
        queue_watch.wait(self._client_token(), view.id, RunKind(view.kind), say, look_again)

    def _fill_console(self, view: RunView) -> None:
        """All that is known of a run's output: as it arrived, or, when that is gone, as it was stored."""
        attempt = max((one.seq for one in view.chunks), default=0) // SEQ_PER_ATTEMPT  # the last, if a worker died
        arrived = [one for one in view.chunks if one.seq // SEQ_PER_ATTEMPT == attempt]
        chunks = [{"seq": one.seq, "stream": one.stream, "text": one.text} for one in arrived]
        if sum(len(one.text) for one in arrived) < len(view.stdout) + len(view.stderr):
            kept = {"stdout": view.stdout, "stderr": view.stderr}
            chunks = [{"seq": -1, "stream": name, "text": output} for name, output in kept.items() if output]
        self.console = {"run": view.id, "chunks": chunks}

    async def _read_left(self, actor: Actor) -> None:
        try:
            self.left = words.quota_left(await allowances.left(actor, self._core()))
        except CodeRunnerError:  # a detail; the press itself says what is wrong
            self.left = {}
