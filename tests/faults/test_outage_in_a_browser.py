"""What a student sees while the database is away, and that nothing of what was typed is lost on either side."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests import databases
from tests.e2e.conftest import browser  # noqa: F401 - a fixture
from tests.e2e.visitor import Visitor
from tests.faults.conftest import StartPlatform
from tests.instance import Instance

PATIENCE_MS = 60_000
NOTICE = "Saved work cannot be reached just now"

pytestmark = pytest.mark.skipif(databases.POSTGRESQL, reason="it moves SQLite's file")


def _start_web(instance: Instance) -> None:
    instance.start("web", "coderunner_app")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{instance.origin}/health", timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError(instance.log_of("web"))


def test_what_was_saved_and_what_was_typed_meanwhile_are_both_kept(
    platform: StartPlatform,
    browser: Browser,  # noqa: F811 - the fixture
) -> None:
    """The page was loaded from a process that has never seen the database, and knew nothing of the draft."""
    with platform() as instance:
        ada = Visitor(browser, instance.origin)
        ada.expect_error("WebSocket")
        ada.expect_error("ERR_CONNECTION_REFUSED")
        ada.register("ada")
        ada.open_problem()
        ada.write("# an hour of work\n")
        expect(ada.saving).to_have_text("Saved just now", timeout=PATIENCE_MS)
        file = Path(instance.settings["DATA_DIR"]) / "coderunner.db"
        assert [instance.stop(name) for name in ("web", "workers")] == [0, 0]
        file.rename(file.with_name("elsewhere"))
        file.mkdir()
        _start_web(instance)
        ada.page.goto("/curriculum")
        expect(ada.page.locator(".problem").first).to_be_visible(timeout=PATIENCE_MS)
        expect(ada.page.get_by_text(NOTICE)).to_be_visible()
        _picture(ada, "outage-curriculum")
        ada.open_problem()
        expect(ada.page.get_by_text(NOTICE)).to_be_visible()
        ada.write("# typed meanwhile\n")
        expect(ada.saving).to_have_text("Not saved yet, will try again", timeout=PATIENCE_MS)
        ada.run()
        expect(ada.page.get_by_role("alert")).to_contain_text("Programs cannot be run just now.", timeout=PATIENCE_MS)
        _picture(ada, "outage-problem")
        file.rmdir()
        file.with_name("elsewhere").rename(file)
        expect(ada.page.get_by_text(NOTICE)).to_be_hidden(timeout=PATIENCE_MS)
        expect(ada.editor).to_contain_text("# an hour of work", timeout=PATIENCE_MS)
        expect(ada.editor).to_contain_text("# # typed meanwhile")
        expect(ada.saving).to_have_text(re.compile("Saved"), timeout=PATIENCE_MS)
        ada.page.reload()
        expect(ada.editor).to_contain_text("# # typed meanwhile", timeout=PATIENCE_MS)
        assert (ada.unexpected_errors, ada.strangers) == ((), ())
        ada.close()


def _picture(visitor: Visitor, name: str) -> None:
    """For somebody who wants to look: SCREENSHOTS names the folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        visitor.page.screenshot(path=f"{folder}/{name}.png")
        visitor.page.set_viewport_size({"width": 390, "height": 800})
        visitor.page.screenshot(path=f"{folder}/{name}-phone.png")
        visitor.page.set_viewport_size({"width": 1360, "height": 800})
