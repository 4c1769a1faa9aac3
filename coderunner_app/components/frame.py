"""What every page has: the bar at the top, the word about a lost connection, the place for the page itself."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.client import Connection, LookSwitch, NativeForm
from coderunner_app.components.parts import Live, hidden, icon
from coderunner_app.state.session import SessionState

MAIN_ID = "main"


def page(*content: rx.Component, crumbs: list[rx.Component] | None = None, aside: rx.Component | None = None,
         class_name: str = "") -> rx.Component:  # fmt: skip
    """A whole page."""
    return rx.fragment(
        rx.el.header(
            rx.el.a("Go to the content", href=f"#{MAIN_ID}", class_name="skip", custom_attrs={"reloadDocument": True}),
            rx.el.a(_mark(), rx.el.span("Code Runner", class_name="name"), href=routes.LANDING, class_name="brand"),
            rx.el.nav(*(crumbs or []), class_name="crumbs", aria_label="Where you are"),
            rx.el.span(class_name="grow"),
            aside or rx.fragment(),
            _classes("to-classes") if aside is None else rx.fragment(),
            _unread(),
            _account(),
            class_name="bar",
        ),
        Connection.create(),
        rx.el.div(
            rx.cond(SessionState.away != "", rx.el.p(SessionState.away, class_name="offline")),
            role="status",
            class_name="offline-place",
        ),
        rx.el.main(*content, id=MAIN_ID, class_name=class_name, tab_index=-1),
    )


def first_moment() -> rx.Component:
    """What is there while the browser still loads the scripts of a page that could not be built beforehand."""
    return rx.fragment(
        rx.el.header(
            rx.el.span(_mark(), rx.el.span("Code Runner", class_name="name"), class_name="brand"), class_name="bar"
        ),
        rx.el.main(class_name="reading"),
    )


def crumb(words: Live, href: Live = "", class_name: str = "") -> rx.Component:
    """One step of the way to this page; the last one has no address."""
    step = rx.el.a(words, href=href) if href != "" else rx.el.span(words, custom_attrs={"aria-current": "page"})
    return rx.el.span(step, class_name=f"crumb {class_name}".strip())


def _mark() -> rx.Component:
    return rx.el.svg(
        rx.el.circle(cx="10", cy="10", r="8", fill="none", stroke="currentColor", stroke_width="2"),
        rx.el.path(d="M10 2a8 8 0 0 0 0 16Z", fill="currentColor"),
        view_box="0 0 20 20",
        width="18",
        height="18",
        custom_attrs={"aria-hidden": "true"},
    )


def _classes(class_name: str) -> rx.Component:
    """The way to one's classes, for who has signed in."""
    return rx.cond(
        SessionState.signed_in,
        rx.el.a(
            rx.cond(SessionState.role == "student", "My classes", "Classes"),
            href=routes.CLASSES,
            class_name=class_name,
        ),
    )


def _unread() -> rx.Component:
    """Comments that wait, and the way to the newest of them."""
    count = SessionState.unread
    return rx.cond(
        count > 0,
        rx.el.a(
            icon("talk"),
            count,
            rx.el.span(rx.cond(count == 1, " new comment", " new comments"), class_name="unseen"),
            href=SessionState.unread_address,
            class_name="btn unread",
            id="unread",
        ),
    )


def _account() -> rx.Component:
    return rx.cond(
        SessionState.ready,
        rx.cond(SessionState.signed_in, _menu(), _visitor()),
        rx.el.span(class_name="account-place"),
    )


def _visitor() -> rx.Component:
    return rx.el.div(
        LookSwitch.create(),
        rx.el.a("Sign in", href=routes.SIGN_IN, class_name="btn", id="sign-in-link"),
        class_name="account",
    )


def _menu() -> rx.Component:
    return rx.el.div(
        rx.el.button(
            hidden("Account of "),
            rx.el.span(SessionState.display_name, class_name="who"),
            icon("down"),
            type="button",
            id="account",
            class_name="btn",
            custom_attrs={"popoverTarget": "account-menu"},
        ),
        rx.el.div(
            rx.el.p(
                rx.el.b(SessionState.display_name, class_name="long-name"),
                rx.el.span(SessionState.role, class_name="muted small"),
                class_name="whoami",
            ),
            rx.el.a("Curriculum", href=routes.CURRICULUM, class_name="item"),
            _classes("item"),
            rx.cond(
                SessionState.role == "admin",
                rx.fragment(
                    rx.el.a("Operations", href=routes.ADMIN_OPERATIONS, class_name="item"),
                    rx.el.a("Cost", href=routes.ADMIN_COST, class_name="item"),
                    rx.el.a("People", href=routes.ADMIN_USERS, class_name="item"),
                    rx.el.a("All classes", href=routes.ADMIN_CLASSES, class_name="item"),
                    rx.el.a("Log", href=routes.ADMIN_AUDIT, class_name="item"),
                ),
            ),
            rx.el.a("Your account", href=routes.ACCOUNT, class_name="item"),
            rx.el.div(rx.el.span("Look", class_name="muted small"), LookSwitch.create(), class_name="item-row"),
            NativeForm.create(
                rx.el.button("Sign out", type="submit", class_name="item", id="sign-out"),
                action=routes.DO_SIGN_OUT,
                method="post",
            ),
            id="account-menu",
            class_name="card menu",
            custom_attrs={"popover": "auto"},
        ),
        class_name="account",
    )
