"""What a student ran and submitted for one problem, and bringing one of them back."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import reflex as rx

from coderunner_app import routes
from coderunner_app.push import hub
from coderunner_app.state.base import answers, text
from coderunner_app.state.work import Work
from coderunner_core.actors import Actor
from coderunner_core.errors import NotFound
from coderunner_core.events import user_topic
from coderunner_core.services.learning import curriculum
from coderunner_core.services.reviewing import history

_ADDRESS = re.compile(r"/problem/([^/]+)/history/?$")


class HistoryState(Work, rx.State):
    """One's own history of one problem; new runs appear by themselves."""

    problem_id: str = ""
    title: str = ""
    group: str = ""  # where the problem stands, for the way back
    group_id: str = ""
    _asked: str = ""  # the run in the address

    @answers
    async def load(self) -> Any:
        """Read the first page, and hear of new runs from now on."""
        found = _ADDRESS.search(str(self.router.url.path))
        problem_id = unquote(found[1]) if found else ""
        if problem_id != self.problem_id:
            self.reset()  # type: ignore[no-untyped-call]
        self.trouble = ""
        actor = await self._actor()
        try:
            problem = await curriculum.problem_page(actor, self._core(), problem_id)
        except NotFound:
            hub.leave(self._client_token())
            self.missing, self.ready = True, True
            return
        hub.join(
            self._client_token(),
            [user_topic(actor.user_id)],
            dict.fromkeys(("run", "comment", "missed"), lambda _: HistoryState.changed()),
        )
        self.problem_id, self.title = problem_id, problem.title
        self.group_id = problem.age_group_id
        self.group = f"{problem.age_group_title} · Level {problem.level_number} {problem.level_title}"
        await self._read_rows(actor)
        self.missing, self.ready = False, True
        asked = str(self.router.url.query_parameters.get("run", ""))
        if asked != self._asked:  # not when the websocket was away: what was opened since then stays
            self._asked, self.showing = asked, ""
            if asked:
                await self._open(actor, asked)

    @answers
    async def changed(self) -> Any:
        """A run of this person began or ended, here or elsewhere, or something was said about one."""
        if self.ready and not self.missing:
            actor = await self._actor()
            await self._read_rows(actor)
            await self._read_said(actor)

    @answers
    async def restore(self, run_id: str) -> Any:
        """Put this program into the editor; what stands there is set aside."""
        draft = await history.restore(await self._actor(), self._core(), text(run_id, "run"))
        return rx.redirect(routes.problem(draft.problem_id))

    def _whose(self, actor: Actor) -> tuple[int, str | None]:
        return actor.user_id, self.problem_id
