"""One's own history of a problem: every run and submission, opened, compared, brought back."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.lost import lost
from coderunner_app.components.parts import Live, skeleton, trouble
from coderunner_app.components.work import work_list, work_shown
from coderunner_app.state.history import HistoryState

_state: Live = HistoryState


def history_title() -> Live:
    """What the browser's tab says."""
    return rx.cond(_state.title != "", f"{_state.title}: history · Code Runner", "Code Runner")


def history() -> rx.Component:
    """The list on one side, what is open on the other; at phone width, below each other."""
    workspace = f"/problem/{_state.problem_id}"
    return page(
        rx.cond(
            _state.ready,
            rx.cond(
                _state.missing,
                lost("There is no such problem"),
                rx.fragment(
                    rx.el.div(
                        rx.el.h1(f"History of {_state.title}", class_name="long-name"),
                        rx.el.a("Back to the problem", href=workspace, class_name="btn"),
                        class_name="work-top",
                    ),
                    rx.cond(_state.trouble != _state.said_trouble, trouble(_state.trouble)),
                    rx.el.div(
                        work_list(_state),
                        work_shown(_state, label="Write to your teachers about this run", restore=HistoryState.restore),
                        class_name=f"work-split show-{_state.showing}",
                    ),
                ),
            ),
            rx.el.div(skeleton("40%", "70%", "60%", "65%"), class_name="card waiting"),
        ),
        crumbs=[
            crumb("Curriculum", routes.CURRICULUM, "root"),
            rx.cond(
                _state.title != "",
                rx.fragment(
                    crumb(_state.group, f"{routes.CURRICULUM}?age={_state.group_id}", "level-crumb"),
                    crumb(_state.title, workspace),
                    crumb("History", class_name="here"),
                ),
            ),
        ],
        class_name=rx.cond(_state.missing, "centre", "work"),
    )
