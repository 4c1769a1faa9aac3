"""What pages and workers ask the database, in a school with years of work: by an index, and for a page's worth."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from sqlalchemy import event

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.models import Role
from coderunner_core.operations import overview
from coderunner_core.services.learning import curriculum, drafts, progress
from coderunner_core.services.people import accounts, admin_people, sessions
from coderunner_core.services.reviewing import comments, history, report_charts, reports, student_page
from coderunner_core.services.running import runs, verdicts
from coderunner_core.services.teaching import assigned, class_lists, memberships
from coderunner_core.services.upkeep import audit_log, housekeeping
from coderunner_core.services.watching import draft_watch, live
from tests.fakes import open_fake_core
from tests.integration.core.big_school import ADA, ADMIN, TEACHER, fill

pytestmark = pytest.mark.asyncio(loop_scope="module")
Asked = list[tuple[str, Any]]
MOST_ROWS = 500  # of one query; the largest page shows a class, a few hundred rows
LONG_PAGES = {"the page of a student": 2_001}  # its time line is drawn from three narrow columns, with this limit
BIG = ("run", "execution_result", "user_account", "comment", "audit_entry", "activity", "user_progress", "draft")
# Counts over everybody, which are kept for minutes and then counted once, however many ask.
COUNTED_ONCE = "GROUP BY user_progress.problem_id"
NEWEST, ANOTHER = f"{0:032x}", f"{2:032x}"
NO_PAGE = {"the hourly round"}  # nobody waits for it, and what it reads goes nowhere


def actor(user_id: int, role: Role) -> Actor:
    return Actor(user_id, f"person{user_id:05}", f"Person {user_id}", role, "")


LOVELACE, HOPPER, A_STUDENT = actor(ADMIN, Role.ADMIN), actor(TEACHER, Role.TEACHER), actor(ADA, Role.STUDENT)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def core(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Core]:
    """One for all: filling it takes seconds, and what the tests add does not change a plan."""
    async with open_fake_core(tmp_path_factory.mktemp("school"), queued_runs_per_user=1000) as opened:
        await fill(opened.database)
        yield opened


async def press(core: Core) -> None:
    """A run from its acceptance to its verdict."""
    run = await runs.submit(A_STUDENT, core, "countdown", RunKind.SUBMIT, "print(1)", "")
    await verdicts.claim(core, run.id, "worker")
    await verdicts.finish(core, run.id, Verdict(Outcome.ACCEPTED, score=100))


async def sign_in_and_check(core: Core) -> None:
    token = await sessions.issue(A_STUDENT, core)
    await sessions.verify(core, token)
    await accounts.register(core, f"new{uuid4().hex}", "New", "correct horse", ip="10.0.0.1")


async def further_down(core: Core) -> None:
    """The second page of a history of thousands, of all problems and of one."""
    for problem_id in (None, "countdown"):
        first = await history.page(HOPPER, core, ADA, problem_id)
        await history.page(HOPPER, core, ADA, problem_id, first.older)


PAGES: dict[str, Callable[[Core], Awaitable[object]]] = {
    "a run from press to verdict": press,
    "a session": sign_in_and_check,
    "the newest run of a problem": lambda core: runs.latest(A_STUDENT, core, "countdown"),
    "a run": lambda core: runs.view(A_STUDENT, core, NEWEST),
    "the sweep": lambda core: verdicts.sweep(core),
    "a dead worker's runs": lambda core: verdicts.release(core, "worker"),
    "the purge": lambda core: core.results.purge(),
    "a draft": lambda core: drafts.load(A_STUDENT, core, "countdown"),
    "progress": lambda core: progress.for_user(A_STUDENT, core),
    "the curriculum": lambda core: curriculum.overview(A_STUDENT, core),
    "what is set to a student": lambda core: assigned.mine(A_STUDENT, core),
    "a student's classes": lambda core: memberships.of(core, ADA),
    "a teacher's classes": lambda core: class_lists.mine(HOPPER, core),
    "a class": lambda core: class_lists.detail(HOPPER, core, 1),
    "what is set to a class": lambda core: assigned.of_class(HOPPER, core, 1),
    "the live class page": lambda core: live.open(HOPPER, core, 1),
    "a change on the live class page": lambda core: live.change(HOPPER, core, 1, [(ADA, "countdown")]),
    "a square looked at": lambda core: live.squares(HOPPER, core, 1, ADA),
    "the charts of a class": lambda core: report_charts.class_charts(HOPPER, core, 1),
    "the summary of a class": lambda core: reports.class_summary(HOPPER, core, 1),
    "the summary of a student": lambda core: reports.student_summary(HOPPER, core, ADA),
    "a history": further_down,
    "an earlier run": lambda core: history.one(HOPPER, core, NEWEST),
    "two runs compared": lambda core: history.compare(A_STUDENT, core, NEWEST, ANOTHER),
    "what was said about a problem": lambda core: comments.thread(HOPPER, core, ADA, "countdown"),
    "a comment": lambda core: comments.write(HOPPER, core, ADA, "countdown", "Well done.", NEWEST),
    "comments that are read": lambda core: comments.mark_read(A_STUDENT, core, ADA, "countdown"),
    "what a student has not read": lambda core: comments.unread(A_STUDENT, core),
    "what a teacher has not read": lambda core: comments.unread(HOPPER, core),
    "the page of a student": lambda core: student_page.view(HOPPER, core, ADA),
    "a draft that is watched": lambda core: draft_watch.draft(HOPPER, core, ADA, "countdown"),
    "who may watch": lambda core: draft_watch.watchers(A_STUDENT, core),
    "how an assignment goes": lambda core: assigned.report(HOPPER, core, 1, 1),
    "all classes": lambda core: class_lists.every(LOVELACE, core),
    "what kinds of things were done": lambda core: audit_log.actions(LOVELACE, core),
    "the hourly round": lambda core: housekeeping.tidy(core),
    "the people": lambda core: admin_people.find(LOVELACE, core),
    "the log of who did what": lambda core: audit_log.read(LOVELACE, core, audit_log.Filters()),
    "operations": lambda core: overview.overview(LOVELACE, core),
}


@contextmanager
def listening(core: Core) -> Iterator[Asked]:
    """The statements that are sent within the block, with their parameters."""
    asked: Asked = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not many and re.match(r"\s*(SELECT|UPDATE|DELETE|WITH)", statement):
            asked.append((statement, parameters))

    engine = core.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def scanned(core: Core, statement: str, parameters: Any) -> list[str]:
    """The big tables that the database would read from end to end for this."""
    if COUNTED_ONCE in statement:
        return []
    async with core.database.reading() as session:
        connection = await session.connection()
        if core.database.is_sqlite:
            plan = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all()
            lines = [str(row[3]) for row in plan]
            if re.search(r"ORDER BY \w+\.id DESC\s+LIMIT", statement) and "USE TEMP B-TREE FOR ORDER BY" not in lines:
                return []  # the table itself, from its end, until there are enough
            return [line for line in lines if re.match(rf"SCAN ({'|'.join(BIG)})\b(?!.* USING )", line)]
        # What a flash disk costs; the default is that of a spinning one, for which a small table is read as a whole.
        await connection.exec_driver_sql("SET LOCAL random_page_cost = 1.1")
        plan = (await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)).scalar_one()
    return list(_sequential(json.loads(plan)[0]["Plan"] if isinstance(plan, str) else plan[0]["Plan"]))


def _sequential(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan" and node["Relation Name"] in BIG:
        yield f"{node['Relation Name']} where {node.get('Filter', 'nothing')}"
    for child in node.get("Plans", []):
        yield from _sequential(child)


@pytest.mark.parametrize("page", PAGES)
async def test_no_page_reads_a_big_table_from_end_to_end(core: Core, page: str) -> None:
    """EXPLAIN of everything that it asks names an index for each table that grows."""
    with listening(core) as asked:
        await PAGES[page](core)
    assert {statement: found for statement, given in asked if (found := await scanned(core, statement, given))} == {}


@pytest.mark.parametrize("page", [page for page in PAGES if page not in NO_PAGE])
async def test_no_page_asks_for_more_rows_than_it_can_show(core: Core, page: str) -> None:
    """Of years of work and thousands of people, a query brings a page's worth, by a limit or by whom it belongs to."""
    with listening(core) as asked:
        await PAGES[page](core)
    selects = [(statement, given) for statement, given in asked if statement.lstrip().startswith("SELECT")]
    async with core.database.reading() as session:
        connection = await session.connection()
        rows = {
            statement: len((await connection.exec_driver_sql(statement, given)).all()) for statement, given in selects
        }
    most = LONG_PAGES.get(page, MOST_ROWS)
    assert {statement: count for statement, count in rows.items() if count > most} == {}
