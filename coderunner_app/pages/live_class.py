"""The live page of a class: who is here, what each is on, who is how far, and who needs a teacher now."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.class_client import Ago, Alarm, Clock, Heat, LiveChip
from coderunner_app.components.class_details import class_details
from coderunner_app.components.class_ways import class_ways
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.lost import lost
from coderunner_app.components.parts import Live, skeleton, trouble
from coderunner_app.state.live_class import LiveClassState

_stuck: Live = LiveClassState.stuck
_left_stuck: Live = LiveClassState.left_stuck
_events: Live = LiveClassState.events
_errors: Live = LiveClassState.errors


def live_class_title() -> Live:
    """What the browser's tab says."""
    return rx.cond(LiveClassState.name != "", f"{LiveClassState.name} · Code Runner", "Code Runner")


def live_class() -> rx.Component:
    """Figures above, the board, and beside it what just happened."""
    return page(
        rx.cond(
            LiveClassState.ready,
            rx.cond(LiveClassState.missing, lost("There is no such class"), _class()),
            rx.el.div(skeleton("30%", "90%", "90%", "85%", "90%"), class_name="card waiting"),
        ),
        crumbs=[
            crumb("Classes", routes.CLASSES, "root"),
            rx.cond(LiveClassState.name != "", crumb(LiveClassState.name, class_name="here")),
            rx.cond(
                LiveClassState.code != "",
                rx.el.span("join code ", rx.el.b(LiveClassState.code, class_name="mono"), class_name="chip soft code"),
            ),
            rx.cond(LiveClassState.name != "", LiveChip.create()),
        ],
        aside=rx.cond(LiveClassState.name != "", _ways()),
        class_name=rx.cond(LiveClassState.missing, "centre", "live"),
    )


def _ways() -> rx.Component:
    here = LiveClassState.address
    return rx.el.div(
        rx.el.a("Assign", href=f"{here}/assignments", class_name="btn"),
        rx.el.a("Report", href=f"{here}/report", class_name="btn"),
        rx.el.a("Set-up", href=f"{here}/manage", class_name="btn"),
        rx.el.a("Add students", href=f"{here}/students", class_name="btn primary"),
        class_name="ways",
    )


def _class() -> rx.Component:
    return rx.fragment(
        Clock.create(now=LiveClassState.now_ms),
        Alarm.create(at=LiveClassState.alarm_ms, on_due=LiveClassState.due),
        rx.el.h1(LiveClassState.name, class_name="unseen"),
        class_ways(LiveClassState.address, ""),
        trouble(LiveClassState.trouble),
        rx.cond(
            LiveClassState.archived,
            rx.el.p("This class is archived: its students no longer see it.", class_name="notice"),
        ),
        rx.el.div(
            _figure(
                "Online now",
                rx.fragment(LiveClassState.online, rx.el.span(f" of {LiveClassState.total}", class_name="muted")),
                "online",
            ),
            _figure("Solved this lesson", LiveClassState.solved_lately, "solved-lately"),
            _figure("Median time on a problem", LiveClassState.median, "median"),
            _figure("Stuck right now", _stuck.length(), "stuck-count", rx.cond(_stuck.length() > 0, "alert", "")),
            class_name="figures",
        ),
        rx.cond(LiveClassState.total > 0, _board(), _nobody()),
        class_details(),
    )


def _board() -> rx.Component:
    return rx.el.div(
        Heat.create(state=LiveClassState.get_full_name(), on_open=LiveClassState.look_at),
        rx.el.div(_stuck_card(), _events_card(), _errors_card(), class_name="side"),
        class_name="board",
    )


def _figure(words: str, value: Live, name: str, more: Live = "") -> rx.Component:
    return rx.el.div(
        rx.el.span(words, class_name="figure-name"),
        rx.el.b(value, id=name),
        class_name=f"card figure {more}",
    )


def _stuck_card() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Stuck"),
        rx.cond(
            _stuck.length() > 0,
            rx.el.ul(rx.foreach(_stuck, _stuck_row), id="stuck"),
            rx.el.p("Nobody is stuck.", class_name="muted quiet-line", id="stuck"),
        ),
        rx.cond(LiveClassState.left_stuck_total > 0, _left()),
        class_name=rx.cond(_stuck.length() > 0, "card alert", "card"),
        custom_attrs={"aria-live": "polite"},
    )


def _left() -> rx.Component:
    """Who is away, or at something else by now, and was stuck when they left."""
    total = LiveClassState.left_stuck_total
    return rx.el.details(
        rx.el.summary(f"Left unsolved earlier ({total})"),
        rx.el.ul(rx.foreach(_left_stuck, _stuck_row)),
        rx.cond(total > _left_stuck.length(), rx.el.p("The squares show the others.", class_name="muted quiet-line")),
        class_name="left-stuck",
        id="left-stuck",
    )


def _stuck_row(row: Live) -> rx.Component:
    return rx.el.li(
        rx.el.span(class_name=rx.cond(row.now, "dot-on", "dot-off"), custom_attrs={"aria-hidden": "true"}),
        rx.el.span(
            rx.el.b(row.student),
            " on ",
            row.problem,
            rx.el.span(row.why, class_name="muted why"),
            class_name="words",
        ),
        rx.el.button(
            "Open",
            type="button",
            class_name="link",
            aria_label=f"Open {row.student} on {row.problem}",
            on_click=LiveClassState.look_at(f"{row.student_id}", row.problem_id),
        ),
        key=f"{row.student_id}:{row.problem_id}",
        class_name="line",
    )


def _events_card() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Just now"),
        rx.cond(
            _events.length() > 0,
            rx.el.ul(rx.foreach(_events, _event), id="events"),
            rx.el.p("Nothing has happened yet.", class_name="muted quiet-line", id="events"),
        ),
        class_name="card",
    )


def _event(event: Live) -> rx.Component:
    return rx.el.li(
        rx.el.span(event.mark, class_name=f"chip {event.tone}", custom_attrs={"aria-hidden": "true"}),
        rx.el.button(
            rx.el.b(event.student),
            " ",
            event.said,
            type="button",
            class_name="words plain",
            on_click=LiveClassState.look_at(f"{event.student_id}", event.problem_id),
        ),
        rx.el.span(Ago.create(at=event.at_ms), class_name="muted"),
        key=event.key,
        class_name="line",
    )


def _errors_card() -> rx.Component:
    return rx.cond(
        _errors.length() > 0,
        rx.el.section(
            rx.el.h2("Most common errors"),
            rx.el.ul(
                rx.foreach(
                    _errors,
                    lambda one: rx.el.li(
                        rx.el.span(one.error, class_name="words"), rx.el.b(one.count), class_name="line error-line"
                    ),
                )
            ),
            class_name="card",
        ),
    )


def _nobody() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Nobody is in this class yet"),
        rx.el.p("Hand out a join code, or add everybody from a list: names in, passwords out.", class_name="muted"),
        rx.el.div(
            rx.el.a("Make a join code", href=f"{LiveClassState.address}/manage", class_name="btn"),
            rx.el.a("Add students", href=f"{LiveClassState.address}/students", class_name="btn primary"),
            class_name="buttons",
        ),
        class_name="card nothing-yet",
    )
