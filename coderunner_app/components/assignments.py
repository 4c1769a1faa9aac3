"""What a student's classes have set: above the curriculum, and as a line on the page of a problem."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.class_client import Due, LocalTime
from coderunner_app.components.parts import Live, hidden
from coderunner_app.state.curriculum import CurriculumState
from coderunner_app.state.problem import ProblemState

_assignments: Live = CurriculumState.assignments
_set: Live = ProblemState.assignments


def assignments() -> rx.Component:
    """One card each; what is due first comes first."""
    return rx.cond(
        _assignments.length() > 0,
        rx.el.section(
            rx.el.h2("Set by your teachers", id="set"),
            rx.el.ul(rx.foreach(_assignments, _card), class_name="problems"),
            class_name="set-by",
            custom_attrs={"aria-labelledby": "set"},
        ),
    )


def _card(one: Live) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(one.title, class_name="title"),
            rx.cond(
                one.state == "upcoming",
                rx.el.span("Opens ", LocalTime.create(at=one.opens_ms), class_name="chip soft"),
                Due.create(at=one.due_ms, done=one.state == "done"),
            ),
            class_name="set-head",
        ),
        rx.el.p(
            one.class_name,
            rx.cond(one.state != "upcoming", f" · {one.solved} of {one.total} solved", ""),
            class_name="muted small",
        ),
        rx.el.ul(rx.foreach(one.problems, _problem), class_name="set-problems"),
        key=one.id,
        class_name="card set",
    )


def _problem(problem: Live) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.match(
                problem.status,
                ("solved", rx.el.span("✓", hidden("solved: "), class_name="cell solved")),
                ("tried", rx.el.span("●", hidden("tried: "), class_name="cell tried")),
                rx.el.span(hidden("not started: "), class_name="cell none"),
            ),
            problem.title,
            rx.cond(problem.late, rx.el.span("late", class_name="chip try")),
            href=f"/problem/{problem.id}",
        ),
        key=problem.id,
    )


def set_lines() -> rx.Component:
    """For whom this problem is to be solved, and until when."""
    return rx.foreach(_set, _line)


def _line(one: Live) -> rx.Component:
    return rx.el.p(
        Due.create(at=one.due_ms, done=ProblemState.problem.progress.status == "solved"),
        rx.el.span(f"{one.title} · {one.class_name}", class_name="muted small long-name"),
        key=one.id,
        class_name="set-line",
    )
