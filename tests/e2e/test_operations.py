"""What an admin sees of the installation while it works, what they do to it, and what it costs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import programs, school
from tests.e2e.conftest import OpenVisitor
from tests.e2e.stuck_run import PRINTS
from tests.e2e.visitor import Visitor
from tests.instance import Instance

PAGES = ("/admin/operations", "/admin/cost")


def _admin(instance: Instance, open_visitor: OpenVisitor, path: str, **options: object) -> Visitor:
    admin = school.enter(open_visitor, school.make(instance).admin, **options)
    admin.page.goto(path)
    expect(admin.page.locator(".lines").first).to_be_visible()
    return admin


def _card(visitor: Visitor, heading: str) -> Locator:
    return visitor.page.locator(".card").filter(has=visitor.page.get_by_role("heading", name=heading, exact=True))


def _worker(visitor: Visitor, kind: str) -> Locator:
    return _card(visitor, "Workers").locator("tbody tr").filter(has_text=kind)


def test_an_admin_watches_a_run_without_reloading(instance: Instance, open_visitor: OpenVisitor, ada: Visitor) -> None:
    """The worker is at work while the program runs, and waits again with one run more afterwards."""
    admin = _admin(instance, open_visitor, "/admin/operations")
    worker = _worker(admin, "Runs")
    expect(worker).to_contain_text("waits for work")
    done = int(worker.locator("td").nth(2).inner_text())
    ada.open_problem()
    ada.write(programs.WAITS.format(seconds=4))
    ada.run()
    expect(worker).to_contain_text("at work")
    expect(ada.ending).to_be_visible()
    expect(worker).to_contain_text("waits for work")
    expect(worker.locator("td").nth(2)).to_have_text(str(done + 1))


def test_a_drained_worker_takes_nothing_until_it_resumes(
    instance: Instance, open_visitor: OpenVisitor, ada: Visitor
) -> None:
    """What is pressed meanwhile waits, is seen to wait, and runs by itself afterwards; the log says who did it."""
    admin = _admin(instance, open_visitor, "/admin/operations")
    worker = _worker(admin, "Runs")
    worker.get_by_role("button", name="Drain").click()
    admin.page.locator(".ask:popover-open").get_by_role("button", name="Drain it").click()
    try:
        expect(admin.page.get_by_role("status").filter(has_text="takes no new run")).to_be_visible()
        expect(worker).to_contain_text("drained")  # said by the worker itself
        ada.open_problem()
        ada.write("print('at last')")
        ada.run()
        expect(_card(admin, "Queues").locator("tbody tr").first.locator("td").first).to_have_text("1")
        expect(ada.ending).to_be_hidden()
    finally:
        worker.get_by_role("button", name="Resume").click()
    expect(worker.get_by_role("button", name="Drain")).to_be_visible()
    expect(ada.console).to_contain_text("at last")
    expect(_card(admin, "Queues").locator("tbody tr").first.locator("td").first).to_have_text("0")
    admin.page.get_by_role("link", name="Log").click()
    expect(admin.page.locator(".log tbody tr").filter(has_text="worker.resume").first).to_contain_text("run.1")
    expect(admin.page.locator(".log tbody tr").filter(has_text="worker.drain").first).to_contain_text("run.1")


def test_a_stuck_run_is_put_back_and_ends_before_its_students_eyes(
    instance: Instance, open_visitor: OpenVisitor, ada: Visitor
) -> None:
    """Its worker is gone; another one takes it, the student sees what it printed, and the log says who did it."""
    run_id = instance.command("tests.e2e.stuck_run", ada.name).strip()
    ada.open_problem()
    admin = _admin(instance, open_visitor, "/admin/operations")
    stuck = _card(admin, "Stuck runs")
    row = stuck.locator("tbody tr").filter(has_text=run_id)
    expect(row).to_contain_text("in the hands of gone-host.4711.run.1.1, attempt 1")
    expect(ada.ending).to_be_hidden()
    row.get_by_role("button", name="Put back").click()
    admin.page.locator(".ask:popover-open").get_by_role("button", name="Put it back").click()
    expect(admin.page.get_by_role("status").filter(has_text="in its queue again")).to_be_visible()
    expect(ada.console).to_contain_text(PRINTS)
    expect(ada.ending).to_contain_text("Finished")
    expect(row).to_have_count(0)
    admin.page.get_by_role("link", name="Log").click()
    expect(admin.page.locator(".log tbody tr").filter(has_text="run.put_back").first).to_contain_text(run_id)


def test_the_cost_page_answers_what_if(instance: Instance, open_visitor: OpenVisitor) -> None:
    """Another scenario, another number, and a mistyped one: 49 s a user and day, 225 s, 30 x 5 + 1 x 15 = 165 s."""
    admin = _admin(instance, open_visitor, "/admin/cost")
    seconds = _card(admin, "What follows").locator("tbody tr").first.locator("td").first
    expect(seconds).to_have_text("49.00")
    admin.page.get_by_role("button", name="Worst").click()
    expect(seconds).to_have_text("225.00")
    typed = admin.page.get_by_label("What if: submissions per active user and day")
    typed.fill("1")
    admin.page.get_by_role("button", name="Work it out").click()
    expect(seconds).to_have_text("165.00")
    typed.fill("many")
    admin.page.get_by_role("button", name="Work it out").click()
    expect(admin.page.get_by_role("alert")).to_contain_text("many")
    expect(seconds).to_have_text("165.00")


def test_the_cost_page_says_what_fits_and_where_the_documents_are_wrong(
    instance: Instance, open_visitor: OpenVisitor
) -> None:
    """Capacity in a sentence; section 4.3: 5.1 vCPUs around the clock, and 3,672 vCPU-hours a month."""
    admin = _admin(instance, open_visitor, "/admin/cost")
    expect(_card(admin, "What this installation carries")).to_contain_text("students can work at the same time")
    wrong = _card(admin, "Where the planning documents are wrong")
    expect(wrong).to_contain_text("5.1 vCPUs busy around the clock")
    expect(wrong).to_contain_text("3,672")
    bills = _card(admin, "Bills a month")
    bills.get_by_text("What the bills are made of").click()
    expect(bills.locator("tbody tr").filter(has_text="Runner (1x 2vCPU/4GB VPS)")).to_contain_text("$6–15")


@pytest.mark.parametrize("path", PAGES)
def test_a_teacher_is_refused(instance: Instance, open_visitor: OpenVisitor, path: str) -> None:
    """In words, and with nothing of the page."""
    teacher = school.enter(open_visitor, school.make(instance).teacher)
    teacher.page.goto(path)
    expect(teacher.page.get_by_role("alert")).to_contain_text("for the people who run this installation")
    assert teacher.page.locator("main table, main .figure").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_fault_of_accessibility(instance: Instance, open_visitor: OpenVisitor, path: str, scheme: str) -> None:
    """Charts and wide tables among it."""
    admin = _admin(instance, open_visitor, path, color_scheme=scheme)
    assert school.faults(admin) == []
