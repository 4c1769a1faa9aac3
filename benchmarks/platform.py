"""What the benchmarks of the whole platform share: students with open pages, presses, typing, and percentiles."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coderunner_app.cookies import session_name
from coderunner_app.state.problem import ProblemState
from coderunner_core.core import Core
from coderunner_core.models import Role
from coderunner_core.services.people import accounts, sessions
from coderunner_core.settings import Settings, load_settings
from tests.instance import Instance
from tests.socket_client import Page

PROBLEM = "countdown"
PROGRAM = "import time\nprint(time.time_ns())"
STATE = ProblemState.get_full_name()
ANSWER_WITHIN_S = 60
SAVED_WITHIN_S = 4  # after which a page sends it again
LABEL = "coderunner-benchmark"  # of the containers, so that what they spend can be told from that of others


def settings_of(instance: Instance) -> Settings:
    """The settings that a running instance works with."""
    return load_settings(
        _env_file=None,
        data_dir=Path(instance.settings["DATA_DIR"]),
        web_port=int(instance.settings["WEB_PORT"]),
        redis_url=instance.redis.url,
    )


async def open_pages(core: Core, instance: Instance, count: int) -> list[Page]:
    """So many students, each with the workspace of one problem open."""
    pages = []
    for n in range(count):
        student = accounts.as_actor(
            await accounts.create_user(core, f"student{n}", "", "a long password", Role.STUDENT)
        )
        cookie = f"{session_name(core.settings)}={await sessions.issue(student, core)}"
        pages.append(await Page(instance.origin, f"/problem/{PROBLEM}", cookie).open())
    return pages


async def press(page: Page, *, submit_source: str = "") -> float:
    """Press Run (or Submit) and wait for the verdict; milliseconds. Raises Refused with what the page says instead."""
    before = (page.get(STATE, "run_panel") or {}).get("id", "")
    event = {"source": submit_source} if submit_source else {"source": PROGRAM, "stdin": ""}
    begun = time.perf_counter()
    await page.send(f"{STATE}.{'submit' if submit_source else 'run'}_program", **event)
    await page.until(lambda: _answered(page, before), ANSWER_WITHIN_S)
    took_ms = (time.perf_counter() - begun) * 1000
    if trouble := page.get(STATE, "trouble"):
        raise Refused(trouble)
    if (page.get(STATE, "run_panel") or {}).get("tone") == "bad" and not submit_source:
        raise RuntimeError(f"a run failed: {page.get(STATE, 'run_panel')}")
    return took_ms


async def type_on(page: Page, serial: int) -> None:
    """Have what was typed saved, as a page does after each pause in typing: until it says so, again and again."""
    source, until = f"{PROGRAM}\n# {serial}", time.monotonic() + ANSWER_WITHIN_S
    while True:
        await page.send(f"{STATE}.save_draft", problem_id=PROBLEM, source=source, stdin="", serial=serial)
        try:
            return await page.until(lambda: (page.get(STATE, "saved") or {}).get("serial") == serial, SAVED_WITHIN_S)
        except TimeoutError:
            if time.monotonic() > until:
                raise


class Refused(Exception):
    """The platform said no, in words."""


def _answered(page: Page, before: str) -> bool:
    panel: dict[str, Any] = page.get(STATE, "run_panel") or {}
    finished = panel.get("id", "") != before and panel.get("label", "") != "" and not panel.get("active")
    return finished or bool(page.get(STATE, "trouble"))


def percentile(values: Sequence[float], percent: int) -> float:
    """A percentile in the unit of the values, to a tenth; 0 for none."""
    if len(values) < 2:
        return round(values[0], 1) if values else 0.0
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1], 1)
