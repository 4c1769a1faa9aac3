"""Earlier programs opened, compared and brought back; a teacher looks, writes and watches, with nothing reloaded."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e import programs, school
from tests.e2e.conftest import OpenVisitor
from tests.e2e.visitor import Visitor
from tests.instance import Instance

LATER = 'print("later")\n'


def _press_both(ada: Visitor) -> None:
    """A Run, then a Submit of another program."""
    ada.open_problem()
    ada.write('print("earlier")\n')
    ada.run()
    expect(ada.ending).to_contain_text("Finished")
    ada.write(LATER)
    ada.submit()
    expect(ada.ending).to_contain_text("tests pass")


def test_an_earlier_program_is_opened_compared_and_brought_back(ada: Visitor) -> None:
    """And what stood in the editor is there again with one press."""
    _press_both(ada)
    ada.page.locator("#to-history").click()
    rows = ada.page.locator(".work-row")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Submit")
    rows.nth(1).locator(".work-open").click()
    expect(ada.page.get_by_role("textbox", name="Program")).to_contain_text("earlier")
    expect(ada.page.get_by_role("region", name="Output")).to_contain_text("earlier")
    for row in (rows.nth(0), rows.nth(1)):
        row.get_by_role("button", name="Compare").click()
    expect(ada.page.locator(".diff-line.changed .left-side mark")).to_have_text("earli")
    expect(ada.page.locator(".diff-line.changed .right-side mark")).to_have_text("lat")
    assert school.faults(ada) == []
    rows.nth(1).locator(".work-open").click()
    ada.page.locator("#restore").click()
    expect(ada.editor).to_contain_text("earlier")
    ada.page.locator("#bring-back").click()
    expect(ada.editor).to_contain_text("later")
    ada.page.get_by_role("button", name="Keep this one").click()
    expect(ada.page.locator("#set-aside")).to_have_count(0)
    ada.page.reload()
    expect(ada.editor).to_contain_text("later")
    expect(ada.page.locator("#set-aside")).to_have_count(0)


def test_a_comment_is_seen_and_answered_without_reloading(instance: Instance, open_visitor: OpenVisitor) -> None:
    """On the page of the problem, with a mark in the frame of every other page."""
    made = school.make(instance)
    hopper, ada = school.enter(open_visitor, made.teacher), school.enter(open_visitor, made.students[0])
    hopper.page.goto(f"/student/{made.student_id}?problem=countdown")
    expect(hopper.page.locator("#problem-shown")).to_have_text("Countdown")
    hopper.page.get_by_label("Write to the student").fill("Look at <b>line 3</b>.")
    hopper.page.locator("#send-comment").click()
    expect(hopper.page.locator(".comment")).to_contain_text("Look at <b>line 3</b>.")
    expect(ada.page.locator("#unread")).to_contain_text("1")
    ada.page.locator("#unread").click()
    expect(ada.page.locator(".comment")).to_contain_text("Ms Hopper")
    expect(ada.page.locator("#unread")).to_have_count(0)
    expect(hopper.page.locator(".comment")).to_contain_text("read")
    ada.page.get_by_label("Write to your teachers").fill("Thank you!")
    ada.page.locator("#send-comment").click()
    expect(hopper.page.locator(".comment")).to_have_count(2)
    expect(hopper.page.locator(".comment").nth(1)).to_contain_text("Thank you!")
    expect(ada.page.get_by_label("Write to your teachers")).to_have_value("")


def test_one_run_is_talked_about_where_it_is_looked_at(instance: Instance, open_visitor: OpenVisitor) -> None:
    """The comment leads the student to that run in their history; they answer there, and nobody loads a page again."""
    made = school.make(instance)
    hopper, ada = school.enter(open_visitor, made.teacher), school.enter(open_visitor, made.students[0])
    _press_both(ada)
    hopper.page.goto(f"/student/{made.student_id}?problem=countdown")
    rows = hopper.page.locator(".work-row")
    expect(rows).to_have_count(3)
    rows.nth(1).locator(".work-open").click()
    hopper.page.get_by_label("Write to the student about this run").fill("Why earlier?")
    hopper.page.locator("#send-run-comment").click()
    expect(hopper.page.locator("#said .comment")).to_contain_text("Why earlier?")
    expect(rows.nth(1)).to_contain_text("1 comment")
    expect(hopper.page.locator("#comments .comment")).to_contain_text("About the Run of")
    ada.page.locator(".comment-about").click()
    expect(ada.page.get_by_role("textbox", name="Program")).to_contain_text("earlier")
    expect(ada.page.locator("#said .comment")).to_contain_text("Why earlier?")
    ada.page.get_by_label("Write to your teachers about this run").fill("It came first.")
    ada.page.locator("#send-run-comment").click()
    expect(hopper.page.locator("#said .comment").nth(1)).to_contain_text("It came first.")
    assert (school.faults(hopper), school.faults(ada)) == ([], [])
    rows.nth(0).locator(".work-open").click()
    expect(hopper.page.locator("#said .comment")).to_have_count(0)


def test_a_teacher_sees_new_work_and_compares_it(instance: Instance, open_visitor: OpenVisitor) -> None:
    """The history grows while the page is open."""
    made = school.make(instance)
    hopper, ada = school.enter(open_visitor, made.teacher), school.enter(open_visitor, made.students[0])
    hopper.page.goto(f"/student/{made.student_id}")
    expect(hopper.page.locator(".work-row")).to_have_count(5)
    hopper.page.get_by_role("button", name="Countdown").first.click()
    expect(hopper.page.locator(".work-row")).to_have_count(1)
    _press_both(ada)
    rows = hopper.page.locator(".work-row")
    expect(rows).to_have_count(3)
    for row in (rows.nth(0), rows.nth(1)):
        row.get_by_role("button", name="Compare").click()
    expect(hopper.page.locator(".diff-line.changed")).to_have_count(1)
    expect(hopper.page.locator("#restore")).to_have_count(0)
    rows.nth(2).locator(".work-open").click()
    expect(hopper.page.locator("#expired")).to_be_visible()
    assert school.faults(hopper) == []


def test_a_draft_is_watched_only_where_the_class_allows_it(instance: Instance, open_visitor: OpenVisitor) -> None:
    """The student is told, and it ends when the setting does."""
    made = school.make(instance)
    hopper, ada = school.enter(open_visitor, made.teacher), school.enter(open_visitor, made.students[0])
    ada.open_problem()
    ada.write("# first thoughts\n")
    expect(ada.saving).to_contain_text("Saved")
    expect(ada.page.locator("#watched")).to_have_count(0)
    address = f"/student/{made.student_id}?problem=countdown"
    hopper.page.goto(address)
    expect(hopper.page.locator("#problem-shown")).to_be_visible()
    expect(hopper.page.locator("#watch")).to_have_count(0)
    _set_watching(hopper, made.class_id)
    hopper.page.goto(address)
    hopper.page.locator("#watch").click()
    draft = hopper.page.get_by_role("textbox", name="The student's draft")
    expect(draft).to_contain_text("first thoughts")
    expect(ada.page.locator("#watched")).to_be_visible()  # at once, without a key being pressed
    ada.write(programs.RIGHT + "# second thoughts\n")
    expect(draft).to_contain_text("second thoughts")
    expect(ada.page.locator("#watched")).to_contain_text(f"Your teachers in Class {made.name} can see what you type.")
    _set_watching(school.enter(open_visitor, made.teacher), made.class_id)  # on another device
    ada.write("# secret thoughts\n")
    expect(hopper.page.get_by_role("alert").first).to_contain_text("No class that you share")
    expect(draft).to_have_count(0)
    expect(ada.page.locator("#watched")).to_have_count(0)


def _set_watching(hopper: Visitor, class_id: int) -> None:
    """Turn the class's setting over, as a teacher does."""
    hopper.page.goto(f"/class/{class_id}/manage")
    hopper.page.locator('input[name="drafts_watched"]').click()
    hopper.page.get_by_role("button", name="Save the settings").click()
    expect(hopper.page.get_by_text("The settings are saved.")).to_be_visible()
