"""What admins do on their pages, and what everybody does on the page of their own account."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import school
from tests.e2e.conftest import OpenVisitor
from tests.e2e.visitor import PASSWORD, Visitor, fresh
from tests.instance import Instance


def _row(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator(".people > li").filter(has_text=name)


def _confirm(visitor: Visitor, row: Locator, label: str, yes: str) -> None:
    row.locator("summary").click()
    row.get_by_role("button", name=label, exact=True).click()
    visitor.page.locator(".ask:popover-open").get_by_role("button", name=yes, exact=True).click()


def _find(visitor: Visitor, name: str) -> Locator:
    visitor.page.get_by_label("Name", exact=True).fill(name)
    visitor.page.get_by_role("button", name="Search").click()
    row = _row(visitor, name)
    expect(row).to_have_count(1)
    return row


def test_an_admin_raises_somebody_and_the_log_says_so(instance: Instance, open_visitor: OpenVisitor) -> None:
    """The new teacher may do at once what teachers may."""
    made = school.make(instance)
    admin = school.enter(open_visitor, made.admin)
    admin.page.goto("/admin/users")
    _confirm(admin, _find(admin, made.students[0]), "Make a teacher", "Make a teacher")
    expect(admin.page.get_by_role("status").filter(has_text="is a teacher now")).to_be_visible()
    expect(_row(admin, made.students[0])).to_contain_text("teacher")
    ada = school.enter(open_visitor, made.students[0])
    ada.page.goto("/classes")
    expect(ada.page.get_by_role("heading", name="Make a class")).to_be_visible()
    admin.page.get_by_role("link", name="Log").click()
    admin.page.get_by_label("Person").fill(made.students[0])
    admin.page.get_by_role("button", name="Search").click()
    expect(admin.page.locator(".log tbody tr").filter(has_text="role.change")).to_contain_text("student to teacher")


def test_who_is_deleted_is_gone(instance: Instance, open_visitor: OpenVisitor) -> None:
    """From the list, from signing in, and by name from the log."""
    made = school.make(instance)
    admin = school.enter(open_visitor, made.admin)
    admin.page.goto("/admin/users")
    _confirm(admin, _find(admin, made.students[1]), "Delete", "Delete everything")
    expect(admin.page.get_by_text("They are deleted")).to_be_visible()
    expect(_row(admin, made.students[1])).to_have_count(0)
    alan = open_visitor()
    alan.page.goto("/sign-in")
    alan.sign_in(made.students[1])
    expect(alan.page.get_by_role("alert")).to_contain_text("do not match")
    admin.page.goto("/admin/audit")
    expect(admin.page.locator(".log tbody tr").filter(has_text="person.delete").first).to_contain_text("deleted person")


def test_a_new_account_gets_in_with_the_password_that_was_shown(instance: Instance, open_visitor: OpenVisitor) -> None:
    """Shown once: a reload shows nothing of it."""
    made, name = school.make(instance), fresh("grace")
    admin = school.enter(open_visitor, made.admin)
    admin.page.goto("/admin/users")
    admin.page.get_by_label("Name to sign in with").fill(name)
    admin.page.get_by_role("button", name="Make the account").click()
    password = admin.page.locator("#new-password").inner_text()
    admin.page.reload()
    expect(admin.page.get_by_role("button", name="Search")).to_be_visible()
    expect(admin.page.locator("#new-password")).to_have_count(0)
    grace = open_visitor()
    grace.page.goto("/sign-in")
    grace.sign_in(name, password)
    grace.page.wait_for_url("**/curriculum")


def test_an_admin_gives_a_class_another_teacher_and_ends_it(instance: Instance, open_visitor: OpenVisitor) -> None:
    """Whoever taught it may be gone."""
    made = school.make(instance)
    admin = school.enter(open_visitor, made.admin)
    admin.page.goto("/admin/classes")
    row = _row(admin, f"Class {made.name}")
    row.locator("summary").click()
    row.get_by_label(f"Another teacher for Class {made.name}").fill(made.admin)
    row.get_by_role("button", name="Add the teacher").click()
    expect(row).to_contain_text("Lovelace")
    row.get_by_role("button", name="Archive", exact=True).click()
    admin.page.locator(".ask:popover-open").get_by_role("button", name="Archive it").click()
    expect(_row(admin, f"Class {made.name}")).to_contain_text("archived")


def test_others_see_nothing_of_it(instance: Instance, open_visitor: OpenVisitor) -> None:
    """A teacher is told that these pages are not theirs."""
    made = school.make(instance)
    teacher = school.enter(open_visitor, made.teacher)
    for path in ("/admin/users", "/admin/classes", "/admin/audit"):
        teacher.page.goto(path)
        expect(teacher.page.get_by_role("alert")).to_contain_text("for the people who run this installation")
        assert teacher.page.locator(".people li, .log tr").count() == 0


def test_a_password_is_changed_and_other_browsers_are_out(ada: Visitor, open_visitor: OpenVisitor) -> None:
    """The one where it was changed goes on."""
    elsewhere = school.enter(open_visitor, ada.name)
    ada.page.goto("/account")
    ada.page.get_by_label("Current password").fill(PASSWORD)
    ada.page.get_by_label("New password", exact=True).fill("battery staple")
    ada.page.get_by_label("New password, once more").fill("battery staple")
    ada.page.get_by_role("button", name="Change the password").click()
    expect(ada.page.get_by_text("Your password is changed")).to_be_visible()
    elsewhere.page.goto("/account")
    elsewhere.page.wait_for_url("**/sign-in?**")


def test_one_takes_ones_data_along_and_goes(ada: Visitor, tmp_path: Path) -> None:
    """The file is whole; afterwards there is nobody of that name."""
    ada.page.goto("/account")
    with ada.page.expect_download() as downloading:
        ada.page.get_by_role("link", name="Download my data").click()
    downloading.value.save_as(tmp_path / "data.json")
    data = json.loads((tmp_path / "data.json").read_text())
    assert (data["profile"]["name"], data["runs"]) == (ada.name, [])
    ada.page.get_by_text("Delete my account").click()
    ada.page.get_by_label("Your password").fill(PASSWORD)
    ada.page.get_by_role("button", name="Delete everything, for good").click()
    expect(ada.page.locator("#sign-in-link")).to_be_visible()
    ada.page.goto("/sign-in")
    ada.sign_in(ada.name)
    expect(ada.page.get_by_role("alert")).to_contain_text("do not match")


def test_a_wrong_password_deletes_nobody(ada: Visitor) -> None:
    """Said on the page, and one is still there."""
    ada.page.goto("/account")
    ada.page.get_by_text("Delete my account").click()
    ada.page.get_by_label("Your password").fill("a guess at it")
    ada.page.get_by_role("button", name="Delete everything, for good").click()
    expect(ada.page.get_by_role("alert")).to_contain_text("not your current password")
    expect(ada.page.locator("#account")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_for_admins_has_an_accessibility_fault(
    instance: Instance, open_visitor: OpenVisitor, scheme: str
) -> None:
    """With a row opened, where most buttons are."""
    made = school.make(instance)
    admin = school.enter(open_visitor, made.admin, color_scheme=scheme)
    found = {}
    for path in ("/admin/users", "/admin/classes", "/admin/audit", "/account"):
        admin.page.goto(path)
        expect(admin.page.locator(".form-card").first).to_be_visible()
        if admin.page.locator("details.changes").count():
            admin.page.locator("details.changes summary").first.click()
        found[path] = school.faults(admin)
    assert {path: faults for path, faults in found.items() if faults} == {}
