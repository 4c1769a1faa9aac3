"""The form that signing in and registering share: fields, what went wrong, one button."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.client import NativeForm
from coderunner_app.components.parts import Live, trouble


def field(name: str, label: str, *, kind: str = "text", hint: str = "", **attributes: object) -> rx.Component:
    """One line to fill in, with its name above and what to know about it below."""
    described = {"aria-describedby": f"{name}-hint"} if hint else {}
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.input(name=name, id=name, type=kind, custom_attrs={**attributes, **described}),
        rx.el.p(hint, id=f"{name}-hint", class_name="muted small") if hint else rx.fragment(),
        class_name="field",
    )


def account_form(
    *fields: rx.Component,
    action: str,
    button: str,
    problem: Live,
    onwards: Live,
) -> rx.Component:
    """A form that the browser posts by itself, so that the session comes back in a cookie that no script can read."""
    return NativeForm.create(
        trouble(problem),
        *fields,
        rx.el.input(type="hidden", name="next", value=onwards, read_only=True),
        rx.el.button(button, type="submit", class_name="btn primary wide"),
        action=action,
        method="post",
        class_name="form",
    )
