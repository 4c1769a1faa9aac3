"""Charts as plain HTML: a bar is a part of a table that everybody can read, so nothing has to be drawn twice.

A chart library would have cost every page more than the whole of what it draws here.
"""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.parts import Live


def bars(heading: str, rows: Live, counted: str, *, nothing: str, tone: str = "") -> rx.Component:
    """A table whose numbers are drawn: label, bar, count. ``rows`` are CountViews."""
    return rx.el.section(
        rx.el.h2(heading),
        rx.cond(
            rows.length() > 0,
            rx.el.table(
                rx.el.thead(rx.el.tr(rx.el.th("What", scope="col"), rx.el.th(counted, scope="col", col_span=2)),
                            class_name="unseen"),
                rx.el.tbody(rx.foreach(rows, _bar)),
                class_name=f"bars {tone}".strip(),
            ),
            rx.el.p(nothing, class_name="muted"),
        ),
        class_name="card form-card chart",
    )  # fmt: skip


def _bar(row: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.label, scope="row"),
        rx.el.td(row.count, class_name="bar-count"),
        rx.el.td(_line(row.percent), class_name="bar-place", custom_attrs={"aria-hidden": "true"}),
        key=row.label,
    )


def _line(percent: Live) -> rx.Component:
    return rx.el.span(class_name="bar-line", style={"width": f"{percent}%"})


def columns(
    heading: str,
    rows: Live,
    counted: str,
    *,
    nothing: str,
    each: Live = "Day",
    end: str = "today",
    bare: bool = False,
    peak: Live = "",
    tone: str = "",
) -> rx.Component:
    """A column for ``each`` day or the like, and the same as a table for whoever wants numbers.

    ``rows`` are CountViews, the oldest first; ``bare`` columns are too many, or their numbers too long, to be written
    over them: then ``peak`` says how high the highest is. ``tone`` is a class of the style sheet.
    """
    return rx.el.section(
        rx.el.h2(heading),
        rx.cond(
            rows.length() > 0,
            rx.fragment(
                rx.el.div(
                    rx.foreach(rows, lambda row: _column(row, bare)),
                    class_name=f"columns {tone}".strip(),
                    custom_attrs={"aria-hidden": "true"},
                ),
                rx.el.div(
                    rx.el.span(rows[0].label),
                    rx.el.span(peak),
                    rx.el.span(end),
                    class_name="columns-ends muted small",
                    custom_attrs={"aria-hidden": "true"},
                ),
                rx.el.details(
                    rx.el.summary("As a table"),
                    rx.el.table(
                        rx.el.thead(rx.el.tr(rx.el.th(each, scope="col"), rx.el.th(counted, scope="col"))),
                        rx.el.tbody(rx.foreach(rows, _line_of)),
                        class_name="lines",
                    ),
                    class_name="no-print",
                ),
            ),
            rx.el.p(nothing, class_name="muted"),
        ),
        class_name="card form-card chart",
    )


def _column(row: Live, bare: bool) -> rx.Component:
    return rx.el.span(
        rx.fragment() if bare else rx.cond(row.count > 0, rx.el.span(row.count, class_name="column-count")),
        rx.el.i(style={"height": f"{row.percent}%"}),
        class_name="column",
        title=f"{row.label}: {row.count}",
        key=row.label,
    )


def _line_of(row: Live) -> rx.Component:
    return rx.cond(row.count > 0, rx.el.tr(rx.el.th(row.label, scope="row"), rx.el.td(row.count), key=row.label))
