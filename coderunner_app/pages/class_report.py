"""What a class has done: charts to look at, files to take along, a sheet to print."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.charts import bars, columns
from coderunner_app.components.class_ways import class_crumbs, class_ways
from coderunner_app.components.frame import page
from coderunner_app.components.lost import lost
from coderunner_app.components.parts import Live, file_link, skeleton, trouble
from coderunner_app.state.class_report import ClassReportState

_state: Live = ClassReportState
_HEAD = ("Problem", "Solved by", "Share", "Attempts each")


def class_report_title() -> Live:
    """What the browser's tab says."""
    return rx.cond(_state.name != "", f"{_state.name}: report · Code Runner", "Code Runner")


def class_report() -> rx.Component:
    """Figures, charts, files."""
    return page(
        rx.cond(
            _state.ready,
            rx.cond(_state.missing, lost("There is no such class"), _report()),
            rx.fragment(
                trouble(_state.trouble),
                rx.el.div(skeleton("40%", "70%", "60%", "65%"), class_name="card waiting"),
            ),
        ),
        crumbs=class_crumbs(_state.name, _state.address, "Report"),
        class_name=rx.cond(_state.missing, "centre", "reading"),
    )


def _report() -> rx.Component:
    return rx.fragment(
        class_ways(_state.address, "/report"),
        rx.el.div(rx.el.h1(_state.name, class_name="long-name"), _files(), class_name="page-head"),
        trouble(_state.trouble),
        rx.el.div(
            _figure("Students", _state.students),
            _figure("Solved", _state.solved),
            _figure("Tried, not solved", _state.tried),
            class_name="figures three",
        ),
        columns("Solved over time", _state.by_day, "Solved", nothing="Nothing was solved in the last four weeks."),
        _hardest(),
        bars(
            "Most common errors",
            _state.errors,
            "Students and problems",
            nothing="No program has ended with an error so far.",
            tone="bad-bars",
        ),
        bars("How runs ended", _state.outcomes, "Runs", nothing="Nothing was run in the last four weeks."),
    )


def _files() -> rx.Component:
    return rx.el.div(
        rx.el.a("Print view", href=f"{_state.address}/summary", class_name="btn"),
        file_link("CSV", f"{_state.address}/report.csv"),
        file_link("JSON", f"{_state.address}/report.json"),
        class_name="buttons",
    )


def _figure(name: str, value: Live) -> rx.Component:
    return rx.el.div(rx.el.span(name, class_name="figure-name"), rx.el.b(value), class_name="card figure")


def _hardest() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Hardest problems"),
        rx.cond(
            _state.hardest.length() > 0,
            rx.el.div(
                rx.el.table(
                    rx.el.thead(rx.el.tr(*[rx.el.th(words, scope="col") for words in _HEAD])),
                    rx.el.tbody(rx.foreach(_state.hardest, _problem)),
                    class_name="bars with-head",
                ),
                class_name="scroll",
                tab_index=0,
                role="region",
                aria_label="Hardest problems",
            ),
            rx.el.p("Nothing was submitted yet.", class_name="muted"),
        ),
        class_name="card form-card chart",
    )


def _problem(one: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.th(one.title, scope="row"),
        rx.el.td(f"{one.solved} of {one.tried}", class_name="bar-count"),
        rx.el.td(
            rx.el.span(class_name="bar-line", style={"width": f"{one.solve_percent}%"}),
            class_name="bar-place",
            custom_attrs={"aria-hidden": "true"},
        ),
        rx.el.td(one.attempts_each, class_name="bar-count"),
        key=one.problem_id,
    )
