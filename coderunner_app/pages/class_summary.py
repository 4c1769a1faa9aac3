"""A class on a sheet of paper: one line a student."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.class_client import LocalTime, Print
from coderunner_app.components.class_ways import class_crumbs
from coderunner_app.components.frame import page
from coderunner_app.components.lost import lost
from coderunner_app.components.parts import Live, skeleton, trouble
from coderunner_app.state.class_summary import ClassSummaryState

_state: Live = ClassSummaryState
_HEAD = ("Student", "Solved", "Tried", "Attempts", "Mean of best scores", "Last submission")


def class_summary_title() -> Live:
    """What the browser's tab says, and the printer writes at the top."""
    return rx.cond(_state.name != "", f"{_state.name}: summary · Code Runner", "Code Runner")


def class_summary() -> rx.Component:
    """The sheet, with a button that the printer leaves out."""
    return page(
        rx.cond(
            _state.ready,
            rx.cond(_state.missing, lost("There is no such class"), _sheet()),
            rx.fragment(
                trouble(_state.trouble),
                rx.el.div(skeleton("40%", "70%", "60%", "65%"), class_name="card waiting"),
            ),
        ),
        crumbs=class_crumbs(_state.name, _state.address, "Summary"),
        class_name=rx.cond(_state.missing, "centre", "reading"),
    )


def _sheet() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h1(_state.name, class_name="long-name"),
            rx.el.div(
                rx.el.a("Back to the report", href=f"{_state.address}/report", class_name="btn"),
                Print.create(label="Print"),
                class_name="buttons no-print",
            ),
            class_name="page-head",
        ),
        rx.el.p(
            rx.cond(_state.teachers != "", f"Taught by {_state.teachers}. ", ""),
            f"{_state.problems} problems. As of ",
            LocalTime.create(at=_state.made_ms, full=True),
            ".",
            class_name="muted",
        ),
        rx.cond(
            _state.students.length() > 0,
            rx.el.div(
                rx.el.table(
                    rx.el.thead(rx.el.tr(*[rx.el.th(words, scope="col") for words in _HEAD])),
                    rx.el.tbody(rx.foreach(_state.students, _student)),
                    class_name="lines",
                ),
                class_name="scroll",
                tab_index=0,
                role="region",
                aria_label="Students",
            ),
            rx.el.p("Nobody is in this class yet.", class_name="muted"),
        ),
        class_name="card form-card sheet plain-sheet",
    )


def _student(one: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.a(one.shown_name, href=routes.student_summary(one.id), class_name="long-name"),
            rx.el.span(one.name, class_name="muted small block"),
            scope="row",
        ),
        rx.el.td(f"{one.solved} of {_state.problems}"),
        rx.el.td(one.tried),
        rx.el.td(one.attempts),
        rx.el.td(rx.cond(one.mean_score != None, f"{one.mean_score} %", "–")),  # noqa: E711 - a Var is compared
        rx.el.td(rx.cond(one.last_ms > 0, LocalTime.create(at=one.last_ms, full=True), "–")),
        key=one.id,
    )
