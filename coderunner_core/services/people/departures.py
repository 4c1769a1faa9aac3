"""Deletes a person: what is theirs goes from every store, what others need stays without their name.

Goes: account, runs with their bodies, drafts, progress, activity, comments about them, places in classes, quotas and
remembered output. Stays without a name: comments that they wrote as a teacher, classes that they made, what the log
says was done (audit.forget). Each step can be repeated: a deletion that was interrupted is finished by the next one,
and until then nobody can sign in to the account.
"""

from __future__ import annotations

import logging

from redis.exceptions import RedisError
from sqlalchemy import delete as delete_rows
from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.contract import RunStatus
from coderunner_core.core import Core
from coderunner_core.errors import NotFound
from coderunner_core.models import Run, User, utc_now
from coderunner_core.services import audit, permissions
from coderunner_core.services.people import accounts
from coderunner_core.services.people.admin_rules import an_admin_stays, somebody_else

log = logging.getLogger(__name__)

BATCH = 500  # runs in one transaction: others write in between


async def delete_person(actor: Actor | None, core: Core, user_id: int) -> None:
    """Delete somebody else, now and for good. Raises NotSignedIn, NotAllowed and NotFound."""
    actor = permissions.admin(actor)
    somebody_else(actor, user_id, "Delete your own account on your account's page.")
    await delete(core, actor, user_id)


async def delete(core: Core, actor: Actor, user_id: int, *, batch: int = BATCH) -> None:
    """The deletion itself, for services that have checked that ``actor`` may; see the module. Raises NotAllowed for the
    last admin, and NotFound.
    """
    user = await close(core, user_id)
    while await _delete_runs(core, user_id, batch):
        pass
    async with core.database.writing() as session:
        left = list((await session.exec(select(Run.id).where(Run.user_id == user_id))).all())
        await audit.forget(session, user_id, user.name)
        by = ", by themselves" if actor.user_id == user_id else ""
        audit.record(session, None if by else actor, "person.delete", audit.pseudonym(user_id), f"{user.role}{by}")
        await session.exec(delete_rows(User).where(col(User.id) == user_id))  # the rest goes by the foreign keys
    await core.results.delete_many(left)
    await _forget(core, user_id, user.name, left)


async def close(core: Core, user_id: int) -> User:
    """The first step: from here on nothing new begins, since nobody is signed in to the account any more."""
    async with core.database.writing() as session:
        user = await session.get(User, user_id)
        if user is None:
            raise NotFound("There is no such person any more.")
        await an_admin_stays(session, user)
        user.disabled_at = user.disabled_at or utc_now()
        session.add(user)
    return user


async def _delete_runs(core: Core, user_id: int, batch: int) -> bool:
    """Delete some runs, bodies first: a run without a body can be deleted again, a body without a run never."""
    async with core.database.reading() as session:
        statement = select(Run.id, Run.status).where(Run.user_id == user_id).limit(batch)
        rows = list((await session.exec(statement)).all())
    if not rows:
        return False
    run_ids = [run_id for run_id, _status in rows]
    await _stop(core, [run_id for run_id, status in rows if status != RunStatus.FINISHED])
    await core.results.delete_many(run_ids)
    async with core.database.writing() as session:
        await session.exec(
            delete_rows(Run).where(col(Run.id).in_(run_ids)).execution_options(synchronize_session=False)
        )
    await _forget(core, user_id, "", run_ids)
    return True


async def _stop(core: Core, run_ids: list[str]) -> None:
    for run_id in run_ids:
        try:
            await core.events.ask_to_stop(run_id)
        except RedisError:  # it ends by itself within seconds, and its verdict finds no run
            log.warning("a run of somebody who is deleted could not be stopped", extra={"job_id": run_id})


async def _forget(core: Core, user_id: int, name: str, run_ids: list[str]) -> None:
    try:
        await core.events.forget(run_ids)
        await core.quotas.forget(user_id)
        await core.presence.forget(user_id)
        if name:
            await accounts.forget_tries(core, name)
    except RedisError:  # what is in there expires by itself, within a day
        log.warning("traces of somebody who was deleted are left to expire", exc_info=True)
