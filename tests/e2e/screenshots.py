"""``python -m tests.e2e.screenshots FOLDER``: a picture of every page, light, dark and on a telephone, to look at."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e import programs
from tests.e2e.conftest import FLAGS
from tests.e2e.visitor import Visitor
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

        def save(name: str, hopper: Visitor = hopper, look: str = look) -> None:
            hopper.page.wait_for_timeout(250)
            hopper.page.screenshot(path=folder / f"{name}-{look}.png", full_page=look == "phone")

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
        hopper.close()


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
            take_operations(browser, instance, folder)
        browser.close()


if __name__ == "__main__":
    main()
