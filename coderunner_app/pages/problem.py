"""The workspace: the problem on one side, the program and what it did on the other."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.lost import lost
from coderunner_app.components.parts import Live, skeleton
from coderunner_app.components.result import result
from coderunner_app.components.statement import statement
from coderunner_app.components.workbench import workbench
from coderunner_app.state.problem import ProblemState

_problem: Live = ProblemState.problem

_PANES = (("problem", "Problem"), ("code", "Code"), ("result", "Result"))


def problem_title() -> Live:
    """What the browser's tab says."""
    return rx.cond(_problem.title != "", f"{_problem.title} · Code Runner", "Code Runner")


def problem() -> rx.Component:
    """Three parts side by side; at phone width, three tabs."""
    return page(
        rx.cond(
            ProblemState.ready,
            rx.cond(ProblemState.missing, lost("There is no such problem"), _workspace()),
            _waiting(),
        ),
        crumbs=[
            crumb("Curriculum", routes.CURRICULUM, "root"),
            rx.cond(
                _problem.id != "",
                rx.fragment(
                    crumb(
                        f"{_problem.age_group_title} · Level {_problem.level_number} {_problem.level_title}",
                        f"{routes.CURRICULUM}?age={_problem.age_group_id}",
                        "level-crumb",
                    ),
                    crumb(_problem.title, class_name="here"),
                ),
            ),
        ],
        aside=_level_progress(),
        class_name=rx.cond(ProblemState.missing, "centre", "workspace"),
    )


def _workspace() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            *[_pane_button(name, words) for name, words in _PANES],
            class_name="panes",
            role="group",
            aria_label="Parts of this page",
        ),
        rx.el.div(
            # At phone width the statement with the page's heading is out of sight while another part is shown.
            rx.el.h1(_problem.title, class_name="unseen phone-title"),
            statement(),
            rx.el.section(workbench(), result(), class_name="card right", aria_label="Your program"),
            class_name=f"split show-{ProblemState.pane}",
        ),
        key=_problem.id,
    )


def _pane_button(name: str, words: str) -> rx.Component:
    return rx.el.button(
        words,
        type="button",
        on_click=ProblemState.show_pane(name),
        custom_attrs={"aria-pressed": rx.cond(ProblemState.pane == name, "true", "false")},
    )


def _level_progress() -> rx.Component:
    total = _problem.siblings.length()
    return rx.cond(
        ProblemState.signed_in & (_problem.id != ""),
        rx.el.div(
            rx.el.span(rx.foreach(_problem.siblings, _dot), class_name="dots"),
            rx.el.span(
                f"{ProblemState.solved_in_level} of {total} solved", class_name="muted small", id="level-solved"
            ),
            class_name="level-progress",
        ),
    )


def _dot(card: Live) -> rx.Component:
    here = rx.cond(card.id == _problem.id, "dot here", "dot")
    words = rx.match(card.status, ("solved", "solved"), ("tried", "tried"), "not started")
    return rx.el.a(
        rx.el.i(class_name=card.status),
        href=f"/problem/{card.id}",
        class_name=here,
        title=f"{card.title}: {words}",
        aria_label=f"{card.title}: {words}",
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.section(skeleton("55%", "35%", "95%", "90%", "60%"), class_name="card left"),
        rx.el.section(skeleton("45%", "60%", "30%"), class_name="card right"),
        class_name="split show-problem",
    )
