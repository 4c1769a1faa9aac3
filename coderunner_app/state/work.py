"""What the pages about somebody's earlier work share: the list in pages, one opened and talked about, two compared."""

from __future__ import annotations

from typing import Any

from coderunner_app import work_words
from coderunner_app.state.base import Visitor, answers, text
from coderunner_app.state.class_address import field
from coderunner_app.work_words import Compared, Opened, RowShown
from coderunner_core.actors import Actor
from coderunner_core.errors import CodeRunnerError, NotSignedIn
from coderunner_core.services.reviewing import comments, history
from coderunner_core.services.reviewing.work_views import CommentView

_MOST_ROWS = 600  # on one page; who wants more looks at one problem


class Work(Visitor, mixin=True):
    """Mixed into the states of such pages; whose work it is, the page says and the services check."""

    missing: bool = False
    rows: list[RowShown] = []
    older: bool = False  # there is more
    picked: list[str] = []  # runs to compare, at most two
    opened: Opened = Opened()
    compared: Compared = Compared()
    showing: str = ""  # run, comparison; empty: nothing is open
    said: list[CommentView] = []  # about the one that is open
    said_trouble: str = ""
    said_serial: int = 0  # changes when the form begins anew
    _place: str = ""

    def _whose(self, actor: Actor) -> tuple[int, str | None]:
        """The student, and the problem or None for all; each page says it."""
        return actor.user_id, None

    async def _read_rows(self, actor: Actor) -> None:
        """The first page of the list again."""
        student_id, problem_id = self._whose(actor)
        page = await history.page(actor, self._core(), student_id, problem_id)
        self.rows = [work_words.row(one) for one in page.rows]
        self._place, self.older = page.older, bool(page.older)
        known = {one.run_id for one in self.rows}
        self.picked = [one for one in self.picked if one in known]

    @answers
    async def show_more(self) -> Any:
        """The next page of the list."""
        if not self._place or len(self.rows) >= _MOST_ROWS:
            return
        actor = await self._actor()
        student_id, problem_id = self._whose(actor)
        page = await history.page(actor, self._core(), student_id, problem_id, self._place)
        known = {one.run_id for one in self.rows}
        self.rows = self.rows + [work_words.row(one) for one in page.rows if one.run_id not in known]
        self._place = page.older
        self.older = bool(page.older) and len(self.rows) < _MOST_ROWS

    @answers
    async def open_run(self, run_id: str) -> Any:
        """Show one of them whole."""
        self.trouble = ""
        await self._open(await self._actor(), text(run_id, "run"))

    @answers
    async def pick(self, run_id: str) -> Any:
        """Choose one to compare, or no longer; with the second, both are shown side by side."""
        self.trouble = ""
        run_id = text(run_id, "run")
        if run_id in self.picked:
            self.picked = [one for one in self.picked if one != run_id]
            return
        two = [*self.picked[-1:], run_id]
        if len(two) == 2:
            comparison = await history.compare(await self._actor(), self._core(), *two)
            self.compared, self.showing = work_words.compared(comparison), "comparison"
        else:
            await history.one(await self._actor(), self._core(), run_id)
        self.picked = two

    @answers
    async def close_work(self) -> Any:
        """Back to the list."""
        self.showing, self.picked = "", []

    @answers
    async def write_about_run(self, form: dict[str, Any]) -> Any:
        """Say something about one of them; what is refused stays in the form."""
        self.trouble = self.said_trouble = ""
        actor = await self._actor()
        try:
            await comments.write_about(actor, self._core(), field(form, "run"), field(form, "comment"))
        except NotSignedIn:
            raise
        except CodeRunnerError as error:
            self.said_trouble = self.trouble = error.message
            return
        self.said_serial += 1
        await self._read_said(actor)
        await self._read_rows(actor)

    async def _open(self, actor: Actor, run_id: str) -> None:
        detail = await history.one(actor, self._core(), run_id)
        self.opened, self.showing, self.said_trouble = work_words.opened(detail), "run", ""
        await self._read_said(actor)

    async def _read_said(self, actor: Actor) -> None:
        """Read what is said about the run that is open, which marks what the other side said as read."""
        self.said = await comments.about(actor, self._core(), self.opened.row.run_id) if self.showing == "run" else []
