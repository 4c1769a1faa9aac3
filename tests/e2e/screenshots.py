"""``python -m tests.e2e.screenshots FOLDER``: a picture of every page, light, dark and on a telephone, to look at."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e import programs
from tests.e2e.conftest import FLAGS
from tests.e2e.visitor import PASSWORD, Visitor, fresh
from tests.instance import Instance, running_instance

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}


def take(browser: Browser, origin: str, folder: Path) -> None:
    """Walk through the platform once for each look."""
    for look, options in LOOKS.items():
        ada = Visitor(browser, origin, **options)

        def save(name: str, ada: Visitor = ada, look: str = look) -> None:
            if name != "menu":
                ada.page.mouse.move(690, 62)  # over nothing
            ada.page.wait_for_timeout(250)  # fonts and the last movement
            ada.page.screenshot(path=folder / f"{name}-{look}.png")

        for name, path in (("landing", "/"), ("sign-in", "/sign-in"), ("register", "/register"), ("lost", "/no/page")):
            ada.page.goto(path)
            expect(ada.page.locator("#sign-in-link")).to_be_visible()
            save(name)
        ada.register("ada")
        ada.page.goto("/problem/countdown")
        expect(ada.page.get_by_role("heading", name="Countdown")).to_be_visible()
        ada.page.get_by_role("button", name="Show a hint").click()
        save("problem")
        code = ada.page.get_by_role("button", name="Code", exact=True)
        if code.is_visible():
            code.click()
        ada.write(programs.WRONG)
        save("code")
        ada.submit()
        expect(ada.ending).to_contain_text("tests pass")
        save("workspace")
        for name, source, said in (
            ("running", programs.WAITS.format(seconds=2), "first"),
            ("error", programs.BREAKS, "IndexError"),
        ):
            if code.is_visible():
                code.click()
            ada.write(source)
            ada.run()
            expect(ada.console).to_contain_text(said)
            save(name)
            expect(ada.ending).to_be_visible()
        if code.is_visible():
            code.click()
        ada.write(programs.RIGHT)
        ada.submit()
        expect(ada.page.locator("p.solved")).to_be_visible()
        save("solved")
        ada.page.locator("#to-history").click()
        rows = ada.page.locator(".work-row")
        expect(rows).to_have_count(4)
        save("history")
        rows.nth(0).locator(".work-open").click()
        expect(ada.page.locator("#restore")).to_be_visible()
        save("history-run")
        for row in (rows.nth(0), rows.nth(3)):
            row.get_by_role("button", name="Compare").click()
        expect(ada.page.locator(".diff-line").first).to_be_visible()
        save("history-comparison")
        ada.page.goto("/problem/step-counter/history")
        expect(ada.page.locator(".work-list .empty")).to_be_visible()
        save("history-empty")
        ada.page.locator("#account").click()
        save("menu")
        ada.page.goto("/curriculum")
        expect(ada.page.locator(".problem").first).to_be_visible()
        save("curriculum")
        ada.close()


def take_classes(browser: Browser, instance: Instance, folder: Path) -> None:
    """The pages about classes, with three students and with forty."""
    classes = {count: json.loads(instance.command("tests.e2e.class_at_work", str(count))) for count in (3, 40)}
    for look, options in LOOKS.items():
        hopper = Visitor(browser, instance.origin, **options)

        def save(name: str, who: Visitor = hopper, look: str = look) -> None:
            who.page.wait_for_timeout(250)
            who.page.screenshot(path=folder / f"{name}-{look}.png", full_page=look == "phone")

        hopper.page.goto("/sign-in")
        hopper.sign_in("hopper")
        hopper.page.wait_for_url("**/curriculum")
        hopper.page.goto("/classes")
        expect(hopper.page.locator(".classes").first).to_be_visible()
        save("classes")
        for count, made in classes.items():
            hopper.page.goto(f"/class/{made['class_id']}")
            expect(hopper.page.locator("td.cell.stuck").first).to_be_visible()
            save(f"class-{count}")
        hopper.page.locator("td.cell.stuck").first.click()
        expect(hopper.page.get_by_role("dialog")).to_be_visible()
        save("class-square")
        for end in ("students", "assignments", "manage"):
            hopper.page.goto(f"/class/{classes[3]['class_id']}/{end}")
            expect(hopper.page.locator("h1")).to_be_visible()
            save(f"class-{end}")
        hopper.page.get_by_role("button", name="Show it large").click()
        save("class-code")
        _take_student(hopper, classes[3], save)
        hopper.close()
        member = classes[3]["students"][0]
        ada = Visitor(browser, instance.origin, **options)
        ada.page.goto("/sign-in")
        ada.sign_in(member["name"], member["password"])
        ada.page.wait_for_url("**/curriculum")
        for name, path, there in (
            ("my-classes", "/classes", ".joined"),
            ("join", f"/join/{classes[40]['code']}", "#join"),
            ("account-page", "/account", "h1"),
        ):
            ada.page.goto(path)
            expect(ada.page.locator(there).first).to_be_visible()
            save(name, ada)
        ada.close()


def _take_student(hopper: Visitor, made: dict[str, Any], save: Callable[[str], None]) -> None:
    """A teacher's page of a student who is stuck: all of it, one problem, one run with what is said about it."""
    page, alan = hopper.page, made["students"][1]
    page.goto(f"/student/{alan['id']}")
    expect(page.locator(".work-row").first).to_be_visible()
    save("student")
    page.locator(".step.stuck").first.click()
    expect(page.locator("#problem-shown")).to_be_visible()
    page.locator(".work-open").first.click()
    if page.locator(".work-said").count() == 0:
        page.get_by_label("Write to the student about this run").fill("Look at the index of the last round.")
        page.locator("#send-run-comment").click()
    expect(page.locator("#comments .comment").first).to_be_visible()
    save("student-run")


