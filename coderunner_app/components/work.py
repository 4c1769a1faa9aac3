"""Earlier runs as pages show them: the list, one opened, two side by side."""

from __future__ import annotations

from typing import Any

import reflex as rx

from coderunner_app.components.class_client import LocalTime
from coderunner_app.components.client import CodeView
from coderunner_app.components.parts import Live, icon
from coderunner_app.components.result import test_rows
from coderunner_app.components.talk import comment_form, comment_list

_EXPIRED = "This program and its output are kept no longer; how it ended is all that is known."


def work_list(state: Live, *, with_problem: Live = False) -> rx.Component:
    """The list, newest first; ``with_problem`` names the problem in each row."""
    return rx.el.section(
        rx.cond(
            state.rows.length() > 0,
            rx.el.ul(rx.foreach(state.rows, lambda row: _row(state, row, with_problem)), class_name="work-rows"),
            rx.el.p("Nothing has been run yet. Each press of Run and Submit appears here.", class_name="empty"),
        ),
        rx.cond(
            state.older,
            rx.el.button("Show older ones", type="button", class_name="btn wide", on_click=state.show_more, id="older"),
        ),
        class_name="card work-list",
        aria_label="Runs and submissions",
    )


def _row(state: Live, row: Live, with_problem: Live) -> rx.Component:
    chosen = state.picked.contains(row.run_id)
    is_open = (state.showing == "run") & (state.opened.row.run_id == row.run_id)
    return rx.el.li(
        rx.el.button(
            rx.el.b(row.kind),
            _ending(row),
            rx.cond(with_problem, rx.el.span(row.problem, class_name="work-problem")),
            rx.el.span(
                LocalTime.create(at=row.at_ms, full=True),
                rx.cond(row.cost != "", f" · {row.cost}", ""),
                rx.cond(row.there, "", " · kept no longer"),
                class_name="muted small",
            ),
            rx.cond(
                row.comments > 0,
                rx.el.span(
                    icon("talk"),
                    row.comments,
                    rx.cond(row.comments == 1, " comment", " comments"),
                    class_name="work-said small",
                ),
            ),
            type="button",
            class_name="work-open",
            on_click=state.open_run(row.run_id),
            custom_attrs={"aria-pressed": rx.cond(is_open, "true", "false")},
        ),
        rx.el.button(
            rx.cond(chosen, "Chosen", "Compare"),
            type="button",
            class_name="btn quiet compare",
            on_click=state.pick(row.run_id),
            custom_attrs={"aria-pressed": rx.cond(chosen, "true", "false")},
        ),
        key=row.run_id,
        class_name="work-row",
    )


def _ending(row: Live) -> rx.Component:
    return rx.el.span(
        rx.el.span(row.mark, custom_attrs={"aria-hidden": "true"}),
        row.label,
        rx.cond(row.score != "", f" · {row.score}", ""),
        class_name=f"chip {row.tone}",
    )


def work_shown(state: Live, *, label: str, restore: Any = None, empty: str = "") -> rx.Component:
    """What is open of the list; ``label`` says to whom one writes about it."""
    return rx.match(
        state.showing,
        ("run", _opened(state, restore, label)),
        ("comparison", _comparison(state)),
        rx.el.section(
            rx.el.p(
                rx.cond(
                    state.picked.length() == 1,
                    "Now choose a second one to compare it with.",
                    empty or "Open one to see its program, or choose two to compare them.",
                ),
                class_name="empty",
            ),
            class_name="card work-shown nothing",
            role="status",
        ),
    )


def _head(state: Live, *words: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.div(*words, class_name="work-title"),
        rx.el.button(
            icon("close"), type="button", class_name="btn quiet square", on_click=state.close_work, aria_label="Close"
        ),
        class_name="work-head",
    )


