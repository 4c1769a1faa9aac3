"""What pages full of figures share: a table that scrolls where it is too wide, and a choice of what is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import reflex as rx

from coderunner_app.components.parts import Live


def choices(
    name: str, options: Iterable[tuple[str, str]], chosen: Live, on_choose: Callable[[str], object]
) -> rx.Component:
    """Buttons of which one is pressed. ``options`` are values with their words; ``name`` is for those who listen."""
    return rx.el.div(
        *[
            rx.el.button(
                words,
                type="button",
                class_name=rx.cond(chosen == value, "btn primary", "btn"),
                on_click=on_choose(value),
                custom_attrs={"aria-pressed": rx.cond(chosen == value, "true", "false")},
            )
            for value, words in options
        ],
        class_name="buttons",
        role="group",
        aria_label=name,
    )


def scrolling_table(
    name: str,
    head: Iterable[Live],
    rows: Live,
    *,
    least_px: int,
    numbers: Collection[str] | None = None,
) -> rx.Component:
    """A table which a telephone scrolls sideways, from ``least_px`` on.

    ``numbers`` are the heads of columns that stand to the right; without it, all but the first. A head may be empty.
    """

    def cell(place: int, words: Live) -> rx.Component:
        if isinstance(words, str) and not words:
            return rx.el.td()
        to_the_right = bool(place) if numbers is None else words in numbers
        return rx.el.th(words, scope="col", class_name="num" if to_the_right else "")

    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(*[cell(place, words) for place, words in enumerate(head)])),
            rx.el.tbody(rows),
            class_name="lines",
            style={"minWidth": f"{least_px}px"},
        ),
        class_name="scroll",
        tab_index=0,
        role="region",
        aria_label=name,
    )
