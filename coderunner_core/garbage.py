"""Keeps the collector of a long-lived process away from what lives as long as the process does."""

from __future__ import annotations

import gc


def settle() -> None:
    """Call once everything is built: what is there now is never looked at for garbage again.

    A web process holds some two hundred thousand objects when it is ready, and looking through them all takes an eighth
    of a second, in which nobody is answered. The slowest openings that `python -m benchmarks.class_page` prints were
    such rounds.
    """
    gc.collect()
    gc.freeze()
