"""The same student on two devices: progress, drafts and runs follow them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e import programs
from tests.e2e.conftest import OpenVisitor
from tests.e2e.visitor import Visitor


def _second_device(ada: Visitor, open_visitor: OpenVisitor) -> Visitor:
    other = open_visitor()
    other.page.goto("/sign-in")
    other.sign_in(ada.name)
    other.page.wait_for_url("**/curriculum")
    return other


def test_progress_appears_on_the_other_device_without_reloading(ada: Visitor, open_visitor: OpenVisitor) -> None:
    """The curriculum stays open there and changes by itself."""
    other = _second_device(ada, open_visitor)
    card = other.page.get_by_role("link", name="Countdown")
    other.page.get_by_role("button", name="11–13").click()
    expect(card).to_contain_text("Not started")
    ada.open_problem()
    ada.write(programs.WRONG)
    ada.submit()
    expect(card).to_contain_text("Tried")
    expect(ada.page.get_by_role("button", name="Submit")).to_be_enabled()
    ada.write(programs.RIGHT)
    ada.submit()
    expect(card).to_contain_text("Solved")


def test_the_draft_is_there_on_the_other_device(ada: Visitor, open_visitor: OpenVisitor) -> None:
    """Program and input, as they were typed."""
    ada.open_problem()
    ada.write("# from the first device\n")
    ada.give("forty-two\n")
    expect(ada.saving).to_have_text("Saved just now")
    other = _second_device(ada, open_visitor)
    other.open_problem()
    expect(other.editor).to_contain_text("# from the first device")
    other.page.get_by_role("button", name="Input", exact=True).click()
    expect(other.page.locator("#input")).to_have_value("forty-two\n")


def test_a_run_is_seen_and_stopped_from_the_other_device(ada: Visitor, open_visitor: OpenVisitor) -> None:
    """Both pages show the same program at work."""
    other = _second_device(ada, open_visitor)
    other.open_problem()
    ada.open_problem()
    ada.write(programs.WAITS.format(seconds=4))
    ada.run()
    expect(other.console).to_contain_text("first")
    other.page.get_by_role("button", name="Stop").click()
    expect(ada.ending).to_contain_text("Stopped")
    expect(other.ending).to_contain_text("Stopped")


def test_another_student_sees_nothing_of_it(ada: Visitor, open_visitor: OpenVisitor) -> None:
    """Neither output nor draft of one reaches another's page."""
    alan = open_visitor()
    alan.register("alan")
    alan.open_problem()
    ada.open_problem()
    ada.write('print("only for Ada")\n')
    ada.run()
    expect(ada.console).to_contain_text("only for Ada")
    alan.page.reload()
    expect(alan.editor).to_be_visible()
    assert [frame for frame in alan.frames if "only for Ada" in frame] == []
