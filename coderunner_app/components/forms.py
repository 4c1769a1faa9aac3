"""Forms that go over the open page: fields with their names, and one button."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app.components.parts import Live


def form(*content: rx.Component, on_submit: Any, class_name: str = "form", **more: Any) -> rx.Component:
    """Sends what its fields hold, by their names, to a handler."""
    return rx.el.form(*content, on_submit=on_submit, class_name=class_name, **more)


def line_form(
    name: str, label: str, button: str, on_submit: Any, *, value: Live = "", hint: str = "", **attributes: Any
) -> rx.Component:
    """One field with its button beside it."""
    described = {"aria-describedby": f"{name}-hint"} if hint else {}
    return form(
        rx.el.label(label, html_for=name),
        rx.el.div(
            rx.el.input(
                name=name,
                id=name,
                default_value=value,
                key=value,
                auto_complete="off",
                custom_attrs={**attributes, **described},
            ),
            rx.el.button(button, type="submit", class_name="btn primary"),
            class_name="with-button",
        ),
        rx.el.p(hint, id=f"{name}-hint", class_name="muted small") if hint else rx.fragment(),
        on_submit=on_submit,
        class_name="field",
    )


def check(name: Live, label: Live, *, checked: Live, hint: Live = "") -> rx.Component:
    """A box to tick."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=checked),
        rx.el.span(label, rx.cond(hint != "", rx.el.span(hint, class_name="muted small hint-line"))),
        class_name="check",
    )


def said(message: Live) -> rx.Component:
    """What was just done, read aloud to those who do not see it."""
    return rx.el.div(rx.cond(message != "", rx.el.p(message, class_name="said")), role="status")
