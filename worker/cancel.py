"""Hears which runs shall stop, and passes it on to the program that this process is running."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from redis import Redis
from redis.exceptions import RedisError

from coderunner_core.events import CANCEL_CHANNEL

log = logging.getLogger(__name__)

_POLL_S = 1.0
_RECONNECT_S = 0.5


class Stoppable(Protocol):
    """What a running program can be told."""

    def set(self) -> None:
        """End now."""


class CancelListener:
    """One thread per worker process that listens to the cancel channel."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._lock = threading.Lock()
        self._current: tuple[str, Stoppable] | None = None
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="cancel-listener", daemon=True)
        self._thread.start()

    @contextmanager
    def watching(self, run_id: str, stoppable: Stoppable) -> Iterator[None]:
        """Within this block, a wish to stop ``run_id`` reaches ``stoppable``. Enter it before claiming the run: a
        wish that is sent after the claim is then never missed.
        """
        with self._lock:
            self._current = (run_id, stoppable)
        try:
            yield
        finally:
            with self._lock:
                self._current = None

    def close(self) -> None:
        """Stop listening."""
        self._closing.set()
        self._thread.join(timeout=2 * _POLL_S)

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                with self._redis.pubsub(ignore_subscribe_messages=True) as channel:  # type: ignore[no-untyped-call]
                    channel.subscribe(CANCEL_CHANNEL)
                    while not self._closing.is_set():
                        message = channel.get_message(timeout=_POLL_S)
                        if message is not None:
                            self._hear(message["data"].decode())
            except (RedisError, OSError):
                log.warning("cancel listener lost Redis, trying again", exc_info=True)
                self._closing.wait(_RECONNECT_S)

    def _hear(self, run_id: str) -> None:
        with self._lock:
            if self._current is not None and self._current[0] == run_id:
                self._current[1].set()
