"""What cannot be accepted is refused in plain words, and nothing is lost."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

TOO_LARGE = "#" * 100_001


def test_an_empty_program_is_refused(ada: Visitor) -> None:
    """With a word about what to do."""
    ada.open_problem()
    ada.write("   \n")
    ada.run()
    expect(ada.page.get_by_role("alert")).to_contain_text("There is no program yet.")


def test_a_program_above_the_limit_is_refused(ada: Visitor) -> None:
    """Neither run nor saved, and the editor still holds it."""
    ada.open_problem()
    ada.write(TOO_LARGE)
    ada.run()
    expect(ada.page.get_by_role("alert")).to_contain_text("too large: 100,001 bytes")
    expect(ada.saving).to_contain_text("too large")
    ada.write('print("short again")\n')
    expect(ada.saving).to_have_text("Saved just now")
    ada.run()
    expect(ada.console).to_contain_text("short again")


def test_input_above_the_limit_is_refused(ada: Visitor) -> None:
    """It says that it is the input."""
    ada.open_problem()
    ada.write("print(input())\n")
    ada.give(TOO_LARGE)
    ada.run()
    expect(ada.page.get_by_role("alert")).to_contain_text("The input is too large")


def test_much_more_than_the_limit_does_not_break_the_connection(ada: Visitor) -> None:
    """Five megabytes are cut before they are sent, and refused."""
    ada.open_problem()
    ada.give("x" * 5_000_000)
    ada.write("print(input())\n")
    ada.run()
    expect(ada.page.get_by_role("alert")).to_contain_text("The input is too large")


def test_an_unknown_problem_has_a_page_that_says_so(ada: Visitor) -> None:
    """And a way back."""
    ada.page.goto("/problem/no-such-problem")
    expect(ada.page.get_by_role("heading", name="There is no such problem")).to_be_visible()
    ada.page.get_by_role("link", name="Go to the curriculum").click()
    expect(ada.page.locator(".problem").first).to_be_visible()


def test_an_unknown_address_has_a_page_that_says_so(ada: Visitor) -> None:
    """With the status that belongs to it."""
    ada.expect_error("404")
    answer = ada.page.goto("/no/such/page")
    assert answer is not None
    assert answer.status == 404
    expect(ada.page.get_by_role("heading", name="There is no page at this address")).to_be_visible()
