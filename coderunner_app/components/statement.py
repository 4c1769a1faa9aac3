"""The problem as a page of a book: what to do, examples, what a program may use, hints one by one."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.parts import icon, progress_chip
from coderunner_app.state.problem import ProblemState
from coderunner_core.services.views import ExampleView


def statement() -> rx.Component:
    """The left side of the workspace."""
    problem = ProblemState.problem
    return rx.el.article(
        rx.el.h1(problem.title),
        rx.el.p(
            rx.cond(ProblemState.signed_in, progress_chip(problem.progress.status, problem.progress.best_score)),
            rx.foreach(problem.concepts, lambda concept: rx.el.span(concept, class_name="chip soft")),
            class_name="chips",
        ),
        # Rendered from the problem's Markdown and sanitised where the curriculum is read.
        rx.html(problem.statement_html, class_name="prose"),
        rx.foreach(problem.examples, _numbered),
        rx.cond(
            problem.data_files.length() > 0,
            rx.el.p("Files that your program can read: ", rx.el.code(problem.data_files.join(", ")), class_name="muted"),
        ),
        rx.el.p(ProblemState.limits, class_name="muted small limits"),
        _hints(),
        class_name="card left",
        tab_index=0,
        aria_label="The problem",
    )


def _numbered(example: rx.Var[ExampleView], index: rx.Var[int]) -> rx.Component:
    """The first example is part of the text; the others wait until somebody wants them."""
    return rx.cond(
        (index == 0) | (ProblemState.problem.kind == "unittest"),
        _example(example),
        rx.el.details(rx.el.summary("Another example"), _example(example), class_name="more"),
    )


def _example(example: rx.Var[ExampleView]) -> rx.Component:
    kind = ProblemState.problem.kind
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
    hints = ProblemState.problem.hints_html
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


def _hint(html: rx.Var[str], index: rx.Var[int]) -> rx.Component:
    return rx.cond(
        index < ProblemState.hints_shown,
        rx.el.div(
            rx.el.b(f"Hint {index + 1} of {ProblemState.problem.hints_html.length()}"),
            rx.html(html),
            class_name="hint",
        ),
    )