def _opened(state: Live, restore: Any, label: str) -> rx.Component:
    one, row = state.opened, state.opened.row
    return rx.el.section(
        _head(
            state,
            rx.el.h2(f"{row.kind} of ", LocalTime.create(at=row.at_ms, full=True)),
            rx.el.span(_ending(row), rx.el.span(one.run.cost, class_name="muted small"), class_name="chips"),
        ),
        rx.cond(
            one.there,
            rx.fragment(
                CodeView.create(text=one.source, label="Program", key=row.run_id),
                rx.el.div(
                    rx.el.button(
                        "Bring back into the editor", type="button", class_name="btn primary", id="restore",
                        on_click=restore(row.run_id),
                    )
                    if restore
                    else rx.fragment(),
                    rx.el.p("What stands in the editor now is set aside, not lost.", class_name="muted small")
                    if restore
                    else rx.fragment(),
                    class_name="buttons restore",
                ),
                _text("Input", one.stdin),
                _text("Output", one.stdout),
                _text("Errors", one.stderr, "stderr"),
                rx.cond(one.run.explanation != "", rx.el.p(one.run.explanation, class_name="explanation")),
                rx.cond(one.run.tests.length() > 0, test_rows(one.run.tests)),
            ),
            rx.el.p(_EXPIRED, class_name="empty", id="expired"),
        ),
        _said(state, label),
        class_name="card work-shown",
        aria_label="One run",
    )  # fmt: skip


def _said(state: Live, label: str) -> rx.Component:
    """What is said about the run that is open."""
    return rx.el.div(
        rx.el.h3("Comments on this run"),
        comment_list(state.said, nothing="Nothing has been said about it yet."),
        comment_form(
            label,
            on_submit=state.write_about_run,
            trouble_with=state.said_trouble,
            serial=state.said_serial,
            name="run-comment",
            run_id=state.opened.row.run_id,
        ),
        class_name="talk work-talk",
        id="said",
    )


def _text(words: str, content: Live, class_name: str = "") -> rx.Component:
    return rx.cond(
        content != "",
        rx.el.div(
            rx.el.h3(words),
            rx.el.pre(content, class_name=class_name, tab_index=0, aria_label=words, role="region"),
            class_name="work-text",
        ),
    )


def _comparison(state: Live) -> rx.Component:
    both = state.compared
    return rx.el.section(
        _head(state, rx.el.h2("What changed")),
        rx.el.div(_side_title("Earlier", both.left), _side_title("Later", both.right), class_name="diff-titles"),
        rx.cond(
            both.there,
            rx.fragment(
                rx.cond(both.same, rx.el.p("Both programs are the same.", class_name="explanation")),
                rx.cond(both.cut, rx.el.p("Only the beginning was compared.", class_name="explanation")),
                rx.el.div(
                    rx.foreach(both.lines, _line),
                    class_name="diff-lines",
                    tab_index=0,
                    role="region",
                    aria_label="Both programs, line by line",
                ),
            ),
            rx.el.p("One of the two is kept no longer, so they cannot be compared.", class_name="empty"),
        ),
        class_name="card work-shown",
        aria_label="Comparison",
    )


def _side_title(words: str, row: Live) -> rx.Component:
    return rx.el.div(rx.el.span(words, ": ", row.kind, ", ", LocalTime.create(at=row.at_ms, full=True)), _ending(row))


def _line(line: Live) -> rx.Component:
    return rx.cond(
        line.gap != "",
        rx.el.p(line.gap, class_name="diff-gap"),
        rx.el.div(_side(line.left, "left-side"), _side(line.right, "right-side"), class_name=f"diff-line {line.kind}"),
    )


def _side(side: Live, class_name: str) -> rx.Component:
    return rx.el.div(
        rx.el.span(side.number, class_name="diff-number"),
        rx.el.span(side.sign, class_name="diff-sign"),
        rx.el.code(side.before, rx.cond(side.changed != "", rx.el.mark(side.changed)), side.after),
        class_name=rx.cond(side.there, f"diff-side {class_name}", f"diff-side {class_name} none"),
    )
