"""Above the editor: who can see what is typed, and the way back to what an earlier program took the place of."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.client import flushed
from coderunner_app.state.problem import ProblemState


def draft_notes() -> rx.Component:
    """Nothing, most of the time."""
    return rx.fragment(
        rx.cond(
            ProblemState.watchers != "",
            rx.el.p(
                f"Your teachers in {ProblemState.watchers} can see what you type.", id="watched", class_name="note"
            ),
        ),
        rx.cond(
            ProblemState.set_aside,
            rx.el.div(
                rx.el.span("An earlier program stands here. What you had is set aside."),
                rx.el.span(
                    rx.el.button(
                        "Bring back what I had",
                        type="button",
                        class_name="btn",
                        on_click=ProblemState.bring_back(flushed()),
                        id="bring-back",
                    ),
                    rx.el.button("Keep this one", type="button", class_name="btn", on_click=ProblemState.forget_aside),
                    class_name="buttons",
                ),
                class_name="note",
                id="set-aside",
            ),
        ),
    )
