"""The sign-in page."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.account_form import account_form, field
from coderunner_app.components.frame import page
from coderunner_app.state.sign_in import SignInState


def sign_in() -> rx.Component:
    """Name and password."""
    return page(
        rx.el.section(
            rx.el.h1("Sign in"),
            account_form(
                field("name", "Name", autocomplete="username", autocapitalize="none", required=True, maxlength=100),
                field("password", "Password", kind="password", autocomplete="current-password", required=True),
                action=routes.DO_SIGN_IN,
                button="Sign in",
                problem=SignInState.trouble,
                onwards=SignInState.onwards,
            ),
            rx.el.p(
                "No account yet? ",
                rx.el.a("Make one", href=SignInState.register_address, id="to-register"),
                class_name="muted",
            ),
            class_name="card narrow",
        ),
        class_name="centre",
    )
