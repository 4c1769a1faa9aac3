"""The Reflex app: which page stands at which address, and what it reads when it opens."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary  # type: ignore[import-untyped]

from coderunner_app import routes
from coderunner_app.components.frame import first_moment
from coderunner_app.pages.account import account
from coderunner_app.pages.admin_audit import admin_audit
from coderunner_app.pages.admin_classes import admin_classes
from coderunner_app.pages.admin_users import admin_users
from coderunner_app.pages.class_assignments import class_assignments, class_assignments_title
from coderunner_app.pages.class_manage import class_manage, class_manage_title
from coderunner_app.pages.class_report import class_report, class_report_title
from coderunner_app.pages.class_students import class_students, class_students_title
from coderunner_app.pages.class_summary import class_summary, class_summary_title
from coderunner_app.pages.classes import classes
from coderunner_app.pages.cost import cost
from coderunner_app.pages.curriculum import curriculum
from coderunner_app.pages.history import history, history_title
from coderunner_app.pages.join import join
from coderunner_app.pages.landing import landing
from coderunner_app.pages.live_class import live_class, live_class_title
from coderunner_app.pages.not_found import not_found
from coderunner_app.pages.operations import operations
from coderunner_app.pages.problem import problem, problem_title
from coderunner_app.pages.register import register
from coderunner_app.pages.sign_in import sign_in
from coderunner_app.pages.student import student, student_title
from coderunner_app.pages.student_summary import student_summary, student_summary_title
from coderunner_app.state.account import AccountState
from coderunner_app.state.admin_audit import AdminAuditState
from coderunner_app.state.admin_classes import AdminClassesState
from coderunner_app.state.admin_users import AdminUsersState
from coderunner_app.state.class_assignments import ClassAssignmentsState
from coderunner_app.state.class_manage import ClassManageState
from coderunner_app.state.class_report import ClassReportState
from coderunner_app.state.class_students import ClassStudentsState
from coderunner_app.state.class_summary import ClassSummaryState
from coderunner_app.state.classes import ClassesState
from coderunner_app.state.cost import CostState
from coderunner_app.state.curriculum import CurriculumState
from coderunner_app.state.history import HistoryState
from coderunner_app.state.join import JoinState
from coderunner_app.state.landing import LandingState
from coderunner_app.state.live_class import LiveClassState
from coderunner_app.state.operations import OperationsState
from coderunner_app.state.problem import ProblemState
from coderunner_app.state.register import RegisterState
from coderunner_app.state.session import SessionState
from coderunner_app.state.sign_in import SignInState
from coderunner_app.state.student import StudentState
from coderunner_app.state.student_summary import StudentSummaryState
from coderunner_app.state.talk import TalkState

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
    stylesheets=[
        "/theme.css",
        "/parts.css",
        "/pages.css",
        "/workspace.css",
        "/class.css",
        "/work.css",
        "/setup.css",
        "/reports.css",
    ],
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
app.add_page(problem, routes.PROBLEM, problem_title(), _ABOUT, _ICON, [_on_load, ProblemState.load, TalkState.load])
app.add_page(history, routes.HISTORY, history_title(), _ABOUT, _ICON, [_on_load, HistoryState.load])
app.add_page(student, routes.STUDENT, student_title(), _ABOUT, _ICON, [_on_load, StudentState.load])
app.add_page(classes, routes.CLASSES, "Classes · Code Runner", _ABOUT, _ICON, [_on_load, ClassesState.load])
app.add_page(join, routes.JOIN, "Join a class · Code Runner", _ABOUT, _ICON, [_on_load, JoinState.load])
app.add_page(live_class, routes.CLASS, live_class_title(), _ABOUT, _ICON, [_on_load, LiveClassState.load])
app.add_page(
    class_manage, routes.CLASS_MANAGE, class_manage_title(), _ABOUT, _ICON,
    [_on_load, ClassManageState.load],
)  # fmt: skip
app.add_page(
    class_students, routes.CLASS_STUDENTS, class_students_title(), _ABOUT, _ICON,
    [_on_load, ClassStudentsState.load],
)  # fmt: skip
app.add_page(
    class_assignments, routes.CLASS_ASSIGNMENTS, class_assignments_title(), _ABOUT, _ICON,
    [_on_load, ClassAssignmentsState.load],
)  # fmt: skip
for _page, _address, _title, _load in (
    (class_report, routes.CLASS_REPORT, class_report_title(), ClassReportState.load),
    (class_summary, routes.CLASS_SUMMARY, class_summary_title(), ClassSummaryState.load),
    (student_summary, routes.STUDENT_SUMMARY, student_summary_title(), StudentSummaryState.load),
    (account, routes.ACCOUNT, "Your account · Code Runner", AccountState.load),
    (admin_users, routes.ADMIN_USERS, "People · Code Runner", AdminUsersState.load),
    (admin_classes, routes.ADMIN_CLASSES, "All classes · Code Runner", AdminClassesState.load),
    (admin_audit, routes.ADMIN_AUDIT, "Log · Code Runner", AdminAuditState.load),
    (cost, routes.ADMIN_COST, "Cost and capacity · Code Runner", CostState.load),
    (operations, routes.ADMIN_OPERATIONS, "Operations · Code Runner", OperationsState.load),
):
    app.add_page(_page, _address, _title, _ABOUT, _ICON, [_on_load, _load])
app.add_page(not_found, "404", "Not found · Code Runner", _ABOUT, _ICON, [_on_load])
