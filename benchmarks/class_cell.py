"""From a verdict until its square has changed on three teachers' screens, and from a load to the whole board: on a real
platform with two web processes, a hundred problems, and a term of work of a class of forty behind it.
"""

from __future__ import annotations

import asyncio
import dataclasses
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from playwright.async_api import Page as BrowserPage

from benchmarks import class_rows
from benchmarks.platform import PROBLEM, STATE, open_pages, percentile, press, settings_of
from coderunner_app import routes
from coderunner_app.cookies import session_name
from coderunner_app.state.live_class import LiveClassState
from coderunner_core.core import Core, open_core
from coderunner_core.demo import PASSWORD
from coderunner_core.models import Enrolment, Run, User
from coderunner_core.services.people import accounts, sessions
from tests.instance import ROOT, Instance, running_instance
from tests.servers import free_port
from tests.socket_client import Page

PRESSES = 40
OPENINGS = 30
WARM_UP = 3
RUNS = 100_000  # that are stored before
OPENS_WITHIN_MS = 90_000
PAUSE_S = 0.7  # a page that has just been redrawn rests for half a second; this measures one that has not
LIVE = LiveClassState.get_full_name()

# Waits until the square says something else, and notes the moment after the frame with it was drawn: the callback of a
# frame runs before it is painted, that of the next one after. All clocks are of one machine.
_NEXT_CHANGE = """(selector) => new Promise((resolve) => {
  const said = () => document.querySelector(selector).getAttribute("aria-label");
  const before = said();
  const now = () => resolve(performance.timeOrigin + performance.now());
  const watch = new MutationObserver(() => {
    if (said() === before) return;
    watch.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(now));
  });
  watch.observe(document.querySelector(selector).closest("table"), {subtree: true, childList: true, attributes: true});
})"""


def measure(presses: int = PRESSES, openings: int = OPENINGS) -> dict[str, float]:
    """Percentiles in milliseconds: ``cell``, from each verdict until the last of the teachers' pages shows it, and
    ``page``, from a page's load until it was sent the whole board.
    """
    with tempfile.TemporaryDirectory() as scratch, _two_processes(Path(scratch)) as (first, second):
        cell_ms, page_ms = asyncio.run(_measured(first, second, WARM_UP + presses, WARM_UP + openings))
    named = {"cell": cell_ms[WARM_UP:], "page": page_ms[WARM_UP:]}
    return {f"{name}_p{percent}_ms": percentile(took, percent) for name, took in named.items() for percent in (50, 95)}


@contextmanager
def _two_processes(folder: Path) -> Iterator[tuple[Instance, Instance]]:
    """An installation, and another web process of the same on a port of its own."""
    with running_instance(folder, CURRICULUM_DIR=str(_hundred_problems(folder))) as first:
        settings = {**first.settings, "WEB_PORT": str(free_port())}
        second = dataclasses.replace(first, settings=settings, processes={})
        second.start("web-2", "coderunner_app")
        try:
            second.wait_until_ready()
            yield first, second
        finally:
            second.stop_all()


def _hundred_problems(folder: Path) -> Path:
    """A curriculum of its own: one problem as it is, and its copies, ten a level."""
    group, original = folder / "curriculum" / "11-13", ROOT / "curriculum" / "11-13" / "1-loops" / PROBLEM
    group.mkdir(parents=True)
    shutil.copy(ROOT / "curriculum" / "11-13" / "age-group.yaml", group)
    for level in range(class_rows.PROBLEMS // 10):
        names = [f"{PROBLEM}-{number}" if number else PROBLEM for number in range(10 * level, 10 * level + 10)]
        for name in names:
            copy = shutil.copytree(original, group / f"{level + 1}-level" / name)
            described = copy / "problem.yaml"
            described.write_text(described.read_text().replace("title: Countdown", f"title: {name.title()}", 1))
        about = f"title: Level {level + 1}\nblurb: Ten problems.\nproblems: [{', '.join(names)}]\n"
        (group / f"{level + 1}-level" / "level.yaml").write_text(about)
    return group.parent


async def _measured(first: Instance, second: Instance, presses: int, openings: int) -> tuple[list[float], list[float]]:
    settings = settings_of(first).model_copy(update={"curriculum_dir": Path(first.settings["CURRICULUM_DIR"])})
    async with open_core(settings) as core, async_playwright() as playwright:
        teacher = await _account(core, "hopper")
        room = await class_rows.make(core, teacher.id or 0)
        await class_rows.fill(core, room, 0, RUNS)
        (student,) = await open_pages(core, first, 1)
        pupil = await _account(core, "student0")
        async with core.database.writing() as session:
            session.add(Enrolment(class_id=room.class_id, user_id=pupil.id or 0))
        page_ms = await _openings(core, first, teacher, room.class_id, openings)
        browser = await playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM_PATH") or "/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        pages = [await _teachers_page(browser, one, room.class_id) for one in (first, second, second)]
        square = f'td.cell[data-student="{pupil.id}"][data-problem="{PROBLEM}"]'
        cell_ms = [await _one(core, student, pages, square) for _ in range(presses)]
        await browser.close()
        await student.close()
    return cell_ms, page_ms


async def _openings(core: Core, instance: Instance, teacher: User, class_id: int, count: int) -> list[float]:
    """From a page's load until the board with all squares is there, over the websocket, without a browser's drawing."""
    cookie = f"{session_name(core.settings)}={await sessions.issue(accounts.as_actor(teacher), core)}"
    page = await Page(instance.origin, routes.school_class(class_id), cookie).open()
    took_ms = []
    for _ in range(count):
        serial = page.get(LIVE, "board")["serial"]
        begun = time.perf_counter()
        await page.send(f"{LIVE}.load")
        await page.until(lambda serial=serial: page.get(LIVE, "board")["serial"] > serial)  # type: ignore[misc]
        took_ms.append((time.perf_counter() - begun) * 1000)
    squares = sum(bool(square) for row in page.get(LIVE, "board")["rows"] for square in row[5])
    await page.close()
    if squares < class_rows.STUDENTS * class_rows.PROBLEMS:
        raise RuntimeError(f"the board is not full: {squares} squares")
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
    return next(user for user in await accounts.list_users(core, 10_000) if user.name == name)
