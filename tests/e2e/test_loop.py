"""The main loop: edit, run with input, see it happen, submit, and be told."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e import programs
from tests.e2e.visitor import Visitor


def test_a_student_runs_submits_and_makes_progress(ada: Visitor) -> None:
    """Register, run with input of one's own, submit wrong, submit right, and find it solved in the curriculum."""
    ada.open_problem()
    expect(ada.page.get_by_role("heading", name="Countdown")).to_be_visible()

    ada.write(programs.GREETS)
    ada.give("Ada\n")
    ada.run()
    expect(ada.console).to_have_text("Hello, Ada\n", use_inner_text=False)
    expect(ada.ending).to_contain_text("Finished")

    ada.write(programs.WRONG)
    ada.submit()
    expect(ada.ending).to_contain_text("tests pass")
    first = ada.page.locator(".row").first
    expect(first).to_contain_text("wrong answer")
    expect(first).to_contain_text("line 3: expected 1 but got Lift off!")
    expect(ada.page.locator("article .chip").first).to_contain_text("Tried")

    ada.write(programs.RIGHT)
    ada.submit()
    expect(ada.ending).to_contain_text("6 of 6 tests pass · 100 %")
    expect(ada.page.locator("p.solved")).to_contain_text("Every test passes.")
    expect(ada.page.locator("article .chip").first).to_contain_text("Solved")
    expect(ada.page.locator("#level-solved")).to_contain_text("1 of")

    ada.page.get_by_role("link", name="Curriculum").first.click()
    expect(ada.page.get_by_role("link", name="Countdown")).to_contain_text("Solved")


def test_output_is_there_before_the_program_ends(ada: Visitor) -> None:
    """What is printed first is on the screen while the program still sleeps."""
    ada.open_problem()
    ada.write(programs.WAITS.format(seconds=2))
    ada.run()
    expect(ada.console).to_contain_text("first")
    assert ada.page.get_by_role("button", name="Stop").is_visible()
    assert "second" not in ada.console.inner_text()
    expect(ada.console).to_contain_text("second")
    expect(ada.ending).to_contain_text("Finished")


def test_stop_ends_a_program(ada: Visitor) -> None:
    """Stop is there while it runs, and Run is there again afterwards."""
    ada.open_problem()
    ada.write(programs.WAITS.format(seconds=4))
    ada.run()
    expect(ada.console).to_contain_text("first")
    ada.page.get_by_role("button", name="Stop").click()
    expect(ada.ending).to_contain_text("Stopped", timeout=3_000)
    expect(ada.page.get_by_role("button", name="Run")).to_be_visible()
    expect(ada.console).not_to_contain_text("second")


def test_a_reload_in_the_middle_picks_the_run_up_again(ada: Visitor) -> None:
    """What was printed before the reload is there, and so is what comes after it."""
    ada.open_problem()
    ada.write(programs.WAITS.format(seconds=3))
    expect(ada.saving).to_have_text("Saved just now")
    ada.run()
    expect(ada.console).to_contain_text("first")
    ada.page.reload()
    expect(ada.console).to_contain_text("first")
    expect(ada.page.get_by_role("button", name="Stop")).to_be_visible()
    expect(ada.console).to_contain_text("second")
    expect(ada.ending).to_contain_text("Finished")
    expect(ada.editor).to_contain_text("time.sleep(3)")


def test_errors_are_told_apart_and_point_at_their_line(ada: Visitor) -> None:
    """Standard error looks different, the reason is in words, and the editor marks the line."""
    ada.open_problem()
    ada.write(programs.BREAKS)
    ada.run()
    expect(ada.ending).to_contain_text("Stopped by an error")
    expect(ada.console.locator(".stdout")).to_contain_text("before")
    expect(ada.console.locator(".stderr").first).to_contain_text("careful")
    expect(ada.page.locator("#explanation")).to_contain_text("on line 5")
    expect(ada.page.locator(".cm-error-line")).to_have_text("print(numbers[3])")
    ada.editor.press("Control+End")
    ada.page.keyboard.type("# changed")
    expect(ada.page.locator(".cm-error-line")).to_have_count(0)


