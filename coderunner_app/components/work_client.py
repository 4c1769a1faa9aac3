"""Wrappers around the JavaScript of the pages about somebody's work: the time line."""

from __future__ import annotations

import reflex as rx

_timeline = "$/public" + rx.asset("timeline.jsx", shared=True)


class Timeline(rx.Component):
    """A bar for each day or hour. Each press: a moment, and 0 (run), 1 (submission) or 2 (solved)."""

    library = _timeline
    tag = "Timeline"
    presses: rx.Var[list[list[int]]]
    days: rx.Var[int]
    now: rx.Var[int]
