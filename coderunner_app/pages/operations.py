"""The operations page: whether all is well, what waits, who works, and the last hour and day as charts."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.admin_ways import admin_ways
from coderunner_app.components.charts import bars, columns
from coderunner_app.components.class_client import Ago, Clock, Confirm, LiveChip
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.parts import Live, skeleton, trouble
from coderunner_app.components.tables import choices, scrolling_table
from coderunner_app.state.operations import OperationsState

_state: Live = OperationsState
_NUMBERS = {"Waiting", "The oldest", "Expected wait", "Workers", "Done", "Last proven", "Since"}  # to the right
_QUEUES = ("Queue", "Waiting", "The oldest", "Expected wait", "Workers")
_WORKERS = ("Worker", "Takes", "Now", "Done", "Last proven", "")
_STUCK = ("Run", "Problem", "Where it is", "Since", "")
_PERIODS = (("hour", "Last hour"), ("day", "Last day"))


def operations() -> rx.Component:
    """Everything on one page, pushed."""
    return page(
        admin_ways(routes.ADMIN_OPERATIONS),
        rx.el.div(
            rx.el.h1("Operations"),
            LiveChip.create(),
            rx.el.span(class_name="grow"),
            choices("Time shown", _PERIODS, _state.period, _state.show_period),
            class_name="page-head",
        ),
        trouble(_state.trouble),
        rx.el.div(rx.cond(_state.said != "", rx.el.p(_state.said, class_name="said")), role="status"),
        rx.cond(
            _state.ready,
            rx.fragment(
                Clock.create(now=_state.at_ms),
                rx.el.div(rx.foreach(_state.figures, _figure), class_name="figures six"),
                rx.el.div(_stores(), _queues(), class_name="side-by-side"),
                _workers(),
                _stuck(),
                _charts(),
                rx.el.div(
                    bars("How runs ended", _state.outcomes, "Runs", nothing="Nothing was run in this time."),
                    bars(
                        "Why containers were replaced",
                        _state.retired,
                        "Containers",
                        nothing="None of these workers' containers was replaced so far.",
                    ),
                    class_name="side-by-side even",
                ),
            ),
            rx.cond(_state.trouble == "", rx.el.div(skeleton("40%", "70%", "60%"), class_name="card waiting")),
        ),
        crumbs=[crumb("Operations")],
        class_name="reading wide-reading",
    )


def _figure(one: Live) -> rx.Component:
    return rx.el.div(
        rx.el.span(one.name, class_name="figure-name"),
        rx.el.b(one.value),
        rx.el.span(one.note, class_name="muted small"),
        rx.cond(one.tone == "bad", rx.el.span("needs a look", class_name="chip bad")),
        class_name="card figure",
        key=one.name,
    )


def _stores() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Stores"),
        rx.el.table(
            rx.el.tbody(
                rx.foreach(
                    _state.parts,
                    lambda one: rx.el.tr(
                        rx.el.th(one.name, scope="row"),
                        rx.el.td(rx.el.span(one.words, class_name=f"chip {one.tone}"), class_name="num"),
                        key=one.name,
                    ),
                )
            ),
            class_name="lines",
        ),
        class_name="card form-card",
    )


def _queues() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Queues"),
        _table(
            "Queues",
            _QUEUES,
            rx.foreach(
                _state.queues,
                lambda one: rx.el.tr(
                    rx.el.th(one.name, scope="row"),
                    rx.el.td(one.waiting, class_name="num"),
                    rx.el.td(one.oldest, class_name="num"),
                    rx.el.td(
                        rx.el.span(one.expected, class_name=rx.cond(one.tone == "bad", "chip bad", "chip soft")),
                        class_name="num",
                    ),
                    rx.el.td(one.workers, class_name="num"),
                    key=one.name,
                ),
            ),
        ),
        class_name="card form-card",
    )


def _workers() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Workers"),
        rx.cond(
            _state.workers.length() > 0,
            _table("Workers", _WORKERS, rx.foreach(_state.workers, _worker), 780),
            rx.el.p("No worker is there. What is pressed waits until one starts.", class_name="muted"),
        ),
        class_name="card form-card",
    )


def _worker(one: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.th(one.name, rx.el.span(one.place, class_name="muted small beneath"), scope="row"),
        rx.el.td(one.kind, class_name="nowrap"),
        rx.el.td(
            rx.el.span(one.state, class_name=f"chip {one.tone}"),
            rx.cond(
                one.run_id != "",
                rx.el.span(
                    rx.el.code(one.run_id), " for ", Ago.create(at=one.since_ms), class_name="muted small beneath"
                ),
            ),
        ),
        rx.el.td(one.runs_done, class_name="num"),
        rx.el.td(one.proven, class_name="num"),
        rx.el.td(
            rx.cond(
                one.can == "resume",
                rx.el.button(
                    "Resume",
                    type="button",
                    class_name="btn quiet",
                    on_click=_state.resume(one.slot),
                    aria_label=f"Resume {one.name}",
                ),
                Confirm.create(
                    label="Drain",
                    heading=f"Drain {one.name}?",
                    words="It finishes what it has in hand and takes nothing more, until somebody has it resume.",
                    yes="Drain it",
                    look="btn quiet",
                    spoken=f"Drain {one.name}",
                    on_confirm=_state.drain(one.slot),
                ),
            ),
            class_name="num",
        ),
        key=one.slot,
    )


def _stuck() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Stuck runs"),
        rx.cond(
            _state.stuck.length() > 0,
            _table("Stuck runs", _STUCK, rx.foreach(_state.stuck, _stuck_run), 780),
            rx.el.p("None: every run moves on.", class_name="muted"),
        ),
        class_name="card form-card",
    )


def _stuck_run(one: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.th(rx.el.code(one.run_id), rx.el.span(one.kind, class_name="muted small beneath"), scope="row"),
        rx.el.td(one.problem_id),
        rx.el.td(one.words),
        rx.el.td(Ago.create(at=one.since_ms), class_name="num"),
        rx.el.td(
            Confirm.create(
                label="Put back",
                heading="Have this run tried again?",
                words="It goes into its queue once more, and gets one verdict: whichever comes first.",
                yes="Put it back",
                look="btn quiet",
                spoken=f"Put back run {one.run_id}",
                on_confirm=_state.put_back(one.run_id),
            ),
            class_name="num",
        ),
        key=one.run_id,
    )


def _charts() -> rx.Component:
    nothing = "Nothing was pressed in this time."
    drawn = (
        ("presses", "Presses", _state.presses, "Presses", nothing, ""),
        ("latencies", "Press to verdict, p95", _state.latencies, "Milliseconds", nothing, ""),
        ("waits", "Queue wait, p95", _state.waits, "Milliseconds", "Nothing waited in this time.", ""),
        ("errors", "Our errors", _state.errors, "Runs", "None in this time.", "bad-columns"),
    )
    each = rx.cond(_state.period == "hour", "Minute", "Hour")
    return rx.fragment(
        rx.el.div(
            *[
                columns(
                    heading,
                    rows,
                    counted,
                    nothing=none,
                    each=each,
                    end="now",
                    bare=True,
                    peak=_state.peaks[name],
                    tone=tone,
                )
                for name, heading, rows, counted, none, tone in drawn
            ],
            class_name="side-by-side even",
        ),
        rx.cond(
            _state.sampled,
            rx.el.p("Times are those of the newest runs only; counts are of all.", class_name="muted small below"),
        ),
    )


def _table(name: str, head: tuple[str, ...], rows: rx.Component, least_px: int = 440) -> rx.Component:
    return scrolling_table(name, head, rows, least_px=least_px, numbers=_NUMBERS)
