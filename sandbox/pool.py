"""The containers kept started: handed out in turn, only when proven clean, replaced ahead by a thread.

Handing out the container that has rested longest is also the answer to Docker's CPU quota: between two starts in one
container the others take theirs, so cleaning up and a quota used up happen while nobody waits for that container.
"""

from __future__ import annotations

import logging
import select
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass

from sandbox import images, owners
from sandbox.bell import Bell
from sandbox.config import SandboxConfig
from sandbox.container import Container, State
from sandbox.engine import Engine
from sandbox.errors import NoContainer, SandboxBroken

_log = logging.getLogger(__name__)
_SWEEP_S = 60.0
_RETRY_S = 2.0
_LOOK_S = 0.25
_CLEAN_S = 8.0  # a container that has not said CLEAN by then never will


@dataclass(frozen=True, slots=True)
class PoolStats:
    """How the pool stands. ``retired`` counts by reason since the start; ``started`` counts containers."""

    ready: int
    in_use: int
    retired: dict[str, int]
    started: int


class Pool:
    """Keeps ``pool_size`` containers; thread-safe."""

    def __init__(self, engine: Engine, config: SandboxConfig) -> None:
        """Finds the image, removes orphans, starts the first container and lets a thread start the others."""
        self._engine, self._config = engine, config
        self._image = images.resolve(engine, config.image)
        self._owner = owners.Owner.this_process()
        self._lock = threading.Lock()
        self._resting: deque[Container] = deque()  # clean, or about to say so; the longest rested first
        self._in_use: set[Container] = set()
        self._doomed: list[Container] = []
        self._retired: Counter[str] = Counter()
        self._started = 0
        self._trouble: SandboxBroken | None = None
        self._closing = False
        self._work = threading.Event()
        self._bell = Bell()
        sweep(engine, config.label)
        self._add()
        self._keeper = threading.Thread(target=self._keep, name="sandbox-pool", daemon=True)
        self._keeper.start()
        self._work.set()

    def take(self, timeout_s: float) -> Container:
        """The clean container that has rested longest; raises NoContainer when there is none in time."""
        end = time.monotonic() + timeout_s
        while True:
            with self._lock:
                if self._closing:
                    raise SandboxBroken("the sandbox is closed")
                container = self._first_clean()
                if container is not None:
                    self._in_use.add(container)
                    return container
                waiting: list[Bell | Container] = [self._bell, *self._resting]
                trouble = self._trouble
            left_s = end - time.monotonic()
            if left_s <= 0 or (trouble is not None and len(waiting) == 1):
                raise NoContainer(str(trouble or f"no container became ready within {timeout_s:.0f} s")) from trouble
            if self._bell in select.select(waiting, [], [], min(left_s, _LOOK_S))[0]:
                self._bell.silence()

    def _first_clean(self) -> Container | None:
        for container in list(self._resting):
            if not container.settled():
                if time.monotonic() < container.rests_since + _CLEAN_S:
                    continue
                container.state = State.GONE
            self._resting.remove(container)
            if container.state is State.CLEAN and container.runs < self._config.runs_per_container:
                return container
            self._doom(container, _reason(container))
        return None

    def give_back(self, container: Container, retire: str = "") -> None:
        """Takes a container back after its result. ``retire`` is the reason why it may not be used again, if any."""
        with self._lock:
            self._in_use.discard(container)
            if self._closing:
                container.close()  # it is removed already
                return
            if not retire and container.runs >= self._config.runs_per_container:
                retire = "served enough"
            if retire:
                self._doom(container, retire)
            else:
                container.rests_since = time.monotonic()
                self._resting.append(container)
        self._bell.ring()

    def _doom(self, container: Container, reason: str) -> None:
        self._retired[reason] += 1
        _log.info("container retired", extra={"container": container.id[:12], "reason": reason})
        self._doomed.append(container)
        self._work.set()

    def stats(self) -> PoolStats:
        """A snapshot."""
        with self._lock:
            ready = sum(1 for c in self._resting if c.settled() and c.state is State.CLEAN)
            return PoolStats(ready, len(self._in_use), dict(self._retired), self._started)

    def close(self) -> None:
        """Removes every container of this pool. Starts that are under way end with SandboxBroken."""
        with self._lock:
            self._closing = True
            for container in (*self._resting, *self._in_use):
                self._doom(container, "closing")
            self._resting.clear()
        self._work.set()
        self._keeper.join()

    def _add(self) -> None:
        labels = owners.labels(self._config.label, self._owner, self._config.owner)
        container = Container.start(self._engine, self._config, self._image, labels)
        with self._lock:
            self._started += 1
            self._trouble = None
            if self._closing:
                self._doom(container, "closing")
            else:
                self._resting.append(container)
        self._bell.ring()

    def _keep(self) -> None:
        """The keeper's thread: removes the retired, starts replacements, sweeps; ends when closing and all is gone."""
        sweep_at = time.monotonic() + _SWEEP_S
        while True:
            self._work.wait(max(0.0, sweep_at - time.monotonic()))
            self._work.clear()
            try:
                self._replace()
                self._engine.rest()
                if time.monotonic() >= sweep_at:
                    sweep_at = time.monotonic() + _SWEEP_S
                    sweep(self._engine, self._config.label)
            except SandboxBroken as error:
                _log.error("sandbox: %s", error)
                with self._lock:
                    self._trouble = error
                if not self._closing:
                    time.sleep(_RETRY_S)
                self._work.set()
            with self._lock:
                if self._closing and (not self._doomed or self._trouble is not None):
                    return  # with trouble, the engine does not answer; the next sweep finds what is left

    def _replace(self) -> None:
        """Starts what is missing first, since somebody may be waiting for it, then removes the retired."""
        while self._missing():
            self._add()
        while True:
            with self._lock:
                if not self._doomed:
                    return
                container = self._doomed.pop()
                if container not in self._in_use:  # else its thread is listening: it hears the end, and hangs up
                    container.close()
            try:
                self._engine.remove(container.id)
            except SandboxBroken:
                with self._lock:
                    self._doomed.append(container)
                raise

    def _missing(self) -> bool:
        with self._lock:
            return not self._closing and len(self._resting) + len(self._in_use) < self._config.pool_size


def sweep(engine: Engine, label: str) -> int:
    """Removes the containers whose owner is dead; returns how many."""
    orphans = [c for c in engine.containers(label) if owners.is_orphan(c, label, owners.now_s())]
    for orphan in orphans:
        engine.remove(str(orphan["Id"]))
    return len(orphans)


def _reason(container: Container) -> str:
    if container.state is State.DIRTY:
        return "dirty"
    return "ended" if container.state is State.GONE else "served enough"
