"""What an admin may do to workers and to runs that are stuck; each is written into the audit log with who did it."""

from __future__ import annotations

from redis.exceptions import RedisError

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import Busy, NotFound, Refused
from coderunner_core.models import Run
from coderunner_core.services import audit
from coderunner_core.services.permissions import admin
from coderunner_core.services.running import verdicts

_AWAY = "Redis does not answer, so workers cannot be told anything just now."


async def drain(actor: Actor | None, core: Core, worker: str, *, ip: str = "") -> None:
    """The worker in this slot finishes what it has in hand and takes no new job, and neither do its successors.

    It obeys within two seconds; until then it may still take one. Raises NotSignedIn, NotAllowed, NotFound and Busy.
    """
    actor = admin(actor)
    try:
        if worker not in {one.slot for one in await core.control.workers()}:
            raise NotFound("There is no such worker any more.")
        async with core.database.writing() as session:  # told and written down, or neither
            audit.record(session, actor, "worker.drain", worker, ip=ip)
            await core.control.drain(worker)
    except RedisError as error:
        raise Busy(_AWAY) from error


async def resume(actor: Actor | None, core: Core, worker: str, *, ip: str = "") -> None:
    """The worker in this slot works again; also for a slot where nobody is just now.

    Raises NotSignedIn, NotAllowed, NotFound (nobody drained it) and Busy.
    """
    actor = admin(actor)
    try:
        if worker not in await core.control.drained():
            raise NotFound("That worker works already.")
        async with core.database.writing() as session:
            audit.record(session, actor, "worker.resume", worker, ip=ip)
            await core.control.resume(worker)
    except RedisError as error:
        raise Busy(_AWAY) from error


async def put_back(actor: Actor | None, core: Core, run_id: str, *, ip: str = "") -> None:
    """Have a stuck run tried again; one that was tried too often ends as internal_error. It gets one verdict all the
    same: whichever is stored first.

    Raises NotSignedIn, NotAllowed, NotFound and Refused (it is finished, or waits in its queue as it should).
    """
    actor = admin(actor)
    async with core.database.reading() as session:
        run = await session.get(Run, run_id)
    if run is None:
        raise NotFound("There is no such run.")
    try:
        done = await verdicts.put_back(core, run_id)
    except RedisError as error:
        raise Busy(_AWAY) from error
    if not done:
        raise Refused("That run is not stuck: it has ended, or it waits in its queue.")
    async with core.database.writing() as session:
        audit.record(session, actor, "run.put_back", run_id, f"attempt {run.attempt} of {verdicts.MAX_ATTEMPTS}", ip=ip)
