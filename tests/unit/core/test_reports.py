"""Reports: what is in the files and the summaries, who gets them, and what the charts count."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome
from coderunner_core.core import Core
from coderunner_core.errors import CodeRunnerError
from coderunner_core.models import Activity, Assignment, AssignmentProblem, Role, UserProgress, utc_now
from coderunner_core.services.people import accounts, own_account
from coderunner_core.services.reviewing import report_charts, reports
from coderunner_core.services.reviewing.reports import Form, ReportFile
from coderunner_core.services.teaching import assignments
from coderunner_core.services.teaching.assignments import AssignmentDraft
from coderunner_core.services.upkeep import audit_log
from coderunner_core.services.upkeep.audit_log import Filters
from tests.unit.conftest import PASSWORD
from tests.unit.core.school import make_admin, make_class, work


async def read(file: ReportFile) -> str:
    """The whole file."""
    return "".join([piece async for piece in file.pieces])


async def class_rows(actor: Actor, core: Core, class_id: int) -> list[dict[str, str]]:
    """The CSV file of a class, as a spreadsheet reads it."""
    text = await read(await reports.class_file(actor, core, class_id, "csv"))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


async def test_a_class_in_csv_has_every_student_with_every_problem(
    core: Core, ada: Actor, alan: Actor, hopper: Actor
) -> None:
    """Also what nobody has begun: an empty place is an answer."""
    class_id = await make_class(core, hopper, ada, alan)
    await work(core, ada, hopper)
    rows = await class_rows(hopper, core, class_id)
    assert [(row["student"], row["problem_id"], row["status"], row["best_score"]) for row in rows] == [
        ("ada", "countdown", "solved", "100"),
        ("ada", "even-numbers", "not_started", ""),
        ("alan", "countdown", "not_started", ""),
        ("alan", "even-numbers", "not_started", ""),
    ]


async def test_json_says_the_same(core: Core, ada: Actor, hopper: Actor) -> None:
    """For programs instead of spreadsheets."""
    class_id = await make_class(core, hopper, ada)
    await work(core, ada, hopper)
    data = json.loads(await read(await reports.class_file(hopper, core, class_id, "json")))
    of_csv = await class_rows(hopper, core, class_id)
    told = [{key: "" if value is None else str(value) for key, value in row.items()} for row in data["rows"]]
    assert (data["class"], told) == ("7b", of_csv)


async def test_a_name_cannot_become_a_formula(core: Core, ada: Actor, hopper: Actor) -> None:
    """A student chooses the name that is shown, and a teacher opens the file."""
    class_id = await make_class(core, hopper, ada)
    await own_account.rename(ada, core, '=HYPERLINK("http://evil.example")')
    assert {row["shown_name"] for row in await class_rows(hopper, core, class_id)} == {
        '\'=HYPERLINK("http://evil.example")'
    }


@pytest.mark.parametrize(
    ("solved_ago", "due_in", "said"),
    [(1, 1, "yes"), (1, -2, "late"), (None, 1, "open"), (1, None, ""), (None, None, "")],
)
async def test_on_time(
    core: Core, ada: Actor, hopper: Actor, solved_ago: int | None, due_in: int | None, said: str
) -> None:
    """Held against the day that the assignment named; without one there is nothing to be late for."""
    class_id = await make_class(core, hopper, ada)
    now = utc_now()
    async with core.database.writing() as session:
        due = now + timedelta(days=due_in) if due_in is not None else None
        assignment = Assignment(class_id=class_id, title="Homework", due_at=due)
        session.add(assignment)
        await session.flush()
        session.add(AssignmentProblem(assignment_id=assignment.id, problem_id="countdown"))
        if solved_ago is not None:
            solved_at = now - timedelta(days=solved_ago)
            session.add(_progress(ada, status="solved", solved_at=solved_at, attempts=1, best_score=100))
    row = (await class_rows(hopper, core, class_id))[0]
    assert (row["assignment"], row["on_time"]) == ("Homework", said)


async def test_a_class_that_sees_some_levels_is_asked_for_those(core: Core, ada: Actor, hopper: Actor) -> None:
    """What a class does not see is not in its report."""
    class_id = await make_class(core, hopper, ada)
    async with core.database.writing() as session:
        from coderunner_core.models import SchoolClass

        (await session.get_one(SchoolClass, class_id)).level_ids = []
    assert await class_rows(hopper, core, class_id) == []


async def test_an_empty_class_has_an_empty_report(core: Core, hopper: Actor) -> None:
    """A head and no rows, in both forms, and charts of nothing."""
    class_id = await make_class(core, hopper)
    data = json.loads(await read(await reports.class_file(hopper, core, class_id, "json")))
    charts = await report_charts.class_charts(hopper, core, class_id)
    assert (await class_rows(hopper, core, class_id), data["rows"], charts.hardest, len(charts.by_day)) == (
        [], [], [], 28,
    )  # fmt: skip


REPORTS: dict[str, Callable[[Actor | None, Core, int, int], Awaitable[Any]]] = {
    "class csv": lambda who, core, class_id, _: reports.class_file(who, core, class_id, "csv"),
    "class json": lambda who, core, class_id, _: reports.class_file(who, core, class_id, "json"),
    "class summary": lambda who, core, class_id, _: reports.class_summary(who, core, class_id),
    "class charts": lambda who, core, class_id, _: report_charts.class_charts(who, core, class_id),
    "student csv": lambda who, core, _, student_id: reports.student_file(who, core, student_id, "csv"),
    "student json": lambda who, core, _, student_id: reports.student_file(who, core, student_id, "json"),
    "student summary": lambda who, core, _, student_id: reports.student_summary(who, core, student_id),
}


@pytest.mark.parametrize("report", REPORTS)
async def test_who_gets_a_report(core: Core, ada: Actor, alan: Actor, hopper: Actor, report: str) -> None:
    """Those who teach the class, and admins."""
    perlis = accounts.as_actor(await accounts.create_user(core, "perlis", "", PASSWORD, Role.TEACHER))
    class_id = await make_class(core, hopper, ada)
    await make_class(core, perlis, alan, name="other")
    served = []
    for who in (None, ada, alan, perlis, hopper, await make_admin(core)):
        try:
            await REPORTS[report](who, core, class_id, ada.user_id)
            served.append(who.name if who else "")
        except CodeRunnerError:
            continue
    assert served == ["hopper", "lovelace"]


@pytest.mark.parametrize("form", ["csv", "json"])
async def test_a_file_that_leaves_is_written_down(core: Core, ada: Actor, hopper: Actor, form: Form) -> None:
    """Who, which class or student, in which form, from where."""
    class_id = await make_class(core, hopper, ada)
    await reports.class_file(hopper, core, class_id, form, ip="10.0.0.5")
    await reports.student_file(hopper, core, ada.user_id, form, ip="10.0.0.5")
    rows = (await audit_log.read(await make_admin(core), core, Filters(person="hopper"))).rows
    assert [(row.action, row.target, row.details, row.ip) for row in rows][:2] == [
        ("student.export", f"ada (user {ada.user_id})", form, "10.0.0.5"),
        ("class.export", f"class {class_id} 7b", form, "10.0.0.5"),
    ]


async def test_a_file_is_named_after_the_class(core: Core, hopper: Actor) -> None:
    """By letters that every system takes."""
    class_id = await make_class(core, hopper, name='7b/"x"')
    assert (await reports.class_file(hopper, core, class_id, "csv")).name == "7b-x-report.csv"


async def test_a_class_on_a_sheet_of_paper(core: Core, ada: Actor, alan: Actor, hopper: Actor) -> None:
    """One line a student, also for who has done nothing."""
    class_id = await make_class(core, hopper, ada, alan)
    await work(core, ada, hopper)
    summary = await reports.class_summary(hopper, core, class_id)
    lines = [(one.shown_name, one.solved, one.tried, one.attempts, one.mean_score) for one in summary.students]
    assert (summary.name, summary.teachers, summary.problems, lines) == (
        "7b", ["Ms Hopper"], 2, [("Ada", 1, 0, 1, 100), ("Alan", 0, 0, 0, None)],
    )  # fmt: skip


async def test_a_student_on_a_sheet_of_paper(core: Core, ada: Actor, hopper: Actor) -> None:
    """What they have begun; classes of other teachers are not told."""
    perlis = accounts.as_actor(await accounts.create_user(core, "perlis", "", PASSWORD, Role.TEACHER))
    await make_class(core, hopper, ada)
    await make_class(core, perlis, ada, name="chess club")
    await work(core, ada, hopper, Outcome.WRONG_ANSWER)
    summary = await reports.student_summary(hopper, core, ada.user_id)
    lines = [(line.title, line.status, line.best_score) for line in summary.lines]
    assert (summary.classes, summary.tried, summary.problems, lines) == (
        ["7b"], 1, 2, [("Countdown", "tried", 25)],
    )  # fmt: skip


async def test_what_the_charts_count(core: Core, ada: Actor, alan: Actor, hopper: Actor) -> None:
    """Solved a day, the hardest first, the commonest error first; others' work is not in it."""
    class_id = await make_class(core, hopper, ada, alan)
    grace = await accounts.register(core, "grace", "", PASSWORD, ip="1")
    now = utc_now()
    async with core.database.writing() as session:
        session.add_all(
            [
                _progress(ada, status="solved", solved_at=now, attempts=1, best_score=100),
                _progress(alan, status="solved", solved_at=now - timedelta(days=3), attempts=3, best_score=100),
                _progress(ada, "even-numbers", attempts=6),
                _progress(alan, "even-numbers", status="solved", solved_at=now - timedelta(days=90), attempts=2),
                _progress(grace, status="solved", solved_at=now, attempts=9),
                Activity(user_id=ada.user_id, problem_id="countdown", last_error="NameError"),
                Activity(user_id=alan.user_id, problem_id="countdown", last_error="NameError"),
                Activity(user_id=ada.user_id, problem_id="even-numbers", last_error="IndexError"),
                Activity(user_id=grace.user_id, problem_id="countdown", last_error="KeyError"),
            ]
        )
    charts = await report_charts.class_charts(hopper, core, class_id)
    by_day = {one.label: one.count for one in charts.by_day if one.count}
    assert (
        by_day,
        (charts.students, charts.solved, charts.tried),
        [(one.title, one.tried, one.solve_percent, one.attempts_each) for one in charts.hardest],
        [(one.label, one.count, one.percent) for one in charts.errors],
    ) == (
        {f"{now:%Y-%m-%d}": 1, f"{now - timedelta(days=3):%Y-%m-%d}": 1},
        (2, 3, 1),
        [("Even-Numbers", 2, 50, 4.0), ("Countdown", 2, 100, 2.0)],
        [("NameError", 2, 100), ("IndexError", 1, 50)],
    )


