"""The editor, the input box, and the row of buttons under them."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.client import Editor, InputBox, SaveState, StartAgain, typed
from coderunner_app.components.parts import icon
from coderunner_app.state.problem import ProblemState

_INPUT_ID = "input"


def workbench() -> rx.Component:
    """Where the program is written and started."""
    return rx.el.div(
        Editor.create(draft=ProblemState.draft, markers=ProblemState.run_panel.markers, label="Your program"),
        rx.cond(
            ProblemState.input_open,
            rx.el.div(
                rx.el.label("Input: what your program reads, a line for each input()", html_for=_INPUT_ID),
                InputBox.create(id=_INPUT_ID, draft=ProblemState.draft),
                class_name="input-box",
            ),
        ),
        _buttons(),
        class_name="bench",
    )


def _buttons() -> rx.Component:
    return rx.el.div(
        rx.cond(ProblemState.run_panel.active, _stop(), _run()),
        rx.el.button(
            icon("check"),
            "Submit",
            rx.el.kbd("Ctrl ⇧ ↵"),
            type="button",
            id="submit",
            class_name="btn",
            disabled=ProblemState.run_panel.active,
            on_click=ProblemState.submit_program(typed("source")),
        ),
        rx.cond(
            ProblemState.problem.kind == "program",
            rx.el.button(
                "Input",
                icon("down"),
                type="button",
                id="toggle-input",
                class_name="btn quiet",
                on_click=ProblemState.toggle_input,
                custom_attrs={"aria-expanded": rx.cond(ProblemState.input_open, "true", "false")},
            ),
        ),
        StartAgain.create(),
        rx.el.span(class_name="grow"),
        rx.el.span(
            SaveState.create(draft=ProblemState.draft, saved=ProblemState.saved, on_save=ProblemState.save_draft),
            rx.cond(ProblemState.left != "", rx.el.span(ProblemState.left, class_name="left-today")),
            class_name="muted small notes",
        ),
        class_name="tool",
        role="toolbar",
        aria_label="Run and submit",
    )


def _run() -> rx.Component:
    return rx.el.button(
        icon("run"),
        "Run",
        rx.el.kbd("Ctrl ↵"),
        type="button",
        id="run",
        class_name="btn primary",
        on_click=ProblemState.run_program(typed("source"), typed("stdin")),
    )


def _stop() -> rx.Component:
    return rx.el.button(
        icon("stop"),
        rx.cond(ProblemState.stopping, "Stopping…", "Stop"),
        type="button",
        id="stop",
        class_name="btn stop",
        disabled=ProblemState.stopping,
        on_click=ProblemState.stop_program,
    )
