"""The Reflex app: which page stands at which address, and what it reads when it opens."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary  # type: ignore[import-untyped]

from coderunner_app import routes
from coderunner_app.components.frame import first_moment
from coderunner_app.pages.curriculum import curriculum
from coderunner_app.pages.landing import landing
from coderunner_app.pages.not_found import not_found
from coderunner_app.pages.problem import problem, problem_title
from coderunner_app.pages.register import register
from coderunner_app.pages.sign_in import sign_in
from coderunner_app.state.curriculum import CurriculumState
from coderunner_app.state.landing import LandingState
from coderunner_app.state.problem import ProblemState
from coderunner_app.state.register import RegisterState
from coderunner_app.state.session import SessionState
from coderunner_app.state.sign_in import SignInState

_ICON = "/icon.svg"
_ABOUT = "Learn Python by writing and running it."


def _broken() -> rx.Component:
    """Shown instead of a page whose script failed."""
    return rx.el.main(
        rx.el.section(
            rx.el.h1("This page does not work just now"),
            rx.el.p("What you typed is kept. Load the page again to go on."),
            rx.el.a("Load again", href="", class_name="btn primary", rel="external"),
            class_name="card narrow",
        ),
        class_name="centre",
    )


app = rx.App(
    theme=None,
    reset_style=False,
    toaster=None,
    hydrate_fallback=first_moment,
    stylesheets=["/theme.css", "/parts.css", "/pages.css", "/workspace.css"],
    head_components=[
        rx.el.link(rel="icon", href=_ICON, type="image/svg+xml"),
        rx.el.meta(name="color-scheme", content="light dark"),
    ],
    # Reflex's own overlay is replaced by components.client.Connection.
    app_wraps={(55, "ErrorBoundary"): lambda _stateful: ErrorBoundary.create(fallback_render=_broken())},
)

_on_load = SessionState.load
app.add_page(landing, routes.LANDING, "Code Runner", _ABOUT, _ICON, [_on_load, LandingState.load])
app.add_page(sign_in, routes.SIGN_IN, "Sign in · Code Runner", _ABOUT, _ICON, [_on_load, SignInState.load])
app.add_page(register, routes.REGISTER, "Make an account · Code Runner", _ABOUT, _ICON, [_on_load, RegisterState.load])
app.add_page(curriculum, routes.CURRICULUM, "Curriculum · Code Runner", _ABOUT, _ICON, [_on_load, CurriculumState.load])
app.add_page(problem, routes.PROBLEM, problem_title(), _ABOUT, _ICON, [_on_load, ProblemState.load])
app.add_page(not_found, "404", "Not found · Code Runner", _ABOUT, _ICON, [_on_load])
