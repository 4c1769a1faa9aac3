"""Registering, signing in and out, and sessions that are no good any more."""

from __future__ import annotations

import time
from pathlib import Path

import jwt
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenVisitor
from tests.e2e.visitor import PASSWORD, Visitor
from tests.instance import Instance

SESSION = "coderunner_session"


def _session(visitor: Visitor) -> dict[str, object]:
    return next(dict(one) for one in visitor.context.cookies() if one["name"] == SESSION)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(ada: Visitor, open_visitor: OpenVisitor) -> None:
    """Nobody learns from the form which names exist."""
    stranger = open_visitor()
    said = []
    for name in (ada.name, "nobody-at-all"):
        stranger.page.goto("/sign-in")
        stranger.sign_in(name, "not the password")
        alert = stranger.page.get_by_role("alert")
        expect(alert).to_contain_text("do not match")
        said.append(alert.inner_text())
    assert len(set(said)) == 1


def test_a_teacher_signs_in_and_uses_the_curriculum(open_visitor: OpenVisitor) -> None:
    """The demo teacher gets in and can open a problem."""
    hopper = open_visitor()
    hopper.page.goto("/sign-in")
    hopper.sign_in("hopper", PASSWORD)
    hopper.page.wait_for_url("**/curriculum")
    hopper.page.locator("#account").click()
    expect(hopper.page.locator("#account-menu")).to_contain_text("teacher")
    hopper.page.keyboard.press("Escape")
    hopper.open_problem()


def test_the_session_is_out_of_reach_for_scripts(ada: Visitor) -> None:
    """HttpOnly, same-site, a week long, and never part of what comes over the websocket."""
    cookie = _session(ada)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert 6.9 < (float(str(cookie["expires"])) - time.time()) / 86_400 < 7.1
    assert SESSION not in ada.page.evaluate("document.cookie")
    ada.open_problem()
    token = str(cookie["value"])
    assert [frame for frame in ada.frames if token[-40:] in frame] == []


def test_signing_out_ends_the_session_everywhere(ada: Visitor, open_visitor: OpenVisitor) -> None:
    """The cookie is gone, and a copy of it that somebody kept is worth nothing."""
    kept = _session(ada)
    ada.page.locator("#account").click()
    ada.page.get_by_role("button", name="Sign out").click()
    expect(ada.page.locator("#sign-in-link")).to_be_visible()
    assert SESSION not in {one["name"] for one in ada.context.cookies()}
    thief = open_visitor()
    thief.context.add_cookies([{"name": SESSION, "value": str(kept["value"]), "url": thief.origin}])
    thief.page.goto("/curriculum")
    expect(thief.page.get_by_role("alert")).to_contain_text("Your session has ended. Please sign in again.")


@pytest.mark.parametrize(
    ("kind", "words"), [("expired", "Your session has expired."), ("forged", "Your session is not valid.")]
)
def test_a_bad_session_leads_to_the_sign_in_page_and_back(
    kind: str, words: str, ada: Visitor, instance: Instance, open_visitor: OpenVisitor
) -> None:
    """The page says what happened, and after signing in one is where one wanted to be."""
    claims = jwt.decode(str(_session(ada)["value"]), options={"verify_signature": False})
    secret = (Path(instance.settings["DATA_DIR"]) / "jwt-secret").read_text().strip()
    if kind == "expired":
        token = jwt.encode({**claims, "exp": int(time.time()) - 10}, secret, "HS256")
    else:
        token = jwt.encode(claims, "another secret that is long enough to sign with", "HS256")
    visitor = open_visitor()
    visitor.context.add_cookies([{"name": SESSION, "value": token, "url": visitor.origin}])
    visitor.page.goto("/problem/countdown")
    expect(visitor.page.get_by_role("alert")).to_contain_text(words)
    assert visitor.page.url.startswith(f"{visitor.origin}/sign-in")
    visitor.sign_in(ada.name)
    visitor.page.wait_for_url("**/problem/countdown")
    expect(visitor.editor).to_be_visible()


def test_a_name_that_is_taken_is_said_on_the_form(ada: Visitor, open_visitor: OpenVisitor) -> None:
    """So is a password that is too short."""
    alan = open_visitor()
    for name, password, words in [(ada.name, PASSWORD, "taken"), ("alan-short", "short", "8")]:
        alan.page.goto("/register")
        alan.page.get_by_label("Name to sign in with").fill(name)
        alan.page.get_by_label("Password").fill(password)
        alan.page.get_by_role("button", name="Make my account").click()
        expect(alan.page.get_by_role("alert")).to_contain_text(words)


def test_what_was_typed_before_signing_in_is_kept(open_visitor: OpenVisitor) -> None:
    """A visitor may read and type; Run asks to sign in, and the program is there afterwards."""
    grace = open_visitor()
    grace.open_problem()
    grace.write('print("typed before signing in")\n')
    expect(grace.saving).to_have_text("Kept on this device")
    grace.run()
    expect(grace.page.get_by_role("alert")).to_contain_text("Sign in to run your program")
    grace.page.get_by_role("alert").get_by_role("link", name="Make an account").click()
    grace.page.get_by_label("Name to sign in with").fill("grace-typed-first")
    grace.page.get_by_label("Password").fill(PASSWORD)
    grace.page.get_by_role("button", name="Make my account").click()
    grace.page.wait_for_url("**/problem/countdown")
    expect(grace.editor).to_contain_text("typed before signing in")
    expect(grace.saving).to_have_text("Saved just now")
    grace.run()
    expect(grace.console).to_contain_text("typed before signing in")


def test_a_link_cannot_send_people_elsewhere(ada: Visitor, open_visitor: OpenVisitor) -> None:
    """Whatever stands in the address, signing in ends on a page of ours."""
    visitor = open_visitor()
    visitor.page.goto("/sign-in?next=https://evil.example/")
    visitor.sign_in(ada.name)
    visitor.page.wait_for_url("**/curriculum")
