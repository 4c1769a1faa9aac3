"""What is shown where there is nothing to show."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes


def lost(heading: str) -> rx.Component:
    """Says so, and shows the way to what there is."""
    return rx.el.section(
        rx.el.h1(heading),
        rx.el.p("Perhaps the address has a typing mistake, or what was here is gone.", class_name="muted"),
        rx.el.a("Go to the curriculum", href=routes.CURRICULUM, class_name="btn primary"),
        class_name="card narrow",
    )
