"""A student on a sheet of paper: what they have begun, problem by problem."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.class_client import LocalTime, Print
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.lost import lost
from coderunner_app.components.parts import Live, file_link, progress_chip, skeleton, trouble
from coderunner_app.state.student_summary import StudentSummaryState

_state: Live = StudentSummaryState
_HEAD = ("Problem", "Status", "Attempts", "Best score", "Solved")


def student_summary_title() -> Live:
    """What the browser's tab says, and the printer writes at the top."""
    return rx.cond(_state.shown_name != "", f"{_state.shown_name}: summary · Code Runner", "Code Runner")


def student_summary() -> rx.Component:
    """The sheet, with buttons that the printer leaves out."""
    return page(
        rx.cond(
            _state.ready,
            rx.cond(_state.missing, lost("There is no such student"), _sheet()),
            rx.fragment(
                trouble(_state.trouble),
                rx.el.div(skeleton("40%", "70%", "60%", "65%"), class_name="card waiting"),
            ),
        ),
        crumbs=[crumb("Classes", routes.CLASSES, "root"), rx.cond(_state.ready, crumb(_state.shown_name))],
        class_name=rx.cond(_state.missing, "centre", "reading"),
    )


def _sheet() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h1(_state.shown_name, class_name="long-name"),
            rx.el.div(
                file_link("CSV", f"{_state.files}.csv"),
                file_link("JSON", f"{_state.files}.json"),
                Print.create(label="Print"),
                class_name="buttons no-print",
            ),
            class_name="page-head",
        ),
        rx.el.p(
            f"{_state.name}",
            rx.cond(_state.classes != "", f" · {_state.classes}", ""),
            f" · {_state.solved} of {_state.problems} problems solved, {_state.tried} tried · as of ",
            LocalTime.create(at=_state.made_ms, full=True),
            class_name="muted",
        ),
        rx.cond(
            _state.lines.length() > 0,
            rx.el.div(
                rx.el.table(
                    rx.el.thead(rx.el.tr(*[rx.el.th(words, scope="col") for words in _HEAD])),
                    rx.el.tbody(rx.foreach(_state.lines, _line)),
                    class_name="lines",
                ),
                class_name="scroll",
                tab_index=0,
                role="region",
                aria_label="Problems",
            ),
            rx.el.p("Nothing was submitted yet.", class_name="muted"),
        ),
        class_name="card form-card sheet plain-sheet",
    )


def _line(one: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.th(one.title, rx.el.span(one.level, class_name="muted small block"), scope="row"),
        rx.el.td(progress_chip(one.status, 0)),
        rx.el.td(one.attempts),
        rx.el.td(f"{one.best_score} %"),
        rx.el.td(rx.cond(one.solved_ms > 0, LocalTime.create(at=one.solved_ms, full=True), "–")),
        key=f"{one.level}/{one.title}",
    )
