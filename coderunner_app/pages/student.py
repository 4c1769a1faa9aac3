"""A student as their teacher sees them: progress, time line, everything that was run, comments, the draft of now."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.class_client import Clock, LocalTime
from coderunner_app.components.client import CodeView
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.lost import lost
from coderunner_app.components.parts import Live, skeleton, trouble
from coderunner_app.components.talk import talk
from coderunner_app.components.work import work_list, work_shown
from coderunner_app.components.work_client import Timeline
from coderunner_app.state.student import StudentState

_state: Live = StudentState


def student_title() -> Live:
    """What the browser's tab says."""
    return rx.cond(_state.display_name != "", f"{_state.display_name} · Code Runner", "Code Runner")


def student() -> rx.Component:
    """From the whole to one program."""
    return page(
        rx.cond(
            _state.ready,
            rx.cond(_state.missing, lost("There is no such student"), _student()),
            rx.el.div(skeleton("30%", "90%", "85%", "90%"), class_name="card waiting"),
        ),
        crumbs=[
            crumb("Classes", routes.CLASSES, "root"),
            rx.cond(_state.display_name != "", crumb(_state.display_name, class_name="here")),
        ],
        class_name=rx.cond(_state.missing, "centre", "work"),
    )


def _student() -> rx.Component:
    return rx.fragment(
        Clock.create(now=_state.now_ms),
        _head(),
        # What a form refuses stands at the form.
        rx.cond(
            (_state.trouble != _state.comment_trouble) & (_state.trouble != _state.said_trouble),
            trouble(_state.trouble),
        ),
        rx.el.div(_progress(), _when(), class_name="student-over"),
        _one_problem(),
        rx.el.div(
            work_list(_state, with_problem=_state.problem_id == ""),
            work_shown(_state, label="Write to the student about this run"),
            class_name=f"work-split show-{_state.showing}",
        ),
    )


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h1(_state.display_name, class_name="long-name"),
            rx.el.p(
                rx.el.span("signs in as ", rx.el.b(_state.name), class_name="muted long-name"),
                rx.cond(
                    _state.online,
                    rx.el.span(
                        "● online",
                        rx.cond(_state.at_work_on != "", f", on {_state.at_work_on}", ""),
                        class_name="chip ok",
                        id="at-work",
                    ),
                    rx.cond(
                        _state.last_seen_ms > 0,
                        rx.el.span("last seen ", LocalTime.create(at=_state.last_seen_ms), class_name="muted"),
                        rx.el.span("not seen yet", class_name="muted"),
                    ),
                ),
                rx.foreach(
                    _state.classes,
                    lambda one: rx.el.a(one.name, href=f"/class/{one.id}", class_name="chip soft long-name"),
                ),
                class_name="chips student-facts",
            ),
        ),
        rx.el.a("Summary to print", href=_state.summary, class_name="btn"),
        class_name="work-top",
    )


def _progress() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Progress"),
        rx.cond(
            _state.levels.length() > 0,
            rx.foreach(_state.levels, _level),
            rx.el.p("Nothing has been begun yet.", class_name="muted"),
        ),
        class_name="card student-card",
    )


def _level(level: Live) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.el.b(level.title),
            rx.el.span(
                f"{level.solved} of {level.total} solved",
                rx.cond(level.tried > 0, f" · {level.tried} tried", ""),
                rx.cond(level.stuck > 0, f" · {level.stuck} stuck", ""),
                class_name="muted small",
            ),
            class_name="student-level",
        ),
        rx.el.div(rx.foreach(level.problems, _step), class_name="steps"),
    )


def _step(one: Live) -> rx.Component:
    return rx.el.button(
        rx.match(one.state, ("solved", "✓ "), ("stuck", "! "), ("tried", "● "), ""),
        one.title,
        rx.cond(one.attempts > 0, f" · {one.attempts}", ""),
        rx.el.span(
            rx.match(one.state, ("solved", ", solved"), ("stuck", ", stuck"), ("tried", ", tried"), ", not started"),
            class_name="unseen",
        ),
        type="button",
        title=one.why,
        class_name=f"chip step {one.state}",
        on_click=StudentState.show_problem(one.problem_id),
        custom_attrs={"aria-pressed": rx.cond(_state.problem_id == one.problem_id, "true", "false")},
    )


def _when() -> rx.Component:
    return rx.el.section(
        rx.el.h2(f"The last {_state.days} days"),
        Timeline.create(presses=_state.presses, days=_state.days, now=_state.now_ms),
        rx.cond(_state.presses_cut, rx.el.p("Only the newest presses are counted here.", class_name="muted small")),
        class_name="card student-card",
    )


def _one_problem() -> rx.Component:
    return rx.cond(
        _state.problem_id != "",
        rx.el.section(
            rx.el.div(
                rx.el.h2(_state.problem, id="problem-shown"),
                rx.el.button(
                    "Show all problems", type="button", class_name="btn", on_click=StudentState.show_problem(""),
                    id="all-problems",
                ),
                class_name="work-top",
            ),
            _draft(),
            talk(
                _state,
                nothing="Nothing has been said about this problem yet.",
                label="Write to the student",
                about=lambda one, which: rx.el.button(
                    which, type="button", class_name="link comment-about", on_click=StudentState.open_run(one.run_id)
                ),
            ),
            class_name="card student-card",
        ),
        rx.el.h2("Everything that was run", class_name="work-heading"),
    )  # fmt: skip


def _draft() -> rx.Component:
    return rx.cond(
        _state.watching,
        rx.el.div(
            rx.el.div(
                rx.el.span("● live", class_name="chip ok"),
                rx.el.span("What is in the editor now. The student knows that you can see it.", class_name="muted"),
                rx.el.button("Stop watching", type="button", class_name="btn", on_click=StudentState.stop_watching),
                class_name="chips",
            ),
            rx.cond(
                _state.draft_begun,
                CodeView.create(text=_state.draft, label="The student's draft"),
                rx.el.p("Nothing has been typed yet.", class_name="empty"),
            ),
            id="draft",
        ),
        rx.cond(
            _state.may_watch,
            rx.el.button("Watch", type="button", class_name="btn primary", on_click=StudentState.watch, id="watch"),
        ),
    )
