"""A token bucket for each websocket before Reflex's event queue, which has none: one page cannot drown the rest."""

from __future__ import annotations

import time
from typing import Any

import reflex as rx

EVENTS_PER_S = 20.0
BURST = 60.0
MAX_DROPPED = 200  # then the socket is closed


class Bucket:
    """Tokens of one socket: each event takes one, ``EVENTS_PER_S`` come back."""

    def __init__(self, now: float) -> None:
        self.tokens, self.last, self.dropped = BURST, now, 0

    def take(self, now: float) -> bool:
        """Whether an event may pass now."""
        self.tokens = min(BURST, self.tokens + (now - self.last) * EVENTS_PER_S)
        self.last = now
        if self.tokens < 1:
            self.dropped += 1
            return False
        self.tokens -= 1
        if self.tokens > BURST / 2:
            self.dropped = 0
        return True


def limit_events(app: rx.App) -> None:
    """Put a bucket before every socket of this app."""
    namespace = app.event_namespace
    if namespace is None:
        raise RuntimeError("the app has no websocket")
    on_event, on_disconnect = namespace.on_event, namespace.on_disconnect
    buckets: dict[str, Bucket] = {}

    async def limited(sid: str, data: Any) -> None:
        bucket = buckets.setdefault(sid, Bucket(time.monotonic()))
        if bucket.take(time.monotonic()):
            await on_event(sid, data)
        elif bucket.dropped > MAX_DROPPED:
            await namespace.disconnect(sid)

    def gone(sid: str, *_reason: Any) -> Any:
        buckets.pop(sid, None)
        return on_disconnect(sid)

    namespace.on_event = limited  # type: ignore[method-assign]
    namespace.on_disconnect = gone  # type: ignore[method-assign]
