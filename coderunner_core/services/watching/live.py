"""The live page of a class: everything when it opens, and afterwards only what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from redis.exceptions import RedisError
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.models import (
    Activity,
    Assignment,
    AssignmentProblem,
    Enrolment,
    SchoolClass,
    User,
    utc_now,
)
from coderunner_core.moments import ms
from coderunner_core.presence import Here
from coderunner_core.services.permissions import taught_class
from coderunner_core.services.teaching.class_lists import level_choices
from coderunner_core.services.teaching.class_views import CellView, ColumnView, LiveChange, LiveClass, StudentView
from coderunner_core.services.watching import live_cells, live_news
from coderunner_core.services.watching.stuck import StuckRules

MOST_COLUMNS = 100
MOST_PAIRS = 500


async def open(actor: Actor | None, core: Core, class_id: int) -> LiveClass:
    """The whole page: a fixed number of queries, whatever the size. Raises NotSignedIn, NotAllowed and NotFound."""
    row = await taught_class(actor, core, class_id)
    async with core.database.reading() as session:
        people = await _students(session, class_id)
        columns = await _columns(session, core, row)
        here = await _here(core, [user_id for user_id, _name in people])
        known = [one.problem_id for one in columns]
        squares = live_cells.of_class(class_id, minutes=False).where(col(Activity.problem_id).in_(known))
        cells = await live_cells.read(session, squares, here, StuckRules.of(core.settings))
        news = await live_news.read(session, core, class_id)
    return LiveClass(
        id=class_id,
        name=row.name,
        archived=row.archived_at is not None,
        join_code=row.join_code or "",
        now_ms=ms(utc_now()),
        students=_rows(people, here),
        columns=columns,
        levels=[one for one in level_choices(core, row.level_ids) if one.seen],
        cells=cells,
        events=news.events,
        errors=news.errors,
        solved_lately=news.solved_lately,
        median_minutes=news.median_minutes,
    )


async def change(actor: Actor | None, core: Core, class_id: int, pairs: Iterable[tuple[int, str]]) -> LiveChange:
    """What became of these students and problems; an empty problem asks for the student's row alone.

    Whoever is not in the class is left out. Raises NotSignedIn, NotAllowed and NotFound.
    """
    await taught_class(actor, core, class_id)
    asked = list(dict.fromkeys(pairs))[:MOST_PAIRS]
    async with core.database.reading() as session:
        people = await _students(session, class_id, {user_id for user_id, _ in asked})
        known = {user_id for user_id, _name in people}
        wanted = [(user_id, problem_id) for user_id, problem_id in asked if user_id in known and problem_id]
        here = await _here(core, sorted(known))
        cells = await _cells(session, core, class_id, wanted, here)
        news = await live_news.read(session, core, class_id)
    return LiveChange(
        now_ms=ms(utc_now()),
        students=_rows(people, here),
        cells=cells,
        events=news.events,
        errors=news.errors,
        solved_lately=news.solved_lately,
        median_minutes=news.median_minutes,
    )


async def squares(
    actor: Actor | None, core: Core, class_id: int, student_id: int | None = None, problem_id: str | None = None
) -> list[CellView]:
    """The begun squares of one student, of one problem, or the one of both, for whoever looks closer.

    Raises NotSignedIn, NotAllowed and NotFound.
    """
    await taught_class(actor, core, class_id)
    statement = live_cells.of_class(class_id)
    if student_id is not None:
        statement = statement.where(col(Activity.user_id) == student_id)
    if problem_id is not None:
        statement = statement.where(col(Activity.problem_id) == problem_id)
    async with core.database.reading() as session:
        people = await _students(session, class_id, None if student_id is None else {student_id})
        here = await _here(core, [user_id for user_id, _name in people])
        return await live_cells.read(session, statement, here, StuckRules.of(core.settings))


async def _students(session: AsyncSession, class_id: int, only: Collection[int] | None = None) -> list[tuple[int, str]]:
    statement = (
        select(User.id, User.display_name)
        .join(Enrolment, col(Enrolment.user_id) == col(User.id))
        .where(Enrolment.class_id == class_id, col(User.disabled_at).is_(None))
        .order_by(func.lower(User.display_name), User.name)
    )
    if only is not None:
        statement = statement.where(col(User.id).in_(only))
    return [(user_id or 0, name) for user_id, name in (await session.exec(statement)).all()]


async def _columns(session: AsyncSession, core: Core, row: SchoolClass) -> list[ColumnView]:
    """The problems of the levels that the class sees and whatever is set to it besides, as the curriculum has them."""
    statement = (
        select(AssignmentProblem.problem_id)
        .join(Assignment, col(Assignment.id) == col(AssignmentProblem.assignment_id))
        .where(Assignment.class_id == row.id)
    )
    assigned = set((await session.exec(statement)).all())
    columns = [
        ColumnView(problem.id, problem.title, level.id)
        for group in core.curriculum.age_groups
        for level in group.levels
        for problem in level.problems
        if row.level_ids is None or level.id in row.level_ids or problem.id in assigned
    ]
    # Where that is too much for a page, what was set comes before what may be seen.
    first = sorted(columns, key=lambda one: one.problem_id not in assigned)[:MOST_COLUMNS]
    return [one for one in columns if one in first]


async def _here(core: Core, user_ids: list[int]) -> dict[int, Here]:
    try:
        return await core.presence.of(user_ids)
    except RedisError:  # the page opens all the same, with nobody online
        return {}


async def _cells(
    session: AsyncSession, core: Core, class_id: int, wanted: list[tuple[int, str]], here: dict[int, Here]
) -> list[CellView]:
    if not wanted:
        return []
    squares = live_cells.of_class(class_id).where(
        col(Activity.user_id).in_({user_id for user_id, _ in wanted}),
        col(Activity.problem_id).in_({problem_id for _, problem_id in wanted}),
    )
    read = await live_cells.read(session, squares, here, StuckRules.of(core.settings))
    found = {(cell.student_id, cell.problem_id): cell for cell in read}
    return [found[pair] for pair in wanted if pair in found] + live_cells.untouched(
        pair for pair in wanted if pair not in found
    )


def _rows(people: list[tuple[int, str]], here: dict[int, Here]) -> list[StudentView]:
    return [
        StudentView(
            user_id,
            name,
            user_id in here,
            here[user_id].problem_id if user_id in here else "",
            here[user_id].since_ms if user_id in here else 0,
        )
        for user_id, name in people
    ]
