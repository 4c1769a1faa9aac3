"""What the workspace says about a draft whose place an earlier program has taken."""

from __future__ import annotations

from typing import Any

from coderunner_app.state.base import Visitor, answers
from coderunner_core.actors import Actor
from coderunner_core.services.learning import drafts


class DraftNotes(Visitor, mixin=True):
    """Mixed into the workspace's state, which says what a draft is read into."""

    set_aside: bool = False  # an earlier program was brought back, and what stood there waits

    async def _read_draft(self, actor: Actor | None) -> None:
        raise NotImplementedError

    def _problem_id(self) -> str:
        raise NotImplementedError

    @answers
    async def bring_back(self, flushed: bool = True) -> Any:
        """Exchange the program in the editor with the one that was set aside. The page has saved before it asks."""
        actor = await self._actor()
        await drafts.bring_back(actor, self._core(), self._problem_id())
        await self._read_draft(actor)

    @answers
    async def forget_aside(self) -> Any:
        """What was set aside is wanted no longer."""
        await drafts.forget_aside(await self._actor(), self._core(), self._problem_id())
        self.set_aside = False