def test_hidden_tests_give_nothing_away(ada: Visitor) -> None:
    """No row of a hidden test can be opened, and nothing of its content came over the websocket."""
    ada.open_problem("name-badge")
    ada.write('name = input()\nprint("Secret?", name)\n')
    ada.submit()
    expect(ada.ending).to_contain_text("tests pass")
    hidden = ada.page.locator(".row", has_text="Hidden")
    assert hidden.count() > 0
    assert hidden.locator("details").count() == 0


def test_much_output_stays_fluid(ada: Visitor) -> None:
    """A program that prints until the limit is cut there, and the page answers at once."""
    ada.open_problem("step-counter")
    ada.write("i = 0\nwhile True:\n    print(i, 'x' * 20)\n    i += 1\n")
    ada.run()
    expect(ada.ending).to_contain_text("Printed too much")
    expect(ada.console).to_contain_text("100 xxxxxxxxxxxxxxxxxxxx")
    ada.page.get_by_role("button", name="Tests", exact=True).click()
    expect(ada.page.get_by_text("Press Submit, and every test gets a row here.")).to_be_visible(timeout=2_000)


def test_a_second_press_changes_nothing(ada: Visitor) -> None:
    """While a program runs, the shortcut starts no other one."""
    ada.open_problem()
    ada.write(programs.WAITS.format(seconds=1))
    ada.run()
    expect(ada.console).to_contain_text("first")
    ada.page.keyboard.press("Control+Enter")
    ada.page.keyboard.press("Control+Shift+Enter")
    expect(ada.ending).to_contain_text("Finished")
    expect(ada.console).to_have_text("first\nsecond\n", use_inner_text=False)


def test_a_double_click_on_run_does_not_stop_it(ada: Visitor) -> None:
    """The second click comes where Stop has just appeared."""
    ada.open_problem()
    ada.write(programs.WAITS.format(seconds=1))
    ada.page.get_by_role("button", name="Run").dblclick(delay=30)
    expect(ada.ending).to_contain_text("Finished")
    expect(ada.console).to_have_text("first\nsecond\n", use_inner_text=False)


def test_the_longest_line_stays_fluid(ada: Visitor) -> None:
    """A quarter of a megabyte without a single line end."""
    ada.open_problem("step-counter")
    ada.write("print('x' * 200_000)\n")
    ada.run()
    expect(ada.ending).to_be_visible()
    ada.page.get_by_role("button", name="Tests", exact=True).click()
    expect(ada.page.get_by_text("Press Submit, and every test gets a row here.")).to_be_visible(timeout=2_000)


def test_hints_come_one_by_one(ada: Visitor) -> None:
    """Nobody sees the last hint before the first."""
    ada.open_problem()
    assert ada.page.locator(".hint").count() == 0
    ada.page.get_by_role("button", name="Show a hint").click()
    expect(ada.page.locator(".hint")).to_have_count(1)
    ada.page.get_by_role("button", name="Show the next hint").click()
    expect(ada.page.locator(".hint")).to_have_count(2)


def test_start_again_asks_first_and_can_be_undone(ada: Visitor) -> None:
    """The starter code comes back after a question, and Ctrl-Z brings the typing back."""
    ada.open_problem()
    ada.write(programs.RIGHT)
    ada.page.get_by_role("button", name="Start again").click()
    ada.page.get_by_role("button", name="Keep my program").click()
    expect(ada.editor).to_contain_text("range(n, 0, -1)")
    ada.page.get_by_role("button", name="Start again").first.click()
    ada.page.get_by_role("dialog").get_by_role("button", name="Start again").click()
    expect(ada.editor).to_contain_text("# Count down from n to 1")
    ada.editor.press("Control+z")
    expect(ada.editor).to_contain_text("range(n, 0, -1)")
