"""When the web process goes away and comes back, nobody loses what they typed or what they ran."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.e2e import programs, school
from tests.e2e.conftest import OpenVisitor
from tests.e2e.visitor import Visitor
from tests.instance import Instance


def test_typing_while_the_server_is_away_is_kept_and_saved_later(ada: Visitor, instance: Instance) -> None:
    """The page says so calmly; a reload in between loses nothing."""
    ada.expect_error("WebSocket connection")
    ada.expect_error("ERR_CONNECTION_REFUSED")
    ada.open_problem()
    ada.write("# before\n")
    expect(ada.saving).to_have_text("Saved just now")
    assert instance.stop("web") == 0
    expect(ada.page.get_by_text("The connection is lost.")).to_be_visible()
    ada.write("# typed without a server\n")
    expect(ada.saving).to_have_text("Not saved yet, will try again")
    instance.start("web", "coderunner_app")
    instance.wait_until_ready()
    expect(ada.saving).to_have_text(re.compile("Saved"), timeout=20_000)
    expect(ada.page.get_by_text("The connection is lost.")).to_be_hidden()
    expect(ada.editor).to_contain_text("# typed without a server")
    ada.page.reload()
    expect(ada.editor).to_contain_text("# typed without a server")


def test_a_run_survives_a_restart_of_the_web(ada: Visitor, instance: Instance) -> None:
    """The program goes on, and its whole output is there when the page is connected again."""
    ada.expect_error("WebSocket connection")
    ada.expect_error("ERR_CONNECTION_REFUSED")
    ada.open_problem()
    ada.write(programs.WAITS.format(seconds=3))
    ada.run()
    expect(ada.console).to_contain_text("first")
    assert instance.stop("web") == 0
    instance.start("web", "coderunner_app")
    instance.wait_until_ready()
    expect(ada.ending).to_contain_text("Finished", timeout=20_000)
    expect(ada.console).to_have_text("first\nsecond\n", use_inner_text=False)


def test_new_passwords_are_there_until_they_were_put_away(instance: Instance, open_visitor: OpenVisitor) -> None:
    """They are shown once: a connection that breaks before they were printed does not take them away."""
    made = school.make(instance)
    hopper, sockets = open_visitor(), list[WebSocketRoute]()

    def pass_on(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    hopper.page.route_web_socket(re.compile("/_event"), pass_on)
    school.signed_in(hopper, made.teacher)
    hopper.page.goto(f"/class/{made.class_id}/students")
    hopper.page.get_by_role("button", name="New password for Ada Lovelace").click()
    hopper.page.get_by_role("button", name="Make a new password").click()
    sheet = hopper.page.locator("#passwords")
    password, before = sheet.locator(".password").inner_text(), len(sockets)
    sockets[-1].close()
    hopper.page.get_by_role("button", name="New password for Alan Turing").click()
    hopper.page.get_by_role("button", name="Make a new password").click()
    expect(sheet.locator(".slip")).to_have_count(2)
    expect(sheet).to_contain_text(password)
    assert len(sockets) > before
    hopper.page.get_by_role("button", name="I have them").click()
    expect(sheet).to_have_count(0)


@pytest.fixture
def without_redis(instance: Instance) -> Iterator[Callable[[], None]]:
    """A Redis that a test can take away; it is back at the end, whatever happens."""
    yield instance.redis.stop
    if instance.redis.process is None:
        instance.redis.start()


def test_without_redis_pages_open_and_run_says_why_not(
    ada: Visitor, instance: Instance, without_redis: Callable[[], None]
) -> None:
    """Typing is saved all the same, and when Redis is back a press works without reloading."""
    ada.open_problem()
    without_redis()
    ada.page.goto("/curriculum")
    expect(ada.page.locator(".problem").first).to_be_visible()
    ada.open_problem()
    ada.write('print("back again")\n')
    expect(ada.saving).to_have_text("Saved just now")
    ada.run()
    expect(ada.page.get_by_role("alert")).to_contain_text("Programs cannot be run just now.", timeout=10_000)
    instance.redis.start()
    instance.wait_until_ready()
    ada.run()
    expect(ada.console).to_contain_text("back again", timeout=20_000)
    expect(ada.ending).to_contain_text("Finished")
