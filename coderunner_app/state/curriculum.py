"""The curriculum page: everything there is to learn, with how far the reader is, as it changes."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app.gathering import Gathered
from coderunner_app.push import Answers, hub
from coderunner_app.state.base import Visitor, answers
from coderunner_core.actors import Actor
from coderunner_core.models import Role
from coderunner_core.services.learning import curriculum
from coderunner_core.services.teaching import assigned, memberships
from coderunner_core.services.teaching.class_views import MyAssignment
from coderunner_core.services.views import AgeGroupView


class CurriculumState(Visitor, rx.State):
    """Age groups with their levels, problems and progress."""

    groups: list[AgeGroupView] = []
    assignments: list[MyAssignment] = []  # what the reader's classes have set
    group_id: str = ""  # the age group that is shown
    _picked: str = ""  # the one that somebody asked for

    @answers
    async def load(self) -> Any:
        """Read everything, and hear of changes from now on."""
        actor = await self._looker()
        await self._listen(actor)
        await self._read(actor)
        self.group_id = self._chosen()
        self.ready, self.trouble = True, ""

    @answers
    async def refresh(self) -> Any:
        """Read again: progress changed, here or on another device, or what the reader's classes see and have set."""
        await self._read(await self._looker())

    @answers
    async def classes_changed(self) -> Any:
        """The reader has joined a class or was taken out of one: other classes are listened to now."""
        actor = await self._looker()
        await self._listen(actor)
        await self._read(actor)

    async def _listen(self, actor: Actor | None) -> None:
        if actor is None:
            hub.leave(self._client_token())
        elif not self._away:
            topics = await memberships.topics_of(self._core(), actor.user_id)
            hub.join(self._client_token(), topics, _ANSWERS)

    async def _read(self, actor: Actor | None) -> None:
        self.groups = await curriculum.overview(actor, self._core())
        if actor is None or actor.role is not Role.STUDENT:
            self.assignments = []
        elif not self._away:
            self.assignments = await assigned.mine(actor, self._core())

    def _chosen(self) -> str:
        """The group of the address, else the one that was asked for, else the furthest with something begun in it."""
        asked = self.router.url.query_parameters.get("age", "")
        known = [group.id for group in self.groups]
        for wanted in (asked, self._picked):
            if wanted in known:
                return wanted
        begun = [
            group.id
            for group in self.groups
            if any(problem.status != "not_started" for level in group.levels for problem in level.problems)
        ]
        return (begun or known or [""])[-1 if begun else 0]

    @answers
    async def show_group(self, group_id: str) -> Any:
        """Look at another age group."""
        if any(group.id == group_id for group in self.groups):
            self.group_id = self._picked = group_id


def _refresh(_: object) -> Any:
    return CurriculumState.refresh()


_NEWS = Gathered(_refresh)  # a teacher who changes several things at once is read once
_ANSWERS: Answers = {
    "progress": _refresh,
    "missed": _refresh,
    "assignments": _NEWS,
    "class": _NEWS,
    "classes": lambda _: CurriculumState.classes_changed(),
}
