"""What a teacher takes out of the platform: files, charts, sheets of paper."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e import school
from tests.e2e.conftest import OpenVisitor
from tests.e2e.visitor import Visitor
from tests.instance import Instance


def _saved(visitor: Visitor, link: str, folder: Path) -> str:
    with visitor.page.expect_download() as downloading:
        visitor.page.get_by_role("link", name=link, exact=True).click()
    path = folder / downloading.value.suggested_filename
    downloading.value.save_as(path)
    return path.read_text(encoding="utf-8")


def test_a_teacher_takes_the_report_of_a_class_along(
    instance: Instance, open_visitor: OpenVisitor, tmp_path: Path
) -> None:
    """As CSV for a spreadsheet, without a formula in it, and the same as JSON."""
    made = school.make(instance)
    hopper = school.enter(open_visitor, made.teacher)
    hopper.page.goto(f"/class/{made.class_id}/report")
    text = _saved(hopper, "CSV", tmp_path)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    data = json.loads(_saved(hopper, "JSON", tmp_path))
    names = {row["shown_name"] for row in rows}
    assert (text[0], len(rows), "'=1+1" in names, "=1+1" in names) == ("\ufeff", len(data["rows"]), True, False)
    assert {row["status"] for row in rows} == {"not_started", "tried", "solved"}


def test_the_charts_say_what_the_class_did(instance: Instance, open_visitor: OpenVisitor) -> None:
    """Columns for the eye, a table for whoever wants numbers."""
    made = school.make(instance)
    hopper = school.enter(open_visitor, made.teacher)
    hopper.page.goto(f"/class/{made.class_id}/report")
    expect(hopper.page.locator(".column")).to_have_count(28)
    expect(hopper.page.locator(".bars tbody tr").first).to_be_visible()
    expect(hopper.page.get_by_text("NameError: name is not defined")).to_be_visible()
    hopper.page.get_by_text("As a table").click()
    solved = sum(int(cell) for cell in hopper.page.locator(".chart details td").all_inner_texts())
    assert solved == int(hopper.page.locator(".figure b").nth(1).inner_text())


def test_sheets_are_printed_without_what_only_a_screen_needs(instance: Instance, open_visitor: OpenVisitor) -> None:
    """A class, then one of its students."""
    made = school.make(instance)
    hopper = school.enter(open_visitor, made.teacher)
    hopper.page.goto(f"/class/{made.class_id}/summary")
    expect(hopper.page.locator(".lines tbody tr")).to_have_count(len(made.students))
    hopper.page.emulate_media(media="print")
    expect(hopper.page.get_by_role("button", name="Print")).to_be_hidden()
    expect(hopper.page.locator(".bar")).to_be_hidden()
    hopper.page.emulate_media(media="screen")
    hopper.page.get_by_role("link", name="Ada Lovelace").click()
    expect(hopper.page.get_by_role("heading", name="Ada Lovelace")).to_be_visible()
    expect(hopper.page.locator(".lines tbody tr").filter(has_text="Countdown")).to_contain_text("Tried")


def test_a_teacher_of_another_class_gets_nothing(instance: Instance, open_visitor: OpenVisitor) -> None:
    """Neither the page nor the file."""
    made, other = school.make(instance), school.make(instance)
    perlis = school.enter(open_visitor, other.teacher)
    for path in (f"/class/{made.class_id}/report", f"/class/{made.class_id}/summary"):
        perlis.page.goto(path)
        expect(perlis.page.get_by_role("heading", name="There is no such class")).to_be_visible()
    perlis.page.goto(f"/student/{made.student_id}/summary")
    expect(perlis.page.get_by_role("heading", name="There is no such student")).to_be_visible()
    answer = perlis.page.request.get(f"/class/{made.class_id}/report.csv")
    assert (answer.status, made.students[0] in answer.text()) == (404, False)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_report_has_an_accessibility_fault(instance: Instance, open_visitor: OpenVisitor, scheme: str) -> None:
    """Charts are tables to those who listen."""
    made = school.make(instance)
    hopper = school.enter(open_visitor, made.teacher, color_scheme=scheme)
    found = {}
    for path in (
        f"/class/{made.class_id}/report",
        f"/class/{made.class_id}/summary",
        f"/student/{made.student_id}/summary",
    ):
        hopper.page.goto(path)
        expect(hopper.page.locator("main tbody th").first).to_be_attached()
        found[path] = school.faults(hopper)
    assert {path: faults for path, faults in found.items() if faults} == {}
