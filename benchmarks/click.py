"""How long after a press a student sees the first output: in real Chromium, and when thirty press at once.

``python -m benchmarks.click --json`` starts a platform of its own, so nothing else should run on the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import sync_playwright
from sqlmodel import col, select

from benchmarks.platform import PROBLEM, PROGRAM, open_pages, percentile, press, settings_of
from coderunner_core.core import open_core
from coderunner_core.demo import PASSWORD
from coderunner_core.models import Run
from tests.instance import Instance, running_instance

PRESSES = 60
WARM_UP = 5
STUDENTS = 30

# Press, and note the moment at which the console shows a text that it did not show before. Times are of one clock.
_PRESS = """async () => {
  const console = document.querySelector('[data-testid=console]');
  const before = console.textContent;
  const now = () => performance.timeOrigin + performance.now();
  const shown = new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      const text = console.textContent;
      if (/[0-9]{15,}/.test(text) && text !== before) { watch.disconnect(); resolve(now()); }
    });
    watch.observe(console, {subtree: true, childList: true, characterData: true});
  });
  const pressed = now();
  document.querySelector('#run').click();
  return [pressed, await shown];
}"""


def measure() -> dict[str, Any]:
    """Both measurements on one platform."""
    with tempfile.TemporaryDirectory() as folder, running_instance(Path(folder)) as instance:
        presses = _press_in_chromium(instance)
        return _summary(presses, asyncio.run(_runs(instance))) | {"burst_all_ms": asyncio.run(_burst(instance))}


def _press_in_chromium(instance: Instance) -> list[tuple[float, float]]:
    """Moments of press and of text, in milliseconds since 1970."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM_PATH") or "/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        page = browser.new_page()
        page.goto(f"{instance.origin}/sign-in")
        page.fill("[name=name]", "ada")
        page.fill("[name=password]", PASSWORD)
        page.click("main [type=submit]")
        page.wait_for_url("**/curriculum")
        page.goto(f"{instance.origin}/problem/{PROBLEM}")
        page.locator(".cm-content").click()
        page.keyboard.press("Control+A")
        page.keyboard.type(PROGRAM)
        presses = [_press(page) for _ in range(WARM_UP + PRESSES)]
        browser.close()
    return presses[WARM_UP:]


def _press(page: BrowserPage) -> tuple[float, float]:
    page.wait_for_selector("#run")  # it says Stop while a program runs
    pressed, shown = page.evaluate(_PRESS)
    page.wait_for_selector("#ending")
    page.wait_for_timeout(100)  # a person's pause; what follows a verdict is then over
    return pressed, shown


async def _runs(instance: Instance) -> list[Run]:
    async with open_core(settings_of(instance)) as core, core.database.reading() as session:
        return list((await session.exec(select(Run).order_by(col(Run.created_at)))).all())[WARM_UP:]


def _summary(presses: list[tuple[float, float]], runs: list[Run]) -> dict[str, Any]:
    totals = [shown - pressed for pressed, shown in presses]
    parts: dict[str, list[float]] = {"state_event": [], "queue": [], "sandbox": [], "push": []}
    for (pressed, shown), run in zip(presses, runs, strict=True):
        created, started = _ms(run.created_at), _ms(run.started_at)
        parts["state_event"].append(created - pressed)
        parts["queue"].append(started - created)
        parts["sandbox"].append(run.wall_ms)
        parts["push"].append(shown - started - run.wall_ms)
    return {
        "p50_ms": percentile(totals, 50),
        "p95_ms": percentile(totals, 95),
        "parts": {
            name: {"p50_ms": percentile(values, 50), "p95_ms": percentile(values, 95)} for name, values in parts.items()
        },
    }


async def _burst(instance: Instance) -> float:
    """Thirty students press within the same moment; milliseconds until the last of them has the verdict."""
    async with open_core(settings_of(instance)) as core:
        pages = await open_pages(core, instance, STUDENTS)
    begun = time.perf_counter()
    await asyncio.gather(*(press(page) for page in pages))
    took_ms = (time.perf_counter() - begun) * 1000
    for page in pages:
        await page.close()
    return round(took_ms, 1)


def _ms(moment: datetime | None) -> float:
    return moment.timestamp() * 1000 if moment else 0.0


def main() -> None:
    """Print the figures, as JSON or as lines to read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.click", description=__doc__)
    parser.add_argument("--json", action="store_true", help="for scripts")
    as_json = parser.parse_args().json
    figures = measure()
    if as_json:
        print(json.dumps(figures))
        return
    print(f"press → text on screen   p50 {figures['p50_ms']:6.1f} ms   p95 {figures['p95_ms']:6.1f} ms")
    for name, part in figures["parts"].items():
        print(f"  {name:22} p50 {part['p50_ms']:6.1f} ms   p95 {part['p95_ms']:6.1f} ms")
    print(f"{STUDENTS} presses at once: all have their verdict after {figures['burst_all_ms']:.0f} ms")


if __name__ == "__main__":
    main()
