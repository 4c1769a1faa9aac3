"""From a verdict until its square has changed on two teachers' screens: a real platform with two web processes."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from playwright.async_api import Page as BrowserPage

from benchmarks.platform import PROBLEM, STATE, open_pages, press, settings_of
from coderunner_app import routes
from coderunner_core.core import Core, open_core
from coderunner_core.demo import PASSWORD
from coderunner_core.models import Enrolment, Run, User
from coderunner_core.services.people import accounts
from coderunner_core.services.teaching import classes
from tests.instance import Instance, running_instance
from tests.socket_client import Page

PRESSES = 40
WARM_UP = 3
TEACHERS = 2
OPENS_WITHIN_MS = 90_000
PAUSE_S = 0.7  # a page that has just been redrawn rests for half a second; this measures one that has not

# Waits until the square says something else, and notes the moment of the next frame. Times are of one clock.
_NEXT_CHANGE = """(selector) => new Promise((resolve) => {
  const said = () => document.querySelector(selector).getAttribute("aria-label");
  const before = said();
  const watch = new MutationObserver(() => {
    if (said() === before) return;
    watch.disconnect();
    requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
  });
  watch.observe(document.querySelector(selector).closest("table"), {subtree: true, childList: true, attributes: true});
})"""


def measure(presses: int = PRESSES) -> list[float]:
    """Milliseconds from each verdict until the last of the teachers' pages shows it."""
    with tempfile.TemporaryDirectory() as folder, running_instance(Path(folder), WEB_WORKERS="2") as instance:
        return asyncio.run(_changes(instance, WARM_UP + presses))[WARM_UP:]


async def _changes(instance: Instance, presses: int) -> list[float]:
    async with open_core(settings_of(instance)) as core, async_playwright() as playwright:
        (student,) = await open_pages(core, instance, 1)
        teacher, pupil = await _account(core, "hopper"), await _account(core, "student0")
        class_id = await classes.create(accounts.as_actor(teacher), core, "7b Computing")
        async with core.database.writing() as session:
            session.add(Enrolment(class_id=class_id, user_id=pupil.id or 0))
        browser = await playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM_PATH") or "/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        pages = [await _teachers_page(browser, instance, class_id) for _ in range(TEACHERS)]
        square = f'td.cell[data-student="{pupil.id}"][data-problem="{PROBLEM}"]'
        took_ms = [await _one(core, student, pages, square) for _ in range(presses)]
        await browser.close()
        await student.close()
    return took_ms


async def _teachers_page(browser: Browser, instance: Instance, class_id: int) -> BrowserPage:
    """A browser of their own, signed in, with the class open."""
    page = await (await browser.new_context()).new_page()
    await page.goto(f"{instance.origin}{routes.sign_in(routes.school_class(class_id))}")
    await page.fill("[name=name]", "hopper")
    await page.fill("[name=password]", PASSWORD)
    await page.click("main [type=submit]")
    await page.wait_for_selector("td.cell", timeout=OPENS_WITHIN_MS)
    return page


async def _one(core: Core, student: Page, pages: list[BrowserPage], square: str) -> float:
    watches = [asyncio.create_task(page.evaluate(_NEXT_CHANGE, square)) for page in pages]
    await asyncio.sleep(PAUSE_S)
    await press(student)
    shown = await asyncio.gather(*watches)
    async with core.database.reading() as session:
        run = await session.get_one(Run, student.get(STATE, "run_panel")["id"])
    if run.finished_at is None:
        raise RuntimeError(f"run {run.id} is shown and not finished")
    return float(max(shown)) - run.finished_at.timestamp() * 1000


async def _account(core: Core, name: str) -> User:
    """The account of that name."""
    return next(user for user in await accounts.list_users(core) if user.name == name)
