"""One person with one browser: what they do on the pages, and everything that their browser noticed."""

from __future__ import annotations

import itertools
import secrets
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Request, WebSocket, expect

PASSWORD = "count to ten"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
_numbers = itertools.count(1)


def fresh(name: str) -> str:
    """A name of the cast that nobody has yet."""
    return f"{name}-{next(_numbers)}{secrets.token_hex(2)}"


class Visitor:
    """A browser with its own cookies and storage."""

    def __init__(self, browser: Browser, origin: str, **options: Any) -> None:
        self.origin = origin
        self.name = ""
        self._expected: list[str] = []
        self._errors: list[str] = []
        self._addresses: list[str] = []
        self.frames: list[str] = []  # what came over the websocket
        self.context = browser.new_context(
            base_url=origin, **{"viewport": {"width": 1360, "height": 800}, "reduced_motion": "reduce", **options}
        )
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.page.on("request", self._on_request)
        self.page.on("websocket", self._on_websocket)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self._errors.append(str(error)))

    def close(self) -> None:
        self.context.close()

    def expect_error(self, part: str) -> None:
        """This test makes the browser complain about this."""
        self._expected.append(part)

    @property
    def strangers(self) -> tuple[str, ...]:
        """Requests that went to another origin than the page's own."""
        ours = urlsplit(self.origin).netloc
        asked = [one for one in self._addresses if not one.startswith(("data:", "blob:"))]
        return tuple(one for one in asked if urlsplit(one).netloc != ours)

    @property
    def unexpected_errors(self) -> tuple[str, ...]:
        """What the browser logged as an error, but for what the test expected."""
        return tuple(one for one in self._errors if not any(part in one for part in self._expected))

    def _on_request(self, request: Request) -> None:
        self._addresses.append(request.url)

    def _on_websocket(self, socket: WebSocket) -> None:
        self._addresses.append(socket.url)
        socket.on("framereceived", lambda frame: self.frames.append(str(frame)))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._errors.append(f"{message.text} {message.location.get('url', '')}")

    # --- accounts ---------------------------------------------------------------------------------------------------

    def register(self, name: str, *, display_name: str = "") -> None:
        """Make an account by the form; ends on the curriculum."""
        self.name = fresh(name)
        self.page.goto("/register")
        self.page.get_by_label("Name to sign in with").fill(self.name)
        self.page.get_by_label("Name to show").fill(display_name or name.title())
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Make my account").click()
        self.page.wait_for_url("**/curriculum")
        expect(self.page.locator("#account")).to_be_visible()

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Fill in the form that is open and send it."""
        self.page.get_by_label("Name", exact=True).fill(name)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    # --- the workspace ----------------------------------------------------------------------------------------------

    def open_problem(self, problem_id: str = "countdown") -> None:
        self.page.goto(f"/problem/{problem_id}")
        expect(self.editor).to_be_visible()

    def open_problem_on_phone(self, problem_id: str = "countdown") -> None:
        self.page.goto(f"/problem/{problem_id}")
        expect(self.page.locator(".panes")).to_be_visible()

    @property
    def editor(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your program", exact=True)

    @property
    def console(self) -> Locator:
        return self.page.get_by_test_id("console")

    @property
    def ending(self) -> Locator:
        return self.page.locator("#ending")

    @property
    def saving(self) -> Locator:
        return self.page.locator(".saving")

    def write(self, source: str) -> None:
        """Replace the program, as somebody who pastes it."""
        self.editor.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(source)

    def give(self, stdin: str) -> None:
        """Put something into the input box."""
        button = self.page.get_by_role("button", name="Input", exact=True)
        if button.get_attribute("aria-expanded") == "false":
            button.click()
        self.page.locator("#input").fill(stdin)

    def run(self) -> None:
        self.page.get_by_role("button", name="Run").click()

    def submit(self) -> None:
        self.page.get_by_role("button", name="Submit").click()
