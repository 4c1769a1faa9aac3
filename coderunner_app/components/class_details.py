"""What is opened with one click on the class page: a student, a problem, or one student's way with one problem."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.class_client import Ago, Drawer
from coderunner_app.components.parts import Live, icon
from coderunner_app.state.live_class import LiveClassState

_details: Live = LiveClassState.details


def class_details() -> rx.Component:
    """A drawer at the side of the page, or nothing."""
    return rx.cond(
        _details.kind != "",
        Drawer.create(
            rx.el.div(
                rx.el.h2(_details.title, class_name="long-name"),
                rx.el.button(
                    icon("close"),
                    type="button",
                    class_name="btn quiet square",
                    on_click=LiveClassState.look_away,
                    aria_label="Close",
                ),
                class_name="drawer-head",
            ),
            rx.el.p(_details.line, class_name="muted"),
            rx.cond(
                _details.kind != "problem",
                rx.el.a(
                    rx.cond(_details.kind == "square", "Programs and comments", "Everything that was run"),
                    href=rx.cond(
                        _details.kind == "square",
                        f"/student/{_details.student_id}?problem={_details.problem_id}",
                        f"/student/{_details.student_id}",
                    ),
                    id="to-student",
                    class_name="btn primary",
                ),
            ),
            rx.cond(_details.kind == "square", _ways()),
            rx.cond(
                _details.rows.length() > 0,
                rx.el.ul(rx.foreach(_details.rows, _row), class_name="detail-rows"),
                rx.el.p("Nothing has been begun yet.", class_name="empty"),
            ),
            label=_details.title,
            subject=f"{_details.kind}:{_details.student_id}:{_details.problem_id}",
            on_close=LiveClassState.look_away,
        ),
    )


def _ways() -> rx.Component:
    """From one square on to all of the student's or all of the problem's."""
    return rx.el.div(
        _way(f"Everything of {_details.student}", f"{_details.student_id}", ""),
        _way(f"Everybody on {_details.problem}", "", _details.problem_id),
        class_name="buttons",
    )


def _way(words: Live, student: Live, problem: Live) -> rx.Component:
    return rx.el.button(
        rx.el.span(words, class_name="long-name"),
        type="button",
        class_name="btn wrap",
        on_click=LiveClassState.look_at(student, problem),
    )


def _row(row: Live) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(
                _details.kind == "square",
                rx.el.b(row.attempts),
                rx.el.button(
                    row.name,
                    type="button",
                    class_name="link",
                    on_click=LiveClassState.look_at(f"{row.student_id}", row.problem_id),
                ),
            ),
            rx.el.span(
                rx.el.span(row.mark, custom_attrs={"aria-hidden": "true"}), row.state, class_name=f"chip {row.tone}"
            ),
            class_name="detail-head",
        ),
        rx.cond(row.why != "", rx.el.p(row.why, class_name="stuck-words")),
        rx.el.p(
            rx.cond(_details.kind != "square", rx.fragment(row.attempts, " · ")),
            rx.cond(row.last != "", rx.fragment(row.last, ", ")),
            rx.cond(row.at_ms > 0, rx.fragment(Ago.create(at=row.at_ms), " ago")),
            class_name="muted small",
        ),
        rx.cond(row.error != "", rx.el.pre(row.error, class_name="last-error")),
        key=row.key,
    )
