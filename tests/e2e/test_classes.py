"""A teacher and students in browsers of their own: a class from its making to its end, and what is seen live."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import programs
from tests.e2e.conftest import OpenVisitor
from tests.e2e.school import enter, signed_in
from tests.e2e.visitor import PASSWORD, Visitor, fresh
from tests.instance import Instance
from tests.servers import free_port


@pytest.fixture
def hopper(open_visitor: OpenVisitor) -> Visitor:
    return enter(open_visitor, "hopper")


def _new_class(hopper: Visitor) -> str:
    """Make a class with a join code; ends on its live page. The code."""
    name = fresh("7b")
    hopper.page.goto("/classes")
    hopper.page.get_by_label("Name of the class").fill(name)
    hopper.page.get_by_role("button", name="Make it").click()
    hopper.page.get_by_role("link", name="Bring students in").click()
    hopper.page.get_by_role("link", name="Set-up").click()
    hopper.page.get_by_role("button", name="Make a join code").click()
    code = hopper.page.locator("#join-code").inner_text()
    hopper.page.get_by_role("link", name="Live").click()
    expect(hopper.page.get_by_role("heading", name="Nobody is in this class yet")).to_be_visible()
    return code


def _join_by_code(visitor: Visitor, code: str) -> None:
    visitor.page.goto("/classes")
    visitor.page.get_by_label("Code from your teacher").fill(code.lower())
    visitor.page.get_by_role("button", name="Join").click()
    expect(visitor.page.get_by_role("status").filter(has_text="You are in")).to_be_visible()


def _square(teacher: Visitor, student: str, problem: str = "Countdown") -> Locator:
    return teacher.page.get_by_role("gridcell", name=re.compile(f"^{student}, {problem}:"))


def _submit(visitor: Visitor, source: str) -> None:
    expect(visitor.page.get_by_role("button", name="Submit")).to_be_enabled()
    visitor.write(source)
    visitor.submit()


def test_a_class_is_joined_and_watched_live(hopper: Visitor, ada: Visitor, open_visitor: OpenVisitor) -> None:
    """By code and by link; the teacher's page shows who comes, what they do, who is stuck and that it is over."""
    code = _new_class(hopper)
    _join_by_code(ada, code)
    expect(hopper.page.get_by_role("rowheader", name="Ada, online")).to_be_visible()
    alan = open_visitor()
    alan.page.goto(f"/join/{code}")
    alan.page.get_by_role("link", name="Make an account").click()
    alan.page.get_by_label("Name to sign in with").fill(fresh("alan"))
    alan.page.get_by_label("Name to show").fill("Alan")
    alan.page.get_by_label("Password").fill(PASSWORD)
    alan.page.get_by_role("button", name="Make my account").click()
    alan.page.get_by_role("button", name="Join this class").click()
    expect(alan.page.get_by_role("link", name="See what there is to do")).to_be_visible()
    expect(hopper.page.get_by_role("rowheader", name="Alan, online")).to_be_visible()
    alan.open_problem()
    expect(hopper.page.locator("tr", has_text="Alan").locator(".on-what")).to_contain_text("Countdown")
    for attempt in ("1 attempt", "2 attempts"):
        _submit(alan, programs.WRONG)
        expect(_square(hopper, "Alan")).to_have_accessible_name(re.compile(attempt))
    expect(_square(hopper, "Alan")).to_have_accessible_name(re.compile("stuck"))
    expect(hopper.page.locator("#stuck")).to_contain_text("Alan on Countdown")
    expect(hopper.page.locator("#stuck")).to_contain_text(re.compile("same error 2 times|2 tries in a row"))
    expect(hopper.page.locator("#stuck-count")).to_have_text("1")
    _submit(alan, programs.RIGHT)
    expect(_square(hopper, "Alan")).to_have_accessible_name(re.compile("solved, 3 attempts"))
    expect(hopper.page.locator("#stuck")).to_have_text("Nobody is stuck.")
    expect(hopper.page.locator("#events")).to_contain_text("Alan solved Countdown")
    alan.page.goto("about:blank")
    expect(hopper.page.get_by_role("rowheader", name="Alan, not here")).to_be_visible(timeout=20_000)