def take_reports(browser: Browser, instance: Instance, folder: Path) -> None:
    """What teachers take along, what admins see, and every page while there is nothing on it yet; with long names."""
    made = json.loads(instance.command("tests.e2e.seed", "reports"))
    room, student = f"/class/{made['class_id']}", f"/student/{made['student_id']}"
    for look, options in LOOKS.items():
        for who, pages in (
            (made["teacher"], {"report": f"{room}/report", "class-summary": f"{room}/summary",
                               "student-summary": f"{student}/summary", "class-long-names": f"{room}/students"}),
            (made["admin"], {"admin-users": "/admin/users", "admin-classes": "/admin/classes",
                             "admin-log": "/admin/audit"}),
        ):  # fmt: skip
            visitor = Visitor(browser, instance.origin, **options)
            visitor.page.goto("/sign-in")
            visitor.sign_in(who)
            visitor.page.wait_for_url("**/curriculum")
            for name, path in pages.items():
                visitor.page.goto(path)
                expect(visitor.page.locator("h1").first).to_be_visible()
                visitor.page.wait_for_timeout(250)
                visitor.page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)
            visitor.close()
        _take_empty(Visitor(browser, instance.origin, **options), instance, folder, look)


def _take_empty(teacher: Visitor, instance: Instance, folder: Path, look: str) -> None:
    """The first minutes of a teacher."""
    name = fresh("perlis")
    instance.command(
        "coderunner_core", "users", "create", name, "--role", "teacher", "--password-stdin", stdin=f"{PASSWORD}\n"
    )
    page = teacher.page
    page.goto("/sign-in")
    teacher.sign_in(name)
    page.wait_for_url("**/curriculum")
    page.goto("/classes")
    expect(page.locator(".empty")).to_be_visible()
    page.screenshot(path=folder / f"classes-empty-{look}.png")
    page.get_by_label("Name of the class").fill("A class with a name that is as long as a name of a class may be: 10c")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("link", name="Bring students in").click()
    page.wait_for_url("**/students")
    address = page.url.removesuffix("/students")
    for end in ("", "/students", "/assignments", "/report", "/summary"):
        page.goto(f"{address}{end}")
        expect(page.locator("main h1, main h2").first).to_be_attached()
        page.wait_for_timeout(250)
        page.screenshot(path=folder / f"class-empty{end.replace('/', '-')}-{look}.png", full_page=True)
    page.goto(f"{address}/students")
    page.get_by_label("The list").fill(
        f"{fresh('grace')}, Grace Hopper\n{fresh('ada')}, Augusta Ada King of Lovelace\n"
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#add-them")).to_be_visible()
    page.screenshot(path=folder / f"class-list-{look}.png", full_page=True)
    page.locator("#add-them").click()
    expect(page.locator("#passwords")).to_be_visible()
    page.screenshot(path=folder / f"class-passwords-{look}.png", full_page=True)
    page.emulate_media(media="print")
    page.screenshot(path=folder / f"class-passwords-printed-{look}.png", full_page=True)
    teacher.close()


def take_operations(browser: Browser, instance: Instance, folder: Path) -> None:
    """The pages about the installation itself, whole, after the presses of the pages above."""
    made = json.loads(instance.command("tests.e2e.seed", "pictures"))
    for look, options in LOOKS.items():
        lovelace = Visitor(browser, instance.origin, **options)
        lovelace.page.goto("/sign-in")
        lovelace.sign_in(made["admin"])
        lovelace.page.wait_for_url("**/curriculum")
        for name in ("operations", "cost"):
            lovelace.page.goto(f"/admin/{name}")
            expect(lovelace.page.locator(".lines").first).to_be_visible()
            lovelace.page.wait_for_timeout(250)
            lovelace.page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)
        lovelace.close()


def main() -> None:
    """Start a platform, take the pictures, stop it."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM_PATH") or None, args=list(FLAGS))
        with running_instance(Path(scratch), RUNS_PER_DAY="50", RUNS_PER_MINUTE="50") as instance:
            take(browser, instance.origin, folder)
            take_classes(browser, instance, folder)
            take_reports(browser, instance, folder)
            take_operations(browser, instance, folder)
        browser.close()


if __name__ == "__main__":
    main()
