"""Keeps Python's after-fork work out of the trusted forks: it costs more than the rest of a start.

``random`` and ``threading`` ask to be called after every fork. PID 1 and the leader use neither, so their wish is only
noted, and honoured in the program: there ``put_in_order`` does for this process what they would have done, and
registers them for the forks of the student's own.
"""

from __future__ import annotations

import _random
import os
from typing import Any

_register = os.register_at_fork
_wishes: list[dict[str, Any]] = []
_random_module: Any = None
_threading_module: Any = None


def _note(**when: Any) -> None:
    _wishes.append(when)


def hold_back() -> None:
    """From now on, wishes to be called at forks are only noted. Comes before any import of what has such wishes."""
    global _random_module, _threading_module
    os.register_at_fork = _note
    import random
    import threading

    _random_module, _threading_module = random, threading


def put_in_order() -> None:
    """In the program: a new random state, and everyone's wishes for the forks to come."""
    os.register_at_fork = _register
    for when in _wishes:
        _register(**when)
    _random.Random.seed(_random_module._inst, int.from_bytes(os.urandom(32)))
    _threading_module._main_thread._native_id = os.getpid()
