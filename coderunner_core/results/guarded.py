"""Stands before a driver in a process that people wait for: while the result store is away, it refuses at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from coderunner_core.breaker import Circuit
from coderunner_core.contract import Verdict
from coderunner_core.errors import StoreAway
from coderunner_core.results.protocol import ExecutionResult, ResultStore

_NO_RUN = "0" * 32


class Driver(ResultStore, Protocol):
    """A result store with a server of its own; its calls raise StoreAway when that does not answer."""

    async def open(self) -> None:
        """Make what is missing, now or as soon as the server answers."""


class GuardedResultStore:
    """A result store behind a circuit breaker: while the store is away, every call raises StoreAway at once."""

    def __init__(self, bodies: Driver) -> None:
        self._bodies = bodies
        self.went_away = asyncio.Event()  # set when the circuit opens; whoever waited for it clears it
        self._circuit = Circuit("results", lambda error: isinstance(error, StoreAway), self.went_away)

    async def open(self) -> None:
        """Open the store; one that is away at the start is found by the first probe that reaches it."""
        await self._bodies.open()
        try:
            await self.get(_NO_RUN)
        except StoreAway:
            self._circuit.trip()

    @property
    def is_away(self) -> bool:
        """Whether the circuit is open."""
        return self._circuit.is_open

    async def probe(self) -> None:
        """Ask for something; raises StoreAway as long as that fails."""
        async with self._circuit.guard(probe=True):
            await self._bodies.get(_NO_RUN)

    async def put_pending(self, run_id: str, source: str, stdin: str) -> None:
        """Keep what is to be run. A second call with the same id changes nothing."""
        async with self._circuit.guard():
            await self._bodies.put_pending(run_id, source, stdin)

    async def finish(self, run_id: str, verdict: Verdict) -> bool:
        """Add the verdict. Only the first one counts: False when there was one already or there is no such run."""
        async with self._circuit.guard():
            return await self._bodies.finish(run_id, verdict)

    async def get(self, run_id: str) -> ExecutionResult | None:
        """The body, or None when it never was or has expired."""
        async with self._circuit.guard():
            return await self._bodies.get(run_id)

    async def get_many(self, run_ids: Sequence[str]) -> dict[str, ExecutionResult]:
        """The bodies that are there, by run id; what never was or has expired is left out."""
        async with self._circuit.guard():
            return await self._bodies.get_many(run_ids)

    async def present(self, run_ids: Sequence[str]) -> set[str]:
        """Which of these have a body that ``get`` would give, without reading the bodies."""
        async with self._circuit.guard():
            return await self._bodies.present(run_ids)

    async def delete_many(self, run_ids: Sequence[str]) -> int:
        """Delete bodies now, kept or not; how many there were."""
        async with self._circuit.guard():
            return await self._bodies.delete_many(run_ids)

    async def keep(self, run_ids: Sequence[str]) -> int:
        """Let these never expire, until ``expire`` is called; how many of them are there."""
        async with self._circuit.guard():
            return await self._bodies.keep(run_ids)

    async def expire(self, run_ids: Sequence[str], at: datetime) -> int:
        """Let these expire at a moment (aware of its zone), kept or not; how many of them are there."""
        async with self._circuit.guard():
            return await self._bodies.expire(run_ids, at)

    async def purge(self) -> int:
        """Delete what has expired, in batches; how many."""
        async with self._circuit.guard():
            return await self._bodies.purge()