async def test_how_runs_ended_is_counted(core: Core, ada: Actor, hopper: Actor) -> None:
    """Of this class, in the last weeks."""
    class_id = await make_class(core, hopper, ada)
    await work(core, ada, hopper, Outcome.WRONG_ANSWER)
    await work(core, ada, hopper)
    charts = await report_charts.class_charts(hopper, core, class_id)
    assert {one.label: one.count for one in charts.outcomes} == {"accepted": 1, "wrong_answer": 1}


def _progress(who: Actor, problem_id: str = "countdown", **values: Any) -> UserProgress:
    return UserProgress(user_id=who.user_id, problem_id=problem_id, **values)


@pytest.mark.parametrize(
    ("who", "titles"), [("hopper", {""}), ("knuth", {"", "Secret plan"}), ("admin", {"", "Secret plan"})]
)
async def test_what_a_colleague_sets_in_a_class_of_their_own_stays_theirs(
    core: Core, ada: Actor, hopper: Actor, who: str, titles: set[str]
) -> None:
    """A student of two teachers: the report for one does not tell what the other has set."""
    knuth = accounts.as_actor(await accounts.create_user(core, "knuth", "", PASSWORD, Role.TEACHER))
    await make_class(core, hopper, ada)
    of_knuth = await make_class(core, knuth, ada, name="chess")
    await assignments.create(knuth, core, of_knuth, AssignmentDraft("Secret plan", ["countdown"]))
    reader = {"hopper": hopper, "knuth": knuth}.get(who) or await make_admin(core)
    file = await reports.student_file(reader, core, ada.user_id, "json")
    assert {row["assignment"] for row in json.loads(await read(file))["rows"]} == titles
