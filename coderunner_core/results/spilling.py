"""Keeps bodies small: output above the inline limit becomes an object, and the body its beginning and the key."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from coderunner_core.contract import Stream, Verdict, WholeOutput
from coderunner_core.objects import ObjectStore, ObjectStoreAway
from coderunner_core.objects.keys import new_key
from coderunner_core.results.protocol import ExecutionResult, ResultStore, batches

log = logging.getLogger(__name__)


class SpillingResultStore:
    """A result store of any driver, with an object store beside it for what is long."""

    def __init__(self, bodies: ResultStore, objects: ObjectStore, inline_bytes: int) -> None:
        self._bodies, self._objects, self._inline_bytes = bodies, objects, inline_bytes

    async def put_pending(self, run_id: str, source: str, stdin: str) -> None:
        """Keep what is to be run. A second call with the same id changes nothing."""
        await self._bodies.put_pending(run_id, source, stdin)

    async def finish(self, run_id: str, verdict: Verdict) -> bool:
        """Add the verdict, its long output stored apart. Only the first one counts: False when there was one already.

        With the object store away, the beginning of the output is all that is kept, and the verdict says so.
        """
        short, keys = await self._shortened(run_id, verdict)
        counted = await self._bodies.finish(run_id, short)
        if not counted:
            await self._delete_objects(keys)
        return counted

    async def _shortened(self, run_id: str, verdict: Verdict) -> tuple[Verdict, list[str]]:
        whole, kept = [], {}
        for stream in Stream:
            output: str = getattr(verdict, stream.value)
            content = output.encode("utf-8", "replace")
            if len(content) <= self._inline_bytes:
                continue
            whole.append(WholeOutput(stream, len(content), await self._store(run_id, stream, content)))
            kept[stream.value] = content[: self._inline_bytes].decode("utf-8", "ignore")  # never half a character
        if not whole:
            return verdict, []
        return replace(verdict, whole_outputs=tuple(whole), **kept), [one.key for one in whole if one.key]  # type: ignore[arg-type]

    async def _store(self, run_id: str, stream: Stream, content: bytes) -> str:
        key = new_key(run_id, stream)
        try:
            await self._objects.put(key, content)
        except ObjectStoreAway:
            log.exception("long output not kept, only its beginning", extra={"job_id": run_id})
            return ""
        return key

    async def get(self, run_id: str) -> ExecutionResult | None:
        """The body, or None when it never was or has expired."""
        return await self._bodies.get(run_id)

    async def get_many(self, run_ids: Sequence[str]) -> dict[str, ExecutionResult]:
        """The bodies that are there, by run id; what never was or has expired is left out."""
        return await self._bodies.get_many(run_ids)

    async def present(self, run_ids: Sequence[str]) -> set[str]:
        """Which of these have a body that ``get`` would give, without reading the bodies."""
        return await self._bodies.present(run_ids)

    async def delete_many(self, run_ids: Sequence[str]) -> int:
        """Delete bodies and their objects now, kept or not; how many bodies there were.

        An object that could not be deleted has no body any more: housekeeping finds it.
        """
        deleted = 0
        for batch in batches(run_ids):
            bodies = await self._bodies.get_many(batch)
            deleted += await self._bodies.delete_many(batch)
            verdicts = [body.verdict for body in bodies.values() if body.verdict is not None]
            await self._delete_objects([one.key for verdict in verdicts for one in verdict.whole_outputs if one.key])
        return deleted

    async def keep(self, run_ids: Sequence[str]) -> int:
        """Let these never expire, until ``expire`` is called; how many of them are there."""
        return await self._bodies.keep(run_ids)

    async def expire(self, run_ids: Sequence[str], at: datetime) -> int:
        """Let these expire at a moment (aware of its zone), kept or not; how many of them are there."""
        return await self._bodies.expire(run_ids, at)

    async def purge(self) -> int:
        """Delete the bodies that have expired; how many. Their objects go with the next sweep of orphans."""
        return await self._bodies.purge()

    async def _delete_objects(self, keys: Sequence[str]) -> None:
        try:
            await self._objects.delete_many(keys)
        except ObjectStoreAway:
            log.warning("objects left for the sweep of orphans", extra={"objects": len(keys)}, exc_info=True)
