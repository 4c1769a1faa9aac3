"""Everybody with an account: find them, make one, change what they may do."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.admin_ways import admin_ways
from coderunner_app.components.class_client import Confirm, LocalTime
from coderunner_app.components.forms import form, said
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.parts import Live, file_link, skeleton, trouble
from coderunner_app.state.admin_users import AdminUsersState

_state: Live = AdminUsersState
_GONE = (
    "Account, programs, results, drafts, progress and what was said about them are deleted. What they wrote as a "
    "teacher stays without their name. Nobody can bring it back."
)
_ROLES = ("student", "teacher", "admin")


def admin_users() -> rx.Component:
    """Search, list, new account."""
    return page(
        admin_ways(routes.ADMIN_USERS),
        rx.el.h1("People"),
        trouble(_state.trouble),
        said(_state.said),
        _new_password(),
        rx.cond(
            _state.ready,
            rx.fragment(_search(), _list(), _create()),
            rx.cond(_state.trouble == "", rx.el.div(skeleton("40%", "70%", "60%", "65%"), class_name="card waiting")),
        ),
        crumbs=[crumb("People")],
        class_name="reading",
    )


def _new_password() -> rx.Component:
    return rx.cond(
        _state.created.length() > 0,
        rx.el.section(
            rx.foreach(
                _state.created,
                lambda one: rx.el.p(
                    "The password of ", rx.el.b(one.display_name, class_name="long-name"), " is ",
                    rx.el.b(one.password, class_name="mono password", id="new-password"),
                    ". It is shown this once and stored nowhere.",
                    key=one.user_id,
                ),
            ),
            rx.el.button("I have it", type="button", class_name="btn", on_click=_state.hide_password),
            class_name="card form-card sheet",
            aria_label="New password",
        ),
    )  # fmt: skip


def _search() -> rx.Component:
    return form(
        rx.el.div(
            rx.el.label("Name", html_for="wanted"),
            rx.el.input(name="wanted", id="wanted", auto_complete="off", max_length=80),
            class_name="field grow",
        ),
        rx.el.div(
            rx.el.label("Role", html_for="role"),
            rx.el.select(
                rx.el.option("Everybody", value=""),
                *[rx.el.option(f"{role.title()}s", value=role) for role in _ROLES],
                name="role",
                id="role",
            ),
            class_name="field",
        ),
        rx.el.button("Search", type="submit", class_name="btn primary"),
        on_submit=_state.search,
        class_name="filters",
        role="search",
    )


def _list() -> rx.Component:
    return rx.el.section(
        rx.cond(
            _state.rows.length() > 0,
            rx.el.ul(rx.foreach(_state.rows, _person), class_name="people"),
            rx.el.p("Nobody like that.", class_name="muted"),
        ),
        rx.el.div(
            rx.cond(
                _state.after != "",
                rx.el.button("Back to the first", type="button", class_name="btn", on_click=_state.show_first),
            ),
            rx.cond(
                _state.next_after != "",
                rx.el.button("Next page", type="button", class_name="btn", on_click=_state.show_next),
            ),
            class_name="buttons pages",
        ),
        class_name="card form-card",
        aria_label="People",
    )


def _person(one: Live) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.b(one.display_name, class_name="long-name"),
            rx.el.span(one.name, class_name="muted small long-name"),
            rx.el.span(one.role, class_name="chip soft"),
            rx.cond(one.disabled, rx.el.span("■ cannot sign in", class_name="chip bad")),
            rx.cond(one.is_me, rx.el.span("you", class_name="chip ok")),
            rx.cond(
                one.classes > 0,
                rx.el.span(rx.cond(one.classes == 1, "1 class", f"{one.classes} classes"), class_name="muted small"),
            ),
            rx.el.span("since ", LocalTime.create(at=one.created_ms, full=True), class_name="muted small"),
            class_name="person",
        ),
        rx.cond(~one.is_me, _changes(one)),
        key=one.id,
    )


def _changes(one: Live) -> rx.Component:
    return rx.el.details(
        rx.el.summary("Change", custom_attrs={"aria-label": f"Change {one.display_name}"}),
        rx.el.div(
            *[rx.cond(one.role != role, _make(one, role)) for role in _ROLES],
            Confirm.create(
                label="New password",
                heading=f"A new password for {one.display_name}?",
                words="The old one stops working, and wherever they are signed in they are signed out.",
                yes="Make a new password",
                look="btn quiet",
                on_confirm=_state.reset_password(one.id),
            ),
            rx.cond(
                one.disabled,
                rx.el.button("Enable", type="button", class_name="btn quiet", on_click=_state.enable(one.id)),
                Confirm.create(
                    label="Disable",
                    heading=f"Disable the account of {one.display_name}?",
                    words="They are signed out and cannot sign in. Nothing is deleted; you can enable it again.",
                    yes="Disable it",
                    look="btn quiet",
                    on_confirm=_state.disable(one.id),
                ),
            ),
            file_link("Their data", f"{routes.ADMIN_USERS}/{one.id}/data.json", "btn quiet"),
            Confirm.create(
                label="Delete",
                heading=f"Delete {one.display_name} for good?",
                words=_GONE,
                yes="Delete everything",
                look="btn quiet",
                on_confirm=_state.delete(one.id),
            ),
            class_name="buttons",
        ),
        class_name="changes",
    )  # fmt: skip


def _make(one: Live, role: str) -> rx.Component:
    article = "an" if role == "admin" else "a"
    words = {
        "student": "They learn here, and teach no class any more.",
        "teacher": "They can make classes and see the work of the students in them.",
        "admin": "They can see and change everything here, also you.",
    }
    return Confirm.create(
        label=f"Make {article} {role}",
        heading=f"Make {one.display_name} {article} {role}?",
        words=words[role],
        yes=f"Make {article} {role}",
        look="btn quiet",
        on_confirm=_state.change_role(one.id, role),
    )


def _create() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Make an account"),
        form(
            rx.el.div(
                rx.el.label("Name to sign in with", html_for="name"),
                rx.el.input(name="name", id="name", auto_complete="off", max_length=40, required=True),
                class_name="field",
            ),
            rx.el.div(
                rx.el.label("Name to show", html_for="display_name"),
                rx.el.input(name="display_name", id="display_name", auto_complete="off", max_length=40),
                class_name="field",
            ),
            rx.el.div(
                rx.el.label("Role", html_for="new_role"),
                rx.el.select(
                    *[rx.el.option(role.title(), value=role) for role in _ROLES], name="new_role", id="new_role"
                ),
                class_name="field",
            ),
            rx.el.div(rx.el.button("Make the account", type="submit", class_name="btn primary")),
            on_submit=_state.create,
            reset_on_submit=True,
        ),
        class_name="card form-card",
    )
