"""By keyboard alone, on a telephone, in the dark, and with the help of machines that read aloud."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import programs
from tests.e2e.conftest import OpenVisitor
from tests.e2e.school import faults
from tests.e2e.visitor import PASSWORD, PHONE, Visitor, fresh


def _tab_to(visitor: Visitor, name: str, most: int = 40) -> None:
    """Press Tab until something of that name has the focus."""
    for _ in range(most):
        visitor.page.keyboard.press("Tab")
        focused = "document.activeElement?.getAttribute('aria-label') || document.activeElement?.innerText || ''"
        if name in visitor.page.evaluate(focused):
            return
    raise AssertionError(f"{name} cannot be reached with Tab")


def test_everything_can_be_done_without_a_mouse(open_visitor: OpenVisitor) -> None:
    """Register, open a problem, write, leave the editor, run and submit."""
    ada = open_visitor()
    ada.page.goto("/register")
    ada.page.get_by_label("Name to sign in with").focus()
    for words in (fresh("ada"), "Ada", PASSWORD):
        ada.page.keyboard.type(words)
        ada.page.keyboard.press("Tab")
    ada.page.keyboard.press("Enter")
    ada.page.wait_for_url("**/curriculum")
    expect(ada.page.locator(".age").first).to_be_visible()
    _tab_to(ada, "11–13")
    ada.page.keyboard.press("Enter")
    expect(ada.page.get_by_role("link", name="Countdown")).to_be_visible()
    _tab_to(ada, "Countdown")
    ada.page.keyboard.press("Enter")
    expect(ada.editor).to_be_visible()
    _tab_to(ada, "Your program")
    ada.page.keyboard.press("Control+a")
    ada.page.keyboard.insert_text(programs.RIGHT)
    ada.page.keyboard.press("Control+Enter")
    expect(ada.ending).to_contain_text("Finished")
    ada.page.keyboard.press("Escape")
    _tab_to(ada, "Submit", most=3)
    ada.page.keyboard.press("Enter")
    expect(ada.ending).to_contain_text("6 of 6 tests pass")


def test_tab_indents_inside_the_editor(ada: Visitor) -> None:
    """It leaves the editor after Escape only."""
    ada.open_problem()
    ada.write("if True:\n")
    ada.page.keyboard.press("Tab")
    ada.page.keyboard.type("pass")
    expect(ada.editor).to_contain_text("    pass")
    expect(ada.editor).to_be_focused()


def test_on_a_telephone_three_parts_are_tabs(open_visitor: OpenVisitor) -> None:
    """The problem, the code, the result; pressing Run shows the result; nothing is wider than the screen."""
    ada = open_visitor(**PHONE)
    ada.register("ada")
    ada.open_problem_on_phone()
    expect(ada.page.get_by_role("heading", name="Countdown")).to_be_visible()
    ada.page.get_by_role("button", name="Code", exact=True).click()
    expect(ada.editor).to_be_visible()
    found = faults(ada)
    ada.write(programs.RIGHT)
    ada.run()
    expect(ada.console).to_contain_text("Lift off!")
    expect(ada.editor).to_be_hidden()
    assert (found, faults(ada)) == ([], [])
    for path in ("/", "/sign-in", "/register", "/curriculum", "/problem/countdown"):
        ada.page.goto(path)
        expect(ada.page.locator("main")).to_be_visible()
        assert ada.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_dark_is_dark_from_the_first_picture_on(open_visitor: OpenVisitor) -> None:
    """A device that asks for dark gets it before any script of ours runs; a choice is kept."""
    ada = open_visitor(color_scheme="dark")
    ada.page.goto("/", wait_until="commit")
    ada.page.wait_for_selector("body", state="attached")
    assert "dark" in ada.page.evaluate("document.documentElement.className")
    ada.page.get_by_role("button", name="Light").click()
    expect(ada.page.locator("html")).to_have_class("light")
    ada.page.reload()
    expect(ada.page.get_by_role("button", name="Light")).to_have_attribute("aria-pressed", "true")
    expect(ada.page.locator("html")).to_have_class("light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_fault(scheme: str, open_visitor: OpenVisitor) -> None:
    """Checked by axe on every page, in both looks, with a finished submission on the workspace."""
    ada = open_visitor(color_scheme=scheme)
    found: dict[str, list[str]] = {}
    for path in ("/", "/sign-in", "/register"):
        ada.page.goto(path)
        expect(ada.page.locator("#sign-in-link")).to_be_visible()
        found[path] = faults(ada)
    ada.register("ada")
    expect(ada.page.locator(".problem").first).to_be_visible()
    found["/curriculum"] = faults(ada)
    ada.open_problem()
    ada.page.get_by_role("button", name="Show a hint").click()
    ada.write(programs.WRONG)
    ada.give("3\n")
    ada.submit()
    expect(ada.ending).to_contain_text("tests pass")
    found["workspace, tests"] = faults(ada)
    ada.write(programs.BREAKS)
    ada.run()
    expect(ada.ending).to_contain_text("Stopped by an error")
    found["workspace, output"] = faults(ada)
    ada.page.locator("#account").click()
    found["menu"] = faults(ada)
    assert {place: list_ for place, list_ in found.items() if list_} == {}


def test_a_long_name_fits(open_visitor: OpenVisitor) -> None:
    """Nothing is pushed out of the bar."""
    ada = open_visitor()
    ada.register("ada", display_name="Augusta Ada King, Countess of Lovelace")
    ada.open_problem()
    assert ada.page.evaluate("document.documentElement.scrollWidth") <= 1360
    expect(ada.page.locator("#account")).to_be_in_viewport(ratio=1)
