"""The comments about a student's work on a problem, on whichever page they stand."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app import routes
from coderunner_app.state.base import Visitor, answers
from coderunner_app.state.class_address import field
from coderunner_core.actors import Actor
from coderunner_core.errors import CodeRunnerError, NotSignedIn
from coderunner_core.services.reviewing import comments
from coderunner_core.services.reviewing.work_views import CommentView


class Talk(Visitor, mixin=True):
    """Mixed into the states of such pages; about whom and what, the page says and the services check."""

    comments: list[CommentView] = []
    comment_trouble: str = ""
    comment_serial: int = 0  # changes when the form begins anew

    def _about(self, actor: Actor) -> tuple[int, str]:
        """The student and the problem; an empty problem means that there is nothing to talk about."""
        return actor.user_id, ""

    async def _read_comments(self, actor: Actor) -> None:
        """Read them, which marks those of the other side as read."""
        student_id, problem_id = self._about(actor)
        if not problem_id:
            self.comments = []
            return
        await comments.mark_read(actor, self._core(), student_id, problem_id)
        self.comments = await comments.thread(actor, self._core(), student_id, problem_id)

    @answers
    async def comments_changed(self) -> Any:
        """Somebody wrote, or read."""
        if self.ready:
            await self._read_comments(await self._actor())

    @answers
    async def write_comment(self, form: dict[str, Any]) -> Any:
        """Say something; what is refused stays in the form."""
        self.trouble = self.comment_trouble = ""
        actor = await self._actor()
        student_id, problem_id = self._about(actor)
        try:
            await comments.write(actor, self._core(), student_id, problem_id, field(form, "comment"))
        except NotSignedIn:
            raise
        except CodeRunnerError as error:
            self.comment_trouble = self.trouble = error.message
            return
        self.comment_serial += 1
        await self._read_comments(actor)


class TalkState(Talk, rx.State):
    """The comments on the workspace: the reader's own, with their teachers."""

    @answers
    async def load(self) -> Any:
        """Read them, for who has signed in."""
        actor = await self._looker()
        if actor is None or self._away:
            self.comments, self.ready = [], False
            return
        self.trouble = self.comment_trouble = ""
        await self._read_comments(actor)
        self.ready = True

    def _about(self, actor: Actor) -> tuple[int, str]:
        return actor.user_id, routes.problem_of(str(self.router.url.path))
