"""A whole platform and a real browser for these tests; every page is watched for what it must never do."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.visitor import Visitor
from tests.instance import Instance, running_instance

FLAGS = (
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
)
OpenVisitor = Callable[..., Visitor]


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Redis, workers and web on ports and a folder of their own, ended when the last test is done."""
    many = str(100_000)
    with running_instance(
        tmp_path_factory.mktemp("platform"),
        REGISTRATIONS_PER_IP=many,
        SIGN_IN_TRIES_PER_IP=many,
        WORKER_CONCURRENCY_EXECUTION="1",
        SANDBOX_POOL_SIZE="1",
        STUCK_FAILURES="2",  # so that a test need not press five times
    ) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, or Playwright's own where CHROMIUM_PATH names none.

    While it is open, Playwright keeps a loop running in this thread, and no async test of another module could.
    """
    expect.set_options(timeout=15_000)  # until something is seen, on a machine that has other work, too
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM_PATH") or None, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def open_visitor(instance: Instance, browser: Browser) -> Iterator[OpenVisitor]:
    """Opens browsers of people; at the end, none of them may have left our origin or logged an error."""
    opened: list[Visitor] = []

    def open_one(**options: object) -> Visitor:
        visitor = Visitor(browser, instance.origin, **options)
        opened.append(visitor)
        return visitor

    yield open_one
    for visitor in opened:
        visitor.close()
    assert {visitor.strangers for visitor in opened} <= {()}
    assert {visitor.unexpected_errors for visitor in opened} <= {()}


@pytest.fixture
def ada(open_visitor: OpenVisitor) -> Visitor:
    """A student who has just registered."""
    visitor = open_visitor()
    visitor.register("ada")
    return visitor


@pytest.fixture(scope="session")
def at_work(instance: Instance) -> dict[str, Any]:
    """A class of three at work, two of them stuck; to be looked at, not changed."""
    made: dict[str, Any] = json.loads(instance.command("tests.e2e.class_at_work", "3"))
    return made
