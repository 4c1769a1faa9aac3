"""Wrappers around our own JavaScript: bundled with the pages, loaded from nowhere else."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars import VarData
from reflex_components_core.el.elements.base import BaseHTML  # type: ignore[import-untyped]

from coderunner_app.words import Marker

rx.asset("desk.js", shared=True)  # the others import it; a page must not, or it would get a desk of its own
_editor = "$/public" + rx.asset("editor.jsx", shared=True)
_saving = "$/public" + rx.asset("saving.jsx", shared=True)
_console = "$/public" + rx.asset("console.jsx", shared=True)
_counting = "$/public" + rx.asset("counting.jsx", shared=True)
_shell = "$/public" + rx.asset("shell.jsx", shared=True)

_EDITOR_NEEDS = [
    "@codemirror/state@6.7.6",
    "@codemirror/view@6.43.15",
    "@codemirror/commands@6.11.1",
    "@codemirror/autocomplete@6.20.4",
    "@codemirror/language@6.13.1",
    "@codemirror/lang-python@6.2.1",
    "@codemirror/lint@6.9.8",
    "@lezer/highlight@1.2.5",
]


def _nothing() -> tuple[()]:
    return ()


def _run_id(run: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (run,)


def _typed(
    problem: rx.Var[str], source: rx.Var[str], stdin: rx.Var[str], serial: rx.Var[int]
) -> tuple[rx.Var[str], rx.Var[str], rx.Var[str], rx.Var[int]]:
    return (problem, source, stdin, serial)


class Editor(rx.NoSSRComponent):
    """The program's editor. It begins with ``draft`` and from then on listens to the keyboard only."""

    library = _editor
    tag = "Editor"
    lib_dependencies: list[str] = _EDITOR_NEEDS
    draft: rx.Var[dict[str, Any]]
    markers: rx.Var[list[Marker]]
    label: rx.Var[str]


class CodeView(rx.NoSSRComponent):
    """A program to read, coloured as in the editor."""

    library = _editor
    tag = "CodeView"
    lib_dependencies: list[str] = _EDITOR_NEEDS
    text: rx.Var[str]
    label: rx.Var[str]


class InputBox(rx.NoSSRComponent):
    """What the program will read."""

    library = _editor
    tag = "InputBox"
    draft: rx.Var[dict[str, Any]]


class SaveState(rx.Component):
    """Whether what was typed is saved; asks for saving a moment after the last key."""

    library = _saving
    tag = "SaveState"
    draft: rx.Var[dict[str, Any]]
    saved: rx.Var[dict[str, Any]]
    on_save: rx.EventHandler[_typed]  # type: ignore[type-arg, valid-type]


class StartAgain(rx.Component):
    """A button that goes back to the starter code, after asking."""

    library = _saving
    tag = "StartAgain"


class Console(rx.Component):
    """A program's output while it arrives, read from the deltas of the page's state."""

    library = _console
    tag = "Console"
    state: rx.Var[str]
    active: rx.Var[bool]
    label: rx.Var[str]
    on_replay: rx.EventHandler[_run_id]  # type: ignore[type-arg, valid-type]
    on_check: rx.EventHandler[_nothing]  # type: ignore[type-arg, valid-type]


class Waiting(rx.Component):
    """How many are ahead in the queue; the seconds count down by themselves."""

    library = _counting
    tag = "Waiting"
    said: rx.Var[dict[str, Any]]


class QuotaLeft(rx.Component):
    """What is left of the quota, and the seconds until that is more."""

    library = _counting
    tag = "QuotaLeft"
    said: rx.Var[dict[str, Any]]
    on_change: rx.EventHandler[_nothing]  # type: ignore[type-arg, valid-type]


class Connection(rx.Component):
    """A line that appears when the connection is lost."""

    library = _shell
    tag = "Connection"
    lib_dependencies: list[str] = ["@fontsource-variable/inter@5.3.0", "@fontsource-variable/jetbrains-mono@5.3.0"]


class LookSwitch(rx.Component):
    """Light, dark, or like the device."""

    library = _shell
    tag = "LookSwitch"


class NativeForm(BaseHTML):
    """A form that the browser itself posts; Reflex's own always keeps a form from being sent."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]


def flushed() -> rx.Var[bool]:
    """Saves what is not saved yet, before the event that carries this is sent."""
    imports = VarData(imports={_saving: [ImportVar(tag="desk")]})
    return rx.Var("desk.flushed()", _var_data=imports).to(bool)


def typed(part: str) -> rx.Var[str]:
    """What stands in the editor ("source") or in the input box ("stdin") at the moment of the event."""
    imports = VarData(imports={_saving: [ImportVar(tag="desk")]})
    return rx.Var(f'desk.text("{part}")', _var_data=imports).to(str)
