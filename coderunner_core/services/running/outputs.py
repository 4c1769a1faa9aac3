"""All that a program printed, for its owner and their teachers: the page shows the beginning, this has the rest."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass

from coderunner_core.actors import Actor
from coderunner_core.contract import Stream
from coderunner_core.core import Core
from coderunner_core.errors import Busy, Gone, NotFound
from coderunner_core.objects import ObjectMissing, ObjectStoreAway, StoredObject
from coderunner_core.services.permissions import visible_run

log = logging.getLogger(__name__)

_GONE = "This output is kept no longer. Run the program again to see it."


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One stream of a finished run, as a file to download: UTF-8, ``size_bytes`` long."""

    name: str
    size_bytes: int
    pieces: AsyncIterator[bytes]


async def whole(actor: Actor | None, core: Core, run_id: str, stream: Stream) -> OutputFile:
    """Everything that a run printed on one stream.

    Raises NotSignedIn, NotFound (no such run, one of somebody whom the actor does not teach, or one that has not
    ended), Gone (expired, or never kept) and Busy (the object store is away).
    """
    run = await visible_run(actor, core, run_id)
    body = await core.results.get(run_id)
    if body is None:
        raise Gone(_GONE)
    if body.verdict is None:
        raise NotFound("This run has not ended yet.")
    name = f"{run.problem_id}-{run_id[:8]}-{stream.value}.txt"
    for one in body.verdict.whole_outputs:
        if one.stream is stream:
            stored = await _read(core, one.key)
            return OutputFile(name, stored.size_bytes, stored.pieces)
    content = getattr(body.verdict, stream.value).encode("utf-8", "replace")
    return OutputFile(name, len(content), _at_once(content))


async def _read(core: Core, key: str) -> StoredObject:
    if not key:
        raise Gone("Only the beginning of this output was kept. Run the program again to see the rest.")
    try:
        return await core.objects.read(key)
    except ObjectMissing:
        raise Gone(_GONE) from None
    except ObjectStoreAway as error:
        log.warning("object store away", exc_info=True)
        raise Busy("The output cannot be fetched just now. Try again in a moment.") from error


async def _at_once(content: bytes) -> AsyncIterator[bytes]:
    yield content
