"""What a student sees before and while something holds them up: what is left, who is ahead, and both count down."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.visitor import Visitor
from tests.instance import Instance, running_instance

OTHERS = 5
SLEEPS_S = 4


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A platform with the quotas of a school and one worker for Run."""
    with running_instance(
        tmp_path_factory.mktemp("narrow"),
        RUNS_PER_MINUTE="3",
        RUNS_PER_DAY="20",
        WORKER_CONCURRENCY_EXECUTION="1",
        SANDBOX_POOL_SIZE="1",
        MAX_QUEUE_WAIT_S="600",
    ) as running:
        yield running


def _picture(visitor: Visitor, name: str) -> None:
    """For somebody who wants to look: SCREENSHOTS names the folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        visitor.page.screenshot(path=f"{folder}/{name}.png")


def test_what_is_left_is_shown_before_it_is_used_up_and_counts_down(narrow: Instance, browser: Browser) -> None:
    """Three runs a minute: two left, one left, none but in so many seconds; the refusal says the same."""
    ada = Visitor(browser, narrow.origin)
    ada.register("ada")
    ada.open_problem()
    left = ada.page.locator(".left-today")
    expect(left).to_have_text("3 runs left this minute, 20 today")
    for said in ("2 runs left this minute, 19 today", "1 run left this minute, 18 today"):
        ada.run()
        expect(left).to_have_text(said)
    _picture(ada, "left")
    ada.run()
    expect(left).to_have_text(re.compile(r"^next run in \d+ s, 17 runs left today$"))
    first = _seconds(left.inner_text())
    _picture(ada, "left-none")
    ada.run()
    expect(ada.page.get_by_role("alert")).to_contain_text("3 runs of this minute; 17 of 20 are left today")
    expect(ada.page.get_by_role("alert")).to_contain_text("The next one is possible in")
    expect(left).not_to_contain_text(f" {first} s")
    assert _seconds(left.inner_text()) < first
    _picture(ada, "left-refused")
    assert (ada.unexpected_errors, ada.strangers) == ((), ())
    ada.close()


def _seconds(words: str) -> int:
    found = re.search(r"in (\d+) s", words)
    assert found, words
    return int(found.group(1))


def test_place_and_wait_count_down_without_being_asked_for(narrow: Instance, browser: Browser) -> None:
    """Others are ahead, each for some seconds. What comes are a few words; the page asks now and then, if at all, in
    case some news was lost.
    """
    sent: list[str] = []
    grace = Visitor(browser, narrow.origin)
    grace.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    grace.register("grace")
    grace.open_problem()
    narrow.command("tests.e2e.crowd", str(OTHERS), str(SLEEPS_S))
    grace.run()
    chip = grace.page.locator(".ending .chip")
    expect(chip).to_contain_text(re.compile(r"[2-9] programs are ahead of yours, about \d+ s"))
    _picture(grace, "ahead")
    ahead = int(chip.inner_text()[0])
    expect(chip).to_contain_text(f"{ahead - 1} program", timeout=20_000)
    expect(grace.ending).to_contain_text("Finished", timeout=60_000)
    assert len([frame for frame in sent if "look_again" in frame]) <= OTHERS * SLEEPS_S / 4
    assert (grace.unexpected_errors, grace.strangers) == ((), ())
    grace.close()
