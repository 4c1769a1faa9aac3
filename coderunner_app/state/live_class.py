"""The live page of a class: everything when it opens, and afterwards only what changed.

News of a class reach the page gathered, at most twice a second, as pairs of a student and a problem. The handler reads
just these squares and hands the board a patch; the board itself is sent once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import reflex as rx

from coderunner_app import class_words, routes
from coderunner_app.class_words import Details, EventRow, StuckRow
from coderunner_app.gathering import Data, Gathered, News
from coderunner_app.push import Answers, hub
from coderunner_app.state.base import answers, text
from coderunner_app.state.class_address import OfOneClass, number
from coderunner_core.actors import Actor
from coderunner_core.errors import BadInput, NotAllowed, NotFound
from coderunner_core.events import class_topic
from coderunner_core.services.teaching import join_codes
from coderunner_core.services.teaching.class_views import CellView, ErrorCount, LiveChange, StudentView
from coderunner_core.services.watching import live

_MOST_PAIRS = 10_000
_SHOWN_EVENTS = 8
_SHOWN_LEFT = 30
_MINUTE_MS = 60_000


class LiveClassState(OfOneClass, rx.State):
    """One open class page. What the board shows travels as one var when it opens, and as patches from then on."""

    address: str = ""  # of this page; those of its neighbours begin with it
    name: str = ""
    archived: bool = False
    code: str = ""  # to join by; empty when nobody may

    board: dict[str, Any] = {}  # read by heat.jsx
    patch: dict[str, Any] = {}  # read by heat.jsx
    now_ms: int = 0
    alarm_ms: int = 0  # when the next square becomes stuck if nothing happens

    total: int = 0
    online: int = 0
    solved_lately: int = 0
    median: str = "–"
    stuck: list[StuckRow] = []  # at this moment
    left_stuck: list[StuckRow] = []  # those who were, and are gone or at something else; the first of them
    left_stuck_total: int = 0
    events: list[EventRow] = []
    errors: list[ErrorCount] = []
    details: Details = Details()

    _serial: int = 0
    _students: dict[int, StudentView] = {}
    _titles: dict[str, str] = {}  # of the problems, in the order of the columns
    _waiting: dict[tuple[int, str], CellView] = {}  # squares that are stuck, or will be if nothing happens

    @answers
    async def load(self) -> Any:
        """Read the class, and hear of changes from now on. Also called when the websocket was away and is back."""
        await self._read()

    @answers
    async def changed(self, pairs: list[Any]) -> Any:
        """Read these squares again. The hub says which; whoever else calls this sees no other class with it."""
        if self.ready and not self.missing:
            await self._read_change(await self._actor(), _pairs(pairs))

    @answers
    async def changed_all(self) -> Any:
        """Who is in the class, or what it sees, is different; or news may have been lost."""
        if self.ready and not self.missing:
            await self._read()

    @answers
    async def due(self) -> Any:
        """A moment has come at which squares become stuck without anything happening."""
        if not self.ready or self.missing:
            return
        now_ms = self.alarm_ms
        over = [pair for pair, cell in self._waiting.items() if 0 < cell.stuck_from_ms <= now_ms]
        await self._read_change(await self._actor(), [(student, problem) for student, problem in over])

    @answers
    async def look_at(self, student: str, problem: str) -> Any:
        """Open a student, a problem, or one square. An empty text stands for none."""
        student_id = number(student, "student") if student != "" else 0
        problem_id = text(problem, "problem")
        if problem_id and problem_id not in self._titles:
            raise NotFound("This class does not see such a problem.")
        if student_id and student_id not in self._students:
            raise NotFound("There is no such student in this class.")
        await self._read_details(await self._actor(), student_id, problem_id)

    @answers
    async def look_away(self) -> Any:
        """Close what was opened."""
        self.details = Details()

    async def _read(self) -> None:
        self.trouble = ""
        try:
            class_id = self._class_id()
            actor = await self._actor()
            hub.join(self._client_token(), [class_topic(class_id)], _ANSWERS)
            opened = await live.open(actor, self._core(), class_id)
        except (NotAllowed, NotFound):
            hub.leave(self._client_token())
            self._as_missing()
            return
        self._serial += 1
        self._students = {one.id: one for one in opened.students}
        self._titles = {column.problem_id: column.title for column in opened.columns}
        self._waiting = {}
        self.address, self.name, self.archived = routes.school_class(class_id), opened.name, opened.archived
        self.code = join_codes.shown(opened.join_code)
        self.board = class_words.board(opened, self._serial)
        self._take(opened.cells)
        self._show(opened.now_ms, opened.solved_lately, opened.median_minutes)
        self.events, self.errors = class_words.event_rows(opened.events[:_SHOWN_EVENTS]), list(opened.errors)
        self.missing, self.ready = False, True
        await self._refresh_details(actor)

    async def _read_change(self, actor: Actor, pairs: list[tuple[int, str]]) -> None:
        if any(student not in self._students for student, _ in pairs):
            await self._read()  # somebody has joined
            return
        try:
            change: LiveChange = await live.change(actor, self._core(), self._class_id(), pairs)
        except (NotAllowed, NotFound):  # the class is the reader's no longer
            hub.leave(self._client_token())
            self._as_missing()
            return
        self._serial += 1
        index = {problem_id: at for at, problem_id in enumerate(self._titles)}
        self.patch = class_words.patch(change, index, self._serial)
        self._students = {**self._students, **{one.id: one for one in change.students}}
        self._take(change.cells)
        self._show(change.now_ms, change.solved_lately, change.median_minutes)
        self.events, self.errors = class_words.event_rows(change.events[:_SHOWN_EVENTS]), list(change.errors)
        touched = {student for student, _ in pairs} | {problem for _, problem in pairs}
        if self.details.student_id in touched or self.details.problem_id in touched:
            await self._refresh_details(actor)

    def _take(self, cells: Iterable[CellView]) -> None:
        waiting = dict(self._waiting)
        for cell in cells:
            pair = (cell.student_id, cell.problem_id)
            if cell.state == "stuck" or cell.stuck_from_ms:
                waiting[pair] = cell
            else:
                waiting.pop(pair, None)
        self._waiting = waiting

    def _show(self, now_ms: int, solved_lately: int, median_minutes: int | None) -> None:
        self.now_ms = now_ms
        coming = [cell.stuck_from_ms for cell in self._waiting.values() if cell.stuck_from_ms > now_ms]
        self.alarm_ms = min(coming, default=0)
        since_ms = now_ms - self._core().settings.lesson_min * _MINUTE_MS
        rows = class_words.stuck_rows(self._waiting.values(), self._students, self._titles, since_ms)
        self.stuck = [row for row in rows if row.now]
        left = [row for row in rows if not row.now]
        self.left_stuck, self.left_stuck_total = left[:_SHOWN_LEFT], len(left)
        self.total, self.online = len(self._students), sum(one.online for one in self._students.values())
        self.solved_lately, self.median = solved_lately, class_words.minutes(median_minutes)

    async def _refresh_details(self, actor: Actor) -> None:
        if self.details.kind:
            await self._read_details(actor, self.details.student_id, self.details.problem_id)

    async def _read_details(self, actor: Actor, student_id: int, problem_id: str) -> None:
        cells = await live.squares(actor, self._core(), self._class_id(), student_id or None, problem_id or None)
        if student_id and problem_id:
            self.details = class_words.square_details(
                self._students[student_id], problem_id, self._titles[problem_id], cells[0] if cells else None
            )
        elif student_id:
            self.details = class_words.student_details(self._students[student_id], cells, self._titles)
        elif problem_id:
            names = {one.id: one.name for one in self._students.values()}
            self.details = class_words.problem_details(problem_id, self._titles[problem_id], cells, names)


def _pairs(sent: object) -> list[tuple[int, str]]:
    """Pairs of a student and a problem, whatever a browser really sent. Raises BadInput."""
    if not isinstance(sent, list) or len(sent) > _MOST_PAIRS:
        raise BadInput("This is no list of squares.")
    pairs = []
    for one in sent:
        if not isinstance(one, list | tuple) or len(one) != 2:
            raise BadInput("This is no list of squares.")
        pairs.append((number(one[0], "student"), text(one[1], "problem")))
    return list(dict.fromkeys(pairs))


def _as_event(news: list[News]) -> Any:
    """One event for everything: the student's row, and the squares that they did something in, left or came to. What
    changes the class itself is read as a whole, once for all that came together: forty may join in one minute.
    """
    if any(kind not in _OF_SQUARES for kind, _ in news):
        return LiveClassState.changed_all()
    pairs = {(data["user"], problem) for _, data in news for problem in ("", *_problems(data))}
    return LiveClassState.changed([list(pair) for pair in sorted(pairs)])


def _problems(data: Data) -> list[str]:
    return [data[name] for name in ("problem", "left", "at") if data.get(name)]


_OF_SQUARES = ("cell", "presence")
_NEWS = Gathered(_as_event)
_ANSWERS: Answers = {
    **dict.fromkeys((*_OF_SQUARES, "class", "members", "assignments"), _NEWS),
    "missed": lambda _: LiveClassState.changed_all(),
}
