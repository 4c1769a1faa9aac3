"""One's own account: the name that is shown, the password, one's data, and the end."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.account_form import field
from coderunner_app.components.client import NativeForm
from coderunner_app.components.forms import line_form, said
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.parts import Live, file_link, skeleton, trouble
from coderunner_app.state.account import AccountState

_state: Live = AccountState


def account() -> rx.Component:
    """Four cards, the last of them the last resort."""
    return page(
        rx.el.h1("Your account"),
        trouble(_state.trouble),
        said(_state.said),
        rx.cond(
            _state.ready,
            rx.fragment(_name(), _password(), _data(), rx.cond(_state.may_delete, _end())),
            rx.cond(_state.trouble == "", rx.el.div(skeleton("40%", "70%", "60%"), class_name="card waiting")),
        ),
        crumbs=[crumb("Your account")],
        class_name="reading account-page",
    )


def _name() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Name"),
        rx.el.p("You sign in as ", rx.el.b(_state.name, class_name="mono long-name"), ".", class_name="muted"),
        line_form(
            "display_name", "The name that others see", "Save", _state.rename, value=_state.display_name,
            maxLength=40, required=True,
        ),
        class_name="card form-card",
    )  # fmt: skip


def _password() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Password"),
        NativeForm.create(
            field("current", "Current password", kind="password", autocomplete="current-password", required=True),
            field(
                "new", "New password", kind="password", autocomplete="new-password", required=True, minlength=8,
                hint="At least 8 characters; three short words make a good one.",
            ),
            field(
                "again", "New password, once more", kind="password", autocomplete="new-password", required=True,
                minlength=8,
            ),
            rx.el.p("Wherever else you are signed in, you will have to sign in again.", class_name="muted small"),
            rx.el.div(rx.el.button("Change the password", type="submit", class_name="btn primary")),
            action=routes.DO_CHANGE_PASSWORD,
            method="post",
            class_name="form",
        ),
        class_name="card form-card",
    )  # fmt: skip


def _data() -> rx.Component:
    return rx.el.section(
        rx.el.h2("What is stored about you"),
        rx.el.p(
            "One file with everything that is yours: profile, classes, programs with their output as far as they are "
            "still kept, drafts, progress and comments.",
            class_name="muted",
        ),
        file_link("Download my data", routes.OWN_DATA),
        class_name="card form-card",
    )


def _end() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Delete the account"),
        rx.el.p(
            "Your programs, results, drafts and progress are deleted, with what your teachers wrote about them. You "
            "leave your classes. What you wrote as a teacher stays without your name. Nobody can bring any of it back, "
            "so download your data first if you want to keep it.",
            class_name="muted",
        ),
        rx.el.details(
            rx.el.summary("Delete my account"),
            NativeForm.create(
                field("password", "Your password", kind="password", autocomplete="current-password", required=True),
                rx.el.div(rx.el.button("Delete everything, for good", type="submit", class_name="btn danger")),
                action=routes.DO_DELETE_ACCOUNT,
                method="post",
                class_name="form",
            ),
            class_name="last-resort",
        ),
        class_name="card form-card",
        id="end",
    )
