"""The editor, the input box, and the row of buttons under them."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.client import Editor, InputBox, QuotaLeft, SaveState, StartAgain, typed
from coderunner_app.components.draft_notes import draft_notes
from coderunner_app.components.parts import Live, icon
from coderunner_app.state.problem import ProblemState

_INPUT_ID = "input"
_active: Live = ProblemState.run_panel.active


def workbench() -> rx.Component:
    """Where the program is written and started."""
    return rx.el.div(
        draft_notes(),
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
        _run_or_stop(),
        rx.el.button(
            icon("check"),
            "Submit",
            rx.el.kbd("Ctrl ⇧ ↵"),
            type="button",
            id="submit",
            class_name="btn",
            disabled=_active,
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
            QuotaLeft.create(said=ProblemState.left, on_change=ProblemState.look_at_quota),
            class_name="muted small notes",
        ),
        class_name="tool",
        role="toolbar",
        aria_label="Run and submit",
    )


def _run_or_stop() -> rx.Component:
    """One button, so that it keeps the focus of somebody who works by keyboard. Ctrl-Enter presses it as Run only."""
    return rx.el.button(
        rx.cond(
            _active,
            rx.fragment(icon("stop"), rx.cond(ProblemState.stopping, "Stopping…", "Stop")),
            rx.fragment(icon("run"), "Run", rx.el.kbd("Ctrl ↵")),
        ),
        type="button",
        id="run",
        class_name=rx.cond(_active, "btn stop", "btn primary"),
        on_click=rx.cond(
            _active, ProblemState.stop_program(), ProblemState.run_program(typed("source"), typed("stdin"))
        ),
        custom_attrs={"data-active": _active, "aria-disabled": ProblemState.stopping},
    )
