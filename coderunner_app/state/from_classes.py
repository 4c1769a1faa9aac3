"""What a student's classes change on the workspace: what is set, and who may look on; said as soon as it changes."""

from __future__ import annotations

from typing import Any

from coderunner_app.state.base import Visitor, answers
from coderunner_core.actors import Actor
from coderunner_core.services.teaching import assigned
from coderunner_core.services.teaching.class_views import MyAssignment
from coderunner_core.services.watching import draft_watch


class FromClasses(Visitor, mixin=True):
    """Mixed into the workspace's state, which says what the page listens to and which problem it is about."""

    assignments: list[MyAssignment] = []  # that this problem is a part of
    watchers: str = ""  # the classes whose teachers can see what is typed

    @answers
    async def classes_changed(self) -> Any:
        """A class of the reader's is set up differently, or they joined or left one: others are listened to now."""
        if self.ready:
            actor = await self._actor()
            await self._listen(actor)
            await self._read_from_classes(actor)

    async def _read_from_classes(self, actor: Actor) -> None:
        mine = await assigned.mine(actor, self._core())
        self.assignments = [one for one in mine if any(part.id == self._problem_id() for part in one.problems)]
        await self._read_watchers(actor)

    async def _read_watchers(self, actor: Actor) -> None:
        self.watchers = ", ".join(await draft_watch.watchers(actor, self._core()))

    async def _listen(self, actor: Actor | None) -> None:
        raise NotImplementedError

    def _problem_id(self) -> str:
        raise NotImplementedError
