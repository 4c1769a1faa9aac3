"""The page for addresses that lead nowhere."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.frame import page
from coderunner_app.components.lost import lost


def not_found() -> rx.Component:
    """A way back."""
    return page(lost("There is no page at this address"), class_name="centre")