def test_another_teacher_on_another_process_sees_the_same(
    hopper: Visitor, ada: Visitor, second_web: Instance, open_visitor: OpenVisitor, browser: Any
) -> None:
    """Without reloading: every web process hears what happens."""
    _join_by_code(ada, _new_class(hopper))
    elsewhere = Visitor(browser, second_web.origin)
    try:
        signed_in(elsewhere, "hopper")
        elsewhere.page.goto(hopper.page.url.replace(hopper.origin, second_web.origin))
        for teacher in (hopper, elsewhere):
            expect(_square(teacher, "Ada")).to_have_accessible_name("Ada, Countdown: not started")
        ada.open_problem()
        _submit(ada, programs.RIGHT)
        for teacher in (hopper, elsewhere):
            expect(_square(teacher, "Ada")).to_have_accessible_name("Ada, Countdown: solved, 1 attempt")
    finally:
        elsewhere.close()


@pytest.fixture
def second_web(instance: Instance) -> Iterator[Instance]:
    """Another web process of the same installation, on a port of its own."""
    second = dataclasses.replace(
        instance, settings={**instance.settings, "WEB_PORT": str(free_port())}, processes={}
    )  # fmt: skip
    second.start("web-2", "coderunner_app")
    try:
        second.wait_until_ready()
        yield second
    finally:
        second.stop_all()


def test_one_click_shows_what_is_behind_a_square(hopper: Visitor, at_work: dict[str, Any]) -> None:
    """A student's way with a problem, all of the student's, everybody's; by mouse and by keyboard."""
    page = hopper.page
    page.goto(f"/class/{at_work['class_id']}")
    _square(hopper, "Alan", "Sharing sweets").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Alan on Sharing sweets")
    expect(drawer).to_contain_text("same error 4 times")
    drawer.get_by_role("button", name="Everybody on Sharing sweets").click()
    expect(drawer).to_contain_text("2 stuck")
    drawer.get_by_role("button", name="Barbara").click()
    expect(drawer).to_contain_text("Barbara on Sharing sweets")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    page.get_by_role("rowheader", name="Ada").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("rowheader", name="Alan")).to_be_focused()
    page.keyboard.press("Enter")
    expect(drawer).to_contain_text("1 of 12 solved")
    page.keyboard.press("Escape")
    page.get_by_role("columnheader", name="Countdown").click()
    expect(drawer).to_contain_text("not started")


def test_many_are_added_from_a_file_and_get_a_sheet(hopper: Visitor, open_visitor: OpenVisitor, tmp_path: Path) -> None:
    """Looked at before, shown once, good to sign in with; a row that cannot be used is said and left out."""
    _new_class(hopper)
    hopper.page.get_by_role("link", name="Add students").first.click()
    name = fresh("grace")
    table = tmp_path / "class.csv"
    table.write_text(f"name;display name\n{name};Grace Hopper\nhopper;Somebody Else\n")
    hopper.page.locator("input[type=file]").set_input_files(table)
    preview = hopper.page.get_by_role("region", name="What becomes of the list")
    expect(preview).to_contain_text("new account")
    expect(preview).to_contain_text("taken")
    hopper.page.get_by_role("button", name="Add 1 student").click()
    sheet = hopper.page.locator("#passwords")
    expect(sheet).to_contain_text("Grace Hopper")
    password = sheet.locator(".password").inner_text()
    hopper.page.emulate_media(media="print")
    expect(hopper.page.locator("header.bar")).to_be_hidden()
    expect(hopper.page.locator("#students")).to_be_hidden()
    expect(sheet.locator(".slip")).to_be_visible()
    hopper.page.emulate_media(media="screen")
    grace = enter(open_visitor, name, password)
    expect(grace.page.locator("#account")).to_contain_text("Grace Hopper")
    hopper.page.reload()
    expect(hopper.page.locator("#students")).to_contain_text("Grace Hopper")
    expect(hopper.page.locator("#passwords")).to_be_hidden()


