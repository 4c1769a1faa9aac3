"""The cost page: how many students fit, what running programs costs, and where the planning documents are wrong."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.admin_ways import admin_ways
from coderunner_app.components.forms import form
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.parts import Live, skeleton, trouble
from coderunner_app.components.tables import choices, scrolling_table
from coderunner_app.state.cost import CostState

_state: Live = CostState
_SCENARIOS = (("best", "Best"), ("base", "Base"), ("worst", "Worst"))


def cost() -> rx.Component:
    """Capacity first, since it is about this installation; then the bill."""
    return page(
        admin_ways(routes.ADMIN_COST),
        rx.el.div(
            rx.el.h1("Cost and capacity"),
            rx.el.span(class_name="grow"),
            choices("Scenario", _SCENARIOS, _state.scenario, _state.choose),
            class_name="page-head",
        ),
        trouble(_state.trouble),
        rx.cond(
            _state.ready,
            rx.fragment(
                _capacity(),
                _inputs(),
                rx.el.div(_results(), rx.el.div(_usage(), _breakpoints()), class_name="side-by-side"),
                _what_if(),
                _bills(),
                _findings(),
            ),
            rx.cond(_state.trouble == "", rx.el.div(skeleton("40%", "70%", "60%"), class_name="card waiting")),
        ),
        crumbs=[crumb("Cost")],
        class_name="reading wide-reading",
    )


def _capacity() -> rx.Component:
    return _card(
        "What this installation carries",
        rx.el.p(_state.capacity_said),
        rx.el.div(
            _table("What runs out", ("What runs out", "Students at the same time"), rx.foreach(_state.limits, _limit)),
            class_name="short",
        ),
        rx.el.p(_state.costs_said, class_name="muted small"),
    )


def _limit(one: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.th(one.name, rx.cond(one.first, rx.el.span("first", class_name="chip try after")), scope="row"),
        rx.el.td(one.students, class_name="num"),
        key=one.name,
    )


def _inputs() -> rx.Component:
    return _card(
        "Inputs",
        rx.el.p(
            "Scenario ",
            rx.el.b(_state.scenario),
            f" ({_state.source}). What you type under “What if” counts instead of both numbers beside it.",
            class_name="muted",
        ),
        form(
            _table(
                "Inputs",
                ("Input", "Assumed", "Measured", "What if"),
                rx.foreach(_state.inputs, _input),
            ),
            rx.el.div(
                _field("run_every_s", "Seconds between a student's runs", _state.pace["run_every_s"]),
                _field("submit_every_s", "Seconds between submissions", _state.pace["submit_every_s"]),
                _field("save_every_s", "Seconds between pauses in typing", _state.pace["save_every_s"]),
                _field("days", "Days back to measure", _state.days),
                rx.el.button("Work it out", type="submit", class_name="btn primary"),
                class_name="filters",
            ),
            on_submit=_state.work_out,
        ),
    )  # fmt: skip


def _input(one: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            one.meaning,
            rx.el.span(one.symbol, class_name="muted small mono after"),
            rx.cond(one.why != "", rx.el.span(one.why, class_name="muted small beneath")),
            scope="row",
        ),
        rx.el.td(one.assumed, class_name="num"),
        rx.el.td(rx.cond(one.measured != "", one.measured, "–"), class_name="num"),
        rx.el.td(
            rx.el.input(
                name=one.name,
                default_value=_state.changes[one.name],
                placeholder=one.assumed,
                input_mode="decimal",
                max_length=20,
                auto_complete="off",
                aria_label=f"What if: {one.meaning}",
                class_name="number",
            ),
            class_name="num",
        ),
        key=f"{_state.scenario}-{one.name}",
    )


def _field(name: str, words: str, value: Live) -> rx.Component:
    return rx.el.div(
        rx.el.label(words, html_for=name),
        rx.el.input(
            name=name, id=name, default_value=value, input_mode="decimal", max_length=20, auto_complete="off"
        ),
        class_name="field",
    )  # fmt: skip


def _results() -> rx.Component:
    return _card(
        "What follows",
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("A month, a day, a user", scope="col"),
                        rx.el.th("Assumed", scope="col", class_name="num"),
                        rx.cond(_state.is_measured, rx.el.th("Measured", scope="col", class_name="num")),
                    )
                ),
                rx.el.tbody(rx.foreach(_state.results, _row)),
                class_name="lines",
            ),
            class_name="scroll",
            tab_index=0,
            role="region",
            aria_label="What follows",
        ),
        rx.el.p(
            "Runners are counted fully busy: these are the fewest that can do the work; a short queue needs more.",
            class_name="muted small",
        ),
    )


def _usage() -> rx.Component:
    return _card(
        "Measured here",
        rx.el.p(_state.usage_said),
        rx.cond(
            _state.is_measured,
            _table(
                "Measured here",
                ("Programs", "How many", "Mean", "p50", "p95", "Processor"),
                rx.foreach(_state.usage, _row),
            ),
        ),
    )


def _breakpoints() -> rx.Component:
    return _card(
        "When the next runner is due",
        _table(
            "Breakpoints",
            ("Runners", "Daily users, spread evenly", "Daily users, in the busiest hour"),
            rx.foreach(_state.breakpoints, _row),
        ),
        rx.el.p("In operation: when the queue wait's p95 is over 2 s for 5 minutes.", class_name="muted small"),
    )


def _what_if() -> rx.Component:
    return _card(
        "What if", rx.el.ul(rx.foreach(_state.what_ifs, lambda one: rx.el.li(one, key=one)), class_name="findings")
    )


def _bills() -> rx.Component:
    head = ("Provider", "As documented", "Added up", _state.runners[0], _state.runners[1], "Cents a monthly user")
    return _card(
        "Bills a month",
        _table("Bills", head, rx.foreach(_state.bills, _row)),
        rx.el.p(_state.prices_said, class_name="muted small"),
        rx.el.details(
            rx.el.summary("What the bills are made of"),
            rx.el.div(
                _table("What the bills are made of", ("Part", "A month"), rx.foreach(_state.parts, _row)),
                class_name="short",
            ),
        ),
        rx.el.details(
            rx.el.summary("With one part replaced"),
            rx.el.div(
                _table("With one part replaced", ("Instead", "Total"), rx.foreach(_state.swaps, _row)),
                class_name="short",
            ),
        ),
    )


def _findings() -> rx.Component:
    return _card(
        "Where the planning documents are wrong",
        _list_of(_state.findings),
        rx.el.details(
            rx.el.summary("Contradictions between them, and what is true only under a condition"),
            _list_of(_state.doubts),
        ),
    )


def _list_of(findings: Live) -> rx.Component:
    return rx.el.ol(
        rx.foreach(
            findings,
            lambda one: rx.el.li(
                rx.el.p(rx.el.b(one.where), " · ", one.kind, class_name="muted small"),
                rx.el.p("“", one.says, "”"),
                rx.el.p(one.right),
                key=one.where + one.says,
            ),
        ),
        class_name="findings",
    )


def _row(one: Live, index: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.th(one.name, scope="row", class_name=rx.cond(one.part, "part", "")),
        rx.foreach(one.cells, lambda cell: rx.el.td(cell, class_name="num")),
        key=index,
    )


def _card(heading: str, *content: rx.Component) -> rx.Component:
    return rx.el.section(rx.el.h2(heading), *content, class_name="card form-card")


def _table(name: str, head: tuple[Live, ...], rows: rx.Component) -> rx.Component:
    return scrolling_table(name, head, rows, least_px=110 * len(head))
