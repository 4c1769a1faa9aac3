"""The log: who did what to whom, when and from where."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.admin_ways import admin_ways
from coderunner_app.components.class_client import LocalTime
from coderunner_app.components.forms import form
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.parts import Live, file_link, skeleton, trouble
from coderunner_app.state.admin_audit import AdminAuditState

_state: Live = AdminAuditState
_HEAD = ("When", "Who", "What", "To whom or what", "Details", "From")


def admin_audit() -> rx.Component:
    """Filters and the list, the newest first."""
    return page(
        admin_ways(routes.ADMIN_AUDIT),
        rx.el.div(
            rx.el.h1("Log"),
            file_link("CSV", _state.file_address),
            class_name="page-head",
        ),
        trouble(_state.trouble),
        rx.cond(
            _state.ready,
            rx.fragment(
                _filters(),
                _list(),
                rx.el.p(f"Entries are kept for {_state.days_kept} days.", class_name="muted small below"),
            ),
            rx.cond(_state.trouble == "", rx.el.div(skeleton("40%", "70%", "60%"), class_name="card waiting")),
        ),
        crumbs=[crumb("Log")],
        class_name="reading wide-reading",
    )


def _filters() -> rx.Component:
    return form(
        rx.el.div(
            rx.el.label("Person", html_for="person"),
            rx.el.input(
                name="person", id="person", auto_complete="off", max_length=40, placeholder="name to sign in with"
            ),
            class_name="field grow",
        ),
        rx.el.div(
            rx.el.label("What", html_for="action"),
            rx.el.select(
                rx.el.option("Everything", value=""),
                rx.foreach(_state.actions, lambda one: rx.el.option(one, value=one)),
                name="action",
                id="action",
            ),
            class_name="field",
        ),
        rx.el.div(
            rx.el.label("Day (UTC)", html_for="day"),
            rx.el.input(name="day", id="day", type="date"),
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
            rx.el.div(
                rx.el.table(
                    rx.el.thead(rx.el.tr(*[rx.el.th(words, scope="col") for words in _HEAD])),
                    rx.el.tbody(rx.foreach(_state.rows, _entry)),
                    class_name="lines log",
                ),
                class_name="scroll",
                tab_index=0,
                role="region",
                aria_label="Entries",
            ),
            rx.el.p("There is no such entry.", class_name="muted"),
        ),
        rx.el.div(
            rx.cond(
                _state.before > 0,
                rx.el.button("Back to the newest", type="button", class_name="btn", on_click=_state.show_newest),
            ),
            rx.cond(
                _state.next_before > 0,
                rx.el.button("Older entries", type="button", class_name="btn", on_click=_state.show_older),
            ),
            class_name="buttons pages",
        ),
        class_name="card form-card",
        aria_label="Log",
    )


def _entry(one: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.td(LocalTime.create(at=one.at_ms, full=True), class_name="nowrap"),
        rx.el.td(rx.cond(one.actor != "", one.actor, "–")),
        rx.el.td(one.action, class_name="mono small"),
        rx.el.td(one.target),
        rx.el.td(one.details),
        rx.el.td(one.ip, class_name="mono small"),
        key=one.id,
    )
