"""The workspace of one problem: read it, edit, run, submit, stop, and see what happens while it happens."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import words
from coderunner_app.gathering import Gathered
from coderunner_app.push import RawDelta, hub
from coderunner_app.queue_watch import queue_watch
from coderunner_app.state.base import answers, text
from coderunner_app.state.draft_notes import DraftNotes
from coderunner_app.state.from_classes import FromClasses
from coderunner_app.state.shown_run import ShownRun
from coderunner_app.state.talk import TalkState
from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind
from coderunner_core.errors import CodeRunnerError, NotFound, NotSignedIn, StoreAway, TooMany
from coderunner_core.services.learning import curriculum, drafts
from coderunner_core.services.people import sessions
from coderunner_core.services.running import runs
from coderunner_core.services.teaching import memberships
from coderunner_core.services.views import ProblemView, ProgressView

_NO_PROBLEM = ProblemView(
    id="", title="", kind="program", concepts=[], difficulty=1, statement_html="", hints_html=[], starter="",
    examples=[], visible_tests=0, hidden_tests=0, wall_ms=0, cpu_ms=0, memory_mib=0, data_files=[], age_group_id="",
    age_group_title="", level_title="", level_number=0, siblings=[], next_problem_id="", progress=ProgressView(""),
)  # fmt: skip


class ProblemState(DraftNotes, FromClasses, ShownRun, rx.State):
    """One open workspace. Everything here is read from the stores when the page loads or connects again."""

    problem: ProblemView = _NO_PROBLEM
    missing: bool = False  # there is no problem at this address
    limits: str = ""
    solved_in_level: int = 0
    hints_shown: int = 0

    signed_in: bool = False
    asks_to_sign_in: bool = False

    draft: dict[str, Any] = {}  # what the editor begins with; it never listens to it while somebody types
    saved: dict[str, Any] = {}  # the answer to the editor's last save

    pane: str = "problem"  # at phone width, one of three is shown
    input_open: bool = False

    @answers
    async def load(self) -> Any:
        """Read everything that this page shows. Also called when the websocket was away and is back."""
        await self._read_page()

    async def _read_page(self) -> None:
        problem_id = str(self.router.url.path).rstrip("/").rsplit("/", 1)[-1]
        if problem_id != self.problem.id:  # nothing of the last one stays
            queue_watch.forget(self._client_token())
            self.reset()  # type: ignore[no-untyped-call]
        actor = await self._looker()
        self.signed_in, self.asks_to_sign_in = actor is not None or self._away, False
        if not self._away:
            await self._listen(actor)
        try:
            await self._read_problem(actor, problem_id)
        except NotFound:
            self.missing, self.ready = True, True
            return
        if self._away:
            self._begin_without_draft()
        else:
            await self._read_draft(actor)
        if actor is not None and not self._away:
            await self._read_left(actor)
            await self._read_from_classes(actor)
            latest = await runs.latest(actor, self._core(), problem_id)
            if latest is not None:
                self._show(latest)
                self._fill_console(latest)
        self.ready, self.trouble = True, ""

    @answers
    async def run_program(self, source: str, stdin: str) -> Any:
        """Run what is in the editor with what is in the input box."""
        await self._start(RunKind.RUN, text(source, "program"), text(stdin, "input"))

    @answers
    async def submit_program(self, source: str) -> Any:
        """Have what is in the editor graded."""
        await self._start(RunKind.SUBMIT, text(source, "program"), "")

    @answers
    async def stop_program(self) -> Any:
        """End the run that this page shows."""
        if self.run_panel.active:
            self.stopping = True
            await runs.cancel(await self._actor(), self._core(), self.run_panel.id)
            self._show(await runs.view(await self._actor(), self._core(), self.run_panel.id))

    @answers
    async def run_changed(self, run_id: str) -> Any:
        """A run of this person began or ended, here or elsewhere: read it. Whoever calls this sees their own only."""
        if not self.ready:
            return
        actor = await self._actor()
        view = await runs.view(actor, self._core(), text(run_id, "run"))
        newer = view.created_at >= self.run_panel.created_at
        if view.problem_id == self.problem.id and (view.id == self.run_panel.id or newer):
            self._show(view)
            if not self.run_panel.active:  # not while it starts, when every millisecond is felt
                await self._read_left(actor)

    @answers
    async def progress_changed(self) -> Any:
        """Progress changed, here or on another device."""
        if not self.ready:
            return
        actor = await self._looker()
        await self._read_problem(actor, self.problem.id)
        if actor is not None:
            await self._read_left(actor)

    @answers
    async def save_draft(self, problem_id: str, source: str, stdin: str, serial: int) -> Any:
        """Keep what was typed; the answer says which typing it was."""
        if self.draft.get("unknown"):  # it might replace something that nobody has seen yet
            await self._read_page()
            return
        try:
            actor = await self._actor()
            typed = text(problem_id, "problem"), text(source, "program"), text(stdin, "input")
            draft = await drafts.save(actor, self._core(), *typed)
            await self._read_watchers(actor)  # in case the news of a class that looks on was lost
        except NotSignedIn:
            raise
        except StoreAway:
            self.saved = {"problem": problem_id, "serial": serial, "again": True}
            return
        except CodeRunnerError as error:
            self.saved = {"problem": problem_id, "serial": serial, "trouble": error.message}
            return
        self.saved = {"problem": problem_id, "serial": serial, "version": draft.version, "trouble": ""}

    @answers
    async def show_hint(self) -> Any:
        """One more hint."""
        self.hints_shown = min(self.hints_shown + 1, len(self.problem.hints_html))

    @answers
    async def show_pane(self, name: str) -> Any:
        """At phone width: the problem, the code or the result."""
        self.pane = name if name in ("problem", "code", "result") else "problem"

    @answers
    async def toggle_input(self) -> Any:
        """Open or close the input box."""
        self.input_open = not self.input_open

    @answers
    async def dismiss(self) -> Any:
        """The message was read."""
        self.trouble, self.asks_to_sign_in = "", False

    async def _start(self, kind: RunKind, source: str, stdin: str) -> None:
        if not self.ready:  # the page was open, but untouched, for longer than its state is kept
            await self._read_page()
        self.trouble = ""
        try:
            actor = await self._visitor()
        except StoreAway:
            raise StoreAway(runs.CANNOT_RUN) from None
        if actor is None:
            self.asks_to_sign_in, self.pane = True, "result"
            return
        if self.run_panel.active:  # a second press while it runs changes nothing
            return
        ip = self.router.session.client_ip
        try:
            view = await runs.submit(actor, self._core(), self.problem.id, kind, source, stdin, ip=ip)
        except TooMany:
            await self._read_left(actor)  # what this page said may have been used up on another
            raise
        self.tab = "tests" if kind is RunKind.SUBMIT else "output"
        self.pane, self.stopping = "result", False
        self._show(view)

    async def _read_problem(self, actor: Actor | None, problem_id: str) -> None:
        self.problem = await curriculum.problem_page(actor, self._core(), problem_id)
        self.limits = words.limits_line(self.problem)
        self.solved_in_level = sum(one.status == "solved" for one in self.problem.siblings)
        self.missing = False

    async def _read_draft(self, actor: Actor | None) -> None:
        draft = await drafts.load(actor, self._core(), self.problem.id) if actor else None
        self.set_aside = draft.set_aside if draft else False
        begin = self._beginning(str(actor.user_id) if actor else "")
        if draft:
            begin |= {
                "source": draft.source, "stdin": draft.stdin, "version": draft.version, "saved_at": draft.saved_at
            }  # fmt: skip
        self.draft = begin

    def _begin_without_draft(self) -> None:
        """The database is away: what the page has stays; a new one begins at the start until the draft can be read."""
        user_id, _ = sessions.recognise(self._core(), self._token())
        if self.draft.get("problem") != self.problem.id:
            self.draft = self._beginning(str(user_id)) | {"unknown": True}

    def _beginning(self, who: str) -> dict[str, Any]:
        settings = self._core().settings
        return {
            "problem": self.problem.id,
            "who": who,
            "source": self.problem.starter,
            "stdin": self._first_input(),
            "version": 0,
            "saved_at": "",
            "starter": self.problem.starter,
            "most_chars": 4 * max(settings.source_limit_bytes, settings.input_limit_bytes),
        }

    def _first_input(self) -> str:
        """The first example, so that the first press of Run already does something."""
        program = self.problem.kind == "program" and not self.problem.data_files
        return self.problem.examples[0].given if program and self.problem.examples else ""

    async def _listen(self, actor: Actor | None) -> None:
        if actor is None:
            hub.leave(self._client_token())
            return
        hub.join(
            self._client_token(),
            await memberships.topics_of(self._core(), actor.user_id),
            {
                "chunk": lambda data: RawDelta(ProblemState, {"chunk": dict(data)}),
                "run": lambda data: ProblemState.run_changed(data["run"]),
                "progress": lambda _: ProblemState.progress_changed(),
                "comment": lambda _: TalkState.comments_changed(),
                **dict.fromkeys(("class", "classes", "assignments"), _CLASSES),
                "missed": lambda _: ProblemState.look_again(),
            },
        )

    def _problem_id(self) -> str:
        return self.problem.id


_CLASSES = Gathered(lambda _: ProblemState.classes_changed())
