"""Where the states find what the composition root opened: set when the web process starts, and by every test."""

from __future__ import annotations

from coderunner_core.core import Core

_core: Core | None = None


def use(core: Core | None) -> None:
    """Set, or at the end forget, what this process works with."""
    global _core
    _core = core


def core() -> Core:
    """What services take as their second argument. Raises RuntimeError before the web process has started."""
    if _core is None:
        raise RuntimeError("the web process has not been wired: coderunner_app.wiring does it")
    return _core
