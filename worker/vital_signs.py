"""A worker process's signs of life: a thread says that it can take work, what it did, and how its pool stands."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable

from redis import Redis
from redis.exceptions import RedisError

from coderunner_core.contract import RunKind
from coderunner_core.control import Vitals, forget, is_drained, slot_of, tell
from coderunner_core.load import READY_TTL_S, say_gone, say_ready
from sandbox import PoolStats
from worker.canary import Canary

log = logging.getLogger(__name__)

_LOOK_S = 0.4  # how old the answer whether to go on may be: a queue that is worked off does not ask before each job


class VitalSigns:
    """A context manager. Entering proves the sandbox first, so that whoever is ready has run a program.

    ``on_pool`` hears how the pool stands each time.
    """

    def __init__(
        self,
        redis: Redis,
        kind: RunKind,
        name: str,
        canary: Canary,
        pool: Callable[[], PoolStats],
        on_pool: Callable[[PoolStats], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._redis, self._kind, self._name, self._slot = redis, kind, name, slot_of(name)
        self._canary, self._pool, self._on_pool = canary, pool, on_pool
        self._started_at = time.time()
        self._held = False
        self._clock, self._looked_at = clock, -_LOOK_S
        self._saying = threading.Lock()  # two threads say it; the later word must be the later truth
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._keep_saying, name="vital-signs", daemon=True)
        self.runs_done = 0

    def __enter__(self) -> None:
        self._canary.sing()
        self.may_take()
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
        try:
            say_gone(self._redis, self._kind, self._name)
            forget(self._redis, self._name)
        except RedisError:
            log.info("signs of life left to expire", extra={"worker": self._name})

    def may_take(self) -> bool:
        """Asked between two jobs: whether the next one may be taken. Looks after the proof at the same time."""
        self._canary.sing()
        if self._clock() < self._looked_at + _LOOK_S:
            return not self._held
        self._looked_at = self._clock()
        try:
            held = is_drained(self._redis, self._slot)
        except RedisError:
            return not self._held  # as it was said last
        if held is not self._held:
            self._held = held
            log.info("worker drained" if held else "worker resumed", extra={"worker": self._name})
            self._say()
        return not held

    def run_done(self) -> None:
        """A run went through to its verdict."""
        self.runs_done += 1
        self._canary.note()

    def _keep_saying(self) -> None:
        while True:
            self._say()
            if self._done.wait(READY_TTL_S / 3):
                return

    def _say(self) -> None:
        with self._saying:
            self._say_now()

    def _say_now(self) -> None:
        pool = self._pool()
        self._on_pool(pool)
        vitals = Vitals(
            name=self._name,
            slot=self._slot,
            host=socket.gethostname(),
            pid=os.getpid(),
            kind=self._kind,
            at=time.time(),
            started_at=self._started_at,
            runs_done=self.runs_done,
            held=self._held,
            proven_at=self._canary.proven_at,
            pool_ready=pool.ready,
            pool_in_use=pool.in_use,
            pool_started=pool.started,
            pool_retired=pool.retired,
        )
        try:
            if self._held:  # whoever waits need not reckon with it
                say_gone(self._redis, self._kind, self._name)
            else:
                say_ready(self._redis, self._kind, self._name)
            tell(self._redis, vitals)
        except RedisError:
            log.warning("signs of life not given", exc_info=True)
