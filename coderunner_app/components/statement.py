"""The problem as a page of a book: what to do, examples, what a program may use, hints one by one."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.assignments import set_lines
from coderunner_app.components.parts import Live, icon, progress_chip
from coderunner_app.components.talk import talk
from coderunner_app.state.problem import ProblemState
from coderunner_app.state.talk import TalkState

_problem: Live = ProblemState.problem


def statement() -> rx.Component:
    """The left side of the workspace."""
    return rx.el.article(
        rx.el.h1(_problem.title),
        rx.el.p(
            rx.cond(ProblemState.signed_in, progress_chip(_problem.progress.status, _problem.progress.best_score)),
            rx.foreach(_problem.concepts, lambda concept: rx.el.span(concept, class_name="chip soft")),
            class_name="chips",
        ),
        set_lines(),
        # Rendered from the problem's Markdown and sanitised where the curriculum is read.
        rx.html(_problem.statement_html, class_name="prose"),
        rx.foreach(_problem.examples, _numbered),
        rx.cond(
            _problem.data_files.length() > 0,
            rx.el.p(
                "Files that your program can read: ", rx.el.code(_problem.data_files.join(", ")), class_name="muted"
            ),
        ),
        rx.el.p(ProblemState.limits, class_name="muted small limits"),
        _hints(),
        rx.cond(
            TalkState.ready & ProblemState.signed_in,
            talk(
                TalkState,
                nothing="Ask your teacher here about this problem.",
                label="Write to your teachers",
                about=lambda one, which: rx.el.a(
                    which, href=f"/problem/{_problem.id}/history?run={one.run_id}", class_name="comment-about"
                ),
            ),
        ),
        class_name="card left",
        tab_index=0,
        aria_label="The problem",
    )


def _numbered(example: Live, index: Live) -> rx.Component:
    """The first example is part of the text; the others wait until somebody wants them."""
    return rx.cond(
        (index == 0) | (_problem.kind == "unittest"),
        _example(example),
        rx.el.details(rx.el.summary("Another example"), _example(example), class_name="more"),
    )


def _example(example: Live) -> rx.Component:
    kind = _problem.kind
    return rx.match(
        kind,
        (
            "program",
            rx.el.div(
                rx.cond(
                    example.given != "",
                    rx.fragment(rx.el.p("Your program reads", class_name="muted"), rx.el.pre(example.given)),
                ),
                rx.el.p(rx.cond(example.given != "", "and prints", "Your program prints"), class_name="muted"),
                rx.el.pre(example.expected),
                class_name="example",
            ),
        ),
        (
            "function",
            rx.el.div(
                rx.el.pre(example.given, rx.el.span(" → ", class_name="muted"), example.expected),
                class_name="example",
            ),
        ),
        rx.el.details(
            rx.el.summary("Test: ", example.name), rx.el.pre(example.given), class_name="example"
        ),
    )  # fmt: skip


def _hints() -> rx.Component:
    hints = _problem.hints_html
    more = ProblemState.hints_shown < hints.length()
    return rx.cond(
        hints.length() > 0,
        rx.el.div(
            rx.foreach(hints, _hint),
            rx.cond(
                more,
                rx.el.button(
                    rx.cond(ProblemState.hints_shown == 0, "Show a hint", "Show the next hint"),
                    icon("down"),
                    type="button",
                    class_name="link",
                    on_click=ProblemState.show_hint,
                    id="hint",
                ),
            ),
            class_name="hints",
            custom_attrs={"aria-live": "polite"},
        ),
    )


def _hint(html: Live, index: Live) -> rx.Component:
    return rx.cond(
        index < ProblemState.hints_shown,
        rx.el.div(
            rx.el.b(f"Hint {index + 1} of {_problem.hints_html.length()}"),
            rx.html(html),
            class_name="hint",
        ),
    )
