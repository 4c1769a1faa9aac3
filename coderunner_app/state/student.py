"""A teacher's page of a student: how far they are, what they ran, what is said about it, what they type now."""

from __future__ import annotations

import re
from typing import Any

import reflex as rx

from coderunner_app import routes
from coderunner_app.gathering import Gathered
from coderunner_app.push import hub
from coderunner_app.state.base import answers, text
from coderunner_app.state.talk import Talk
from coderunner_app.state.work import Work
from coderunner_core.actors import Actor
from coderunner_core.errors import NotAllowed, NotFound
from coderunner_core.events import draft_topic, user_topic
from coderunner_core.services.reviewing import student_page
from coderunner_core.services.reviewing.history import title
from coderunner_core.services.reviewing.work_views import ClassName, LevelStep
from coderunner_core.services.watching import draft_watch

_ADDRESS = re.compile(r"/student/([1-9][0-9]{0,8})/?$")
_NO_STUDENT = "There is no such student in your classes."


class StudentState(Work, Talk, rx.State):
    """One open page of a student."""

    student_id: int = 0
    name: str = ""
    display_name: str = ""
    summary: str = ""  # the address of what can be printed
    classes: list[ClassName] = []
    online: bool = False
    at_work_on: str = ""  # the problem that they have open
    last_seen_ms: int = 0
    levels: list[LevelStep] = []
    presses: list[list[int]] = []  # moment and what it was, for timeline.jsx
    presses_cut: bool = False
    days: int = 0
    now_ms: int = 0

    problem_id: str = ""  # the one that is looked at; empty: all
    problem: str = ""
    may_watch: bool = False
    watching: bool = False
    draft: str = ""
    draft_begun: bool = False
    _asked: str = ""  # the problem in the address

    @answers
    async def load(self) -> Any:
        """Read the student, and hear of what they do from now on."""
        found = _ADDRESS.search(str(self.router.url.path))
        student_id = int(found[1]) if found else 0
        if student_id != self.student_id:
            self.reset()  # type: ignore[no-untyped-call]
            self.student_id = student_id
        asked = str(self.router.url.query_parameters.get("problem", ""))
        if asked != self._asked:  # not when the websocket was away: what was chosen since then stays
            self._asked, self.watching, self.showing, self.picked = asked, False, "", []
            self._choose(asked)
        self.trouble = ""
        await self._read(await self._actor())

    @answers
    async def changed(self) -> Any:
        """The student ran something, or got further."""
        if self.ready and not self.missing:
            await self._read(await self._actor())

    @answers
    async def show_problem(self, problem_id: str) -> Any:
        """Look at one problem only; an empty text: at all of them."""
        self.trouble = ""
        self.watching, self.showing, self.picked = False, "", []
        actor = await self._actor()
        self._choose(text(problem_id, "problem"))
        await self._read(actor)

    @answers
    async def watch(self) -> Any:
        """Look on while the student types for this problem."""
        self.trouble = ""
        actor = await self._actor()
        await self._read_draft(actor)
        self.watching = True
        self._listen()

    @answers
    async def stop_watching(self) -> Any:
        """Look away."""
        self._look_away()

    @answers
    async def draft_changed(self) -> Any:
        """The student typed. Whether it may be seen is asked anew each time."""
        if self.watching:
            await self._read_draft(await self._actor())

    async def _read(self, actor: Actor) -> None:
        try:
            page = await student_page.view(actor, self._core(), self.student_id)
        except (NotAllowed, NotFound):
            hub.leave(self._client_token())
            self.reset()  # type: ignore[no-untyped-call]
            self.missing, self.ready, self.trouble = True, True, _NO_STUDENT
            return
        self._listen()
        self.name, self.display_name, self.classes = page.name, page.display_name, page.classes
        self.summary = routes.student_summary(page.id)
        self.online, self.last_seen_ms, self.now_ms = page.online, page.last_seen_ms, page.now_ms
        self.at_work_on = title(self._core(), page.on_problem_id) if page.on_problem_id else ""
        self.levels, self.days, self.presses_cut = page.levels, page.days, page.presses_cut
        self.presses = [[one.at_ms, 2 if one.solved else int(one.kind == "submit")] for one in page.presses]
        self.may_watch = self.problem_id in page.watched_problems
        if self.watching:
            await self._read_draft(actor)
        await self._read_rows(actor)
        await self._read_comments(actor)
        self.missing, self.ready = False, True

    async def _read_comments(self, actor: Actor) -> None:
        await Talk._read_comments(self, actor)
        await self._read_said(actor)

    def _choose(self, problem_id: str) -> None:
        try:
            self._core().curriculum.problem(problem_id)
        except NotFound:
            problem_id = ""
        self.problem_id, self.problem = problem_id, title(self._core(), problem_id) if problem_id else ""

    async def _read_draft(self, actor: Actor) -> None:
        try:
            draft = await draft_watch.draft(actor, self._core(), self.student_id, self.problem_id)
        except (NotAllowed, NotFound):
            self._look_away()
            self.may_watch = False
            raise
        self.draft_begun, self.draft = draft is not None, draft.source if draft else ""

    def _look_away(self) -> None:
        if self.watching:
            self.watching, self.draft = False, ""
            self._listen()

    def _listen(self) -> None:
        topics = [user_topic(self.student_id)]
        if self.watching:
            topics.append(draft_topic(self.student_id, self.problem_id))
        hub.join(
            self._client_token(),
            topics,
            {
                "run": _CHANGED,
                "progress": _CHANGED,
                "classes": _CHANGED,  # perhaps this was the last one that they shared
                "comment": lambda _: StudentState.comments_changed(),
                "draft": _TYPED,
                "missed": lambda _: StudentState.changed(),
            },
        )

    def _whose(self, actor: Actor) -> tuple[int, str | None]:
        return self.student_id, self.problem_id or None

    def _about(self, actor: Actor) -> tuple[int, str]:
        return self.student_id, self.problem_id


_CHANGED = Gathered(lambda _: StudentState.changed())
_TYPED = Gathered(lambda _: StudentState.draft_changed())
