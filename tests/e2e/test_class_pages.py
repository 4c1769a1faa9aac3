"""The pages about classes: who does not see them, accessibility, a telephone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenVisitor
from tests.e2e.school import enter, faults
from tests.e2e.visitor import PASSWORD, PHONE, Visitor, fresh
from tests.instance import Instance


def test_nobody_else_sees_a_class(
    ada: Visitor, instance: Instance, open_visitor: OpenVisitor, at_work: dict[str, Any]
) -> None:
    """A student, also of this class, and a teacher of none are told that there is no such class."""
    name = fresh("perlis")
    instance.command(
        "coderunner_core", "users", "create", name, "--role", "teacher", "--password-stdin", stdin=f"{PASSWORD}\n"
    )
    perlis = enter(open_visitor, name)
    member = at_work["students"][0]
    own = enter(open_visitor, member["name"], member["password"])
    for visitor in (ada, own, perlis):
        for end in ("", "/students", "/assignments", "/manage"):
            visitor.page.goto(f"/class/{at_work['class_id']}{end}")
            expect(visitor.page.get_by_role("heading", name="There is no such class")).to_be_visible()
        assert [frame for frame in visitor.frames if at_work["code"] in frame] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_about_classes_have_no_accessibility_fault(
    scheme: str, open_visitor: OpenVisitor, at_work: dict[str, Any]
) -> None:
    """Checked by axe, in both looks, also with something opened."""
    hopper = enter(open_visitor, "hopper", color_scheme=scheme)
    page, address, found = hopper.page, f"/class/{at_work['class_id']}", {}
    page.goto("/classes")
    expect(page.locator(".classes").first).to_be_visible()
    found["classes"] = faults(hopper)
    page.goto(address)
    expect(page.locator("td.cell.stuck").first).to_be_visible()
    found["live"] = faults(hopper)
    page.locator("td.cell.stuck").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found["square"] = faults(hopper)
    page.goto(f"{address}/students")
    page.get_by_label("The list").fill("grace\nhopper\n")
    found["students"] = faults(hopper)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("region", name="What becomes of the list")).to_be_visible()
    found["list"] = faults(hopper)
    page.goto(f"{address}/assignments")
    page.get_by_role("button", name="New assignment").click()
    expect(page.get_by_label("Title")).to_be_visible()
    found["assignments"] = faults(hopper)
    page.goto(f"{address}/manage")
    expect(page.locator("#settings")).to_be_visible()
    found["manage"] = faults(hopper)
    page.get_by_role("button", name="Show it large").click()
    found["projector"] = faults(hopper)
    member = at_work["students"][0]
    student = enter(open_visitor, member["name"], member["password"], color_scheme=scheme)
    student.page.goto("/classes")
    expect(student.page.locator(".classes")).to_be_visible()
    found["my classes"] = faults(student)
    student.page.goto(f"/join/{at_work['code']}")
    expect(student.page.locator("#first")).to_be_visible()
    found["join"] = faults(student)
    assert {place: list_ for place, list_ in found.items() if list_} == {}


def test_the_pages_about_classes_fit_a_telephone(open_visitor: OpenVisitor, at_work: dict[str, Any]) -> None:
    """The board scrolls in its own frame; nothing else is wider than the screen."""
    hopper = enter(open_visitor, "hopper", **PHONE)
    for end in ("", "/students", "/assignments", "/manage"):
        hopper.page.goto(f"/class/{at_work['class_id']}{end}")
        expect(hopper.page.locator("h1").first).to_be_attached()
        assert hopper.page.evaluate("document.documentElement.scrollWidth") <= 390, end
