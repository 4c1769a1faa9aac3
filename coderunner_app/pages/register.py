"""The page on which a student makes an account."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.account_form import account_form, field
from coderunner_app.components.frame import page
from coderunner_app.state.register import RegisterState


def register() -> rx.Component:
    """Two names and a password."""
    return page(
        rx.el.section(
            rx.el.h1("Make an account"),
            rx.cond(RegisterState.is_open, _form(), _closed()),
            rx.el.p(
                "You have one already? ",
                rx.el.a("Sign in", href=RegisterState.sign_in_address),
                class_name="muted",
            ),
            class_name="card narrow",
        ),
        class_name="centre",
    )


def _form() -> rx.Component:
    return account_form(
        field(
            "name",
            "Name to sign in with",
            hint="Letters and digits. It need not be your real name.",
            autocomplete="username",
            autocapitalize="none",
            required=True,
            maxlength=100,
        ),
        field(
            "display_name",
            "Name to show",
            hint="What your teacher sees. You may leave it empty.",
            autocomplete="nickname",
            maxlength=100,
        ),
        field(
            "password",
            "Password",
            kind="password",
            hint="8 characters or more. Three words that you remember are a good one.",
            autocomplete="new-password",
            required=True,
        ),
        action=routes.DO_REGISTER,
        button="Make my account",
        problem=RegisterState.trouble,
        onwards=RegisterState.onwards,
    )


def _closed() -> rx.Component:
    return rx.el.p("Accounts are made by your teacher here. Ask for yours.")