def test_a_student_gets_a_new_password_and_leaves_the_class(
    hopper: Visitor, ada: Visitor, open_visitor: OpenVisitor
) -> None:
    """Each is asked once more before it is done."""
    _join_by_code(ada, _new_class(hopper))
    page = hopper.page
    page.get_by_role("link", name="Add students").first.click()
    page.get_by_role("button", name="New password for Ada").click()
    page.get_by_role("button", name="Make a new password").click()
    password = page.locator("#passwords .password").inner_text()
    enter(open_visitor, ada.name, password)
    page.get_by_role("button", name="I have them").click()
    page.get_by_role("button", name="Remove Ada").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator("#students")).to_contain_text("Nobody is in this class yet")


def test_a_student_leaves_by_themselves_and_the_teacher_sees_it(
    hopper: Visitor, ada: Visitor, open_visitor: OpenVisitor
) -> None:
    """After being asked once more: the row leaves the open page, the student's page closes, and it is said who left."""
    code = _new_class(hopper)
    _join_by_code(ada, code)
    address = hopper.page.url
    hopper.page.get_by_role("rowheader", name="Ada, online").click()
    hopper.page.locator("#to-student").click()
    expect(hopper.page.get_by_role("heading", name="Ada", exact=True)).to_be_visible()
    second = enter(open_visitor, "hopper")
    second.page.goto(address)
    expect(second.page.get_by_role("rowheader", name="Ada, online")).to_be_visible()
    ada.page.goto("/classes")
    ada.page.get_by_role("button", name=re.compile("^Leave")).click()
    asked = ada.page.get_by_role("dialog")
    expect(asked).to_contain_text("stay yours")
    asked.get_by_role("button", name="Leave the class").click()
    expect(ada.page.get_by_role("status").filter(has_text="You have left")).to_be_visible()
    expect(ada.page.get_by_text("You are in no class yet")).to_be_visible()
    expect(second.page.get_by_role("heading", name="Nobody is in this class yet")).to_be_visible()
    expect(hopper.page.get_by_role("heading", name="There is no such student")).to_be_visible()
    second.page.goto(f"{address}/students")
    expect(second.page.locator("#left")).to_contain_text(ada.name)


def test_what_is_set_is_seen_and_done(hopper: Visitor, ada: Visitor) -> None:
    """The student sees it above the curriculum and on the problem; the teacher's table follows."""
    _join_by_code(ada, _new_class(hopper))
    hopper.page.get_by_role("link", name="Assign").click()
    hopper.page.get_by_role("button", name="New assignment").click()
    hopper.page.get_by_label("Title").fill("Homework")
    hopper.page.get_by_label("Due (empty: whenever)").fill("2039-01-01T12:30")
    hopper.page.get_by_label("Countdown").check()
    hopper.page.get_by_role("button", name="Set it").click()
    hopper.page.get_by_role("button", name="Who has done it").click()
    table = hopper.page.get_by_role("region", name="Who has done it")
    expect(table).to_contain_text("not begun")
    ada.page.goto("/curriculum")
    card = ada.page.locator(".set", has_text="Homework")
    expect(card).to_contain_text(re.compile("Due .*12:30"))
    card.get_by_role("link", name="Countdown").click()
    expect(ada.page.locator(".set-line")).to_contain_text("Homework")
    _submit(ada, programs.RIGHT)
    expect(table).to_contain_text("✓ done")
    ada.page.goto("/curriculum")
    expect(card).to_contain_text("Done")


def test_an_archived_class_ends_for_its_students_and_comes_back(hopper: Visitor, ada: Visitor) -> None:
    """The teacher still reads it."""
    _join_by_code(ada, _new_class(hopper))
    hopper.page.get_by_role("link", name="Set-up").click()
    hopper.page.get_by_role("button", name="Archive this class").click()
    hopper.page.get_by_role("button", name="Archive it").click()
    expect(hopper.page.get_by_text("This class is archived")).to_be_visible()
    ada.page.goto("/classes")
    expect(ada.page.get_by_text("You are in no class yet")).to_be_visible()
    hopper.page.get_by_role("button", name="Bring it back").click()
    expect(hopper.page.get_by_role("heading", name="Join code")).to_be_visible()
    ada.page.reload()
    expect(ada.page.locator(".classes")).to_be_visible()
