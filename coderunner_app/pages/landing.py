"""The first page: what this is, and the two ways in."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.frame import page

_SAMPLE = (
    (("for", "k"), (" i ", ""), ("in", "k"), (" ", ""), ("range", "f"), ("(", ""), ("3", "n"), (", ", ""), ("0", "n"),
     (", -", ""), ("1", "n"), ("):", "")),
    (("    ", ""), ("print", "f"), ("(i)", "")),
    (("print", "f"), ("(", ""), ('"Lift off!"', "s"), (")", "")),
)  # fmt: skip
_OUTPUT = ("3", "2", "1", "Lift off!")


def landing() -> rx.Component:
    """One sentence, one picture, two buttons."""
    return page(
        rx.el.section(
            rx.el.div(
                rx.el.h1("Learn Python by running it"),
                rx.el.p(
                    "Short problems for every age. Write a few lines, press Run, and see what they do. "
                    "Your programs are kept, on every device.",
                    class_name="lead",
                ),
                rx.el.div(
                    rx.el.a("Look at the problems", href=routes.CURRICULUM, class_name="btn primary big"),
                    rx.el.a("Sign in", href=routes.SIGN_IN, class_name="btn big"),
                    class_name="buttons",
                ),
                rx.el.p(
                    "New here? ", rx.el.a("Make an account", href=routes.REGISTER), ". It takes a name and a password.",
                    class_name="muted",
                ),
                class_name="pitch",
            ),
            _picture(),
            class_name="landing",
        ),
    )  # fmt: skip


def _picture() -> rx.Component:
    lines = [
        rx.el.span(*[rx.el.span(words, class_name=f"t{kind}") if kind else words for words, kind in line], "\n")
        for line in _SAMPLE
    ]
    return rx.el.div(
        rx.el.pre(*lines, class_name="sample-code"),
        rx.el.div(
            rx.el.span("✓ Finished", class_name="chip ok"),
            rx.el.pre("\n".join(_OUTPUT)),
            class_name="sample-output",
        ),
        class_name="card sample",
        custom_attrs={"aria-hidden": "true"},
    )
