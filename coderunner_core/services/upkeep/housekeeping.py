"""What an installation does for itself once an hour: keep what the rule keeps, delete what has expired."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from coderunner_core.core import Core
from coderunner_core.models import utc_now
from coderunner_core.objects import ObjectStoreAway
from coderunner_core.objects.keys import run_of
from coderunner_core.services.upkeep import audit_log, retention

log = logging.getLogger(__name__)

EVERY_S = 3600
ORPHAN_AFTER = timedelta(hours=1)  # an object is stored a moment before the body that names it


@dataclass(frozen=True, slots=True)
class Tidied:
    """What one round did."""

    kept: int
    released: int
    expired: int
    orphans: int
    log_entries: int


async def tidy_when_due(core: Core) -> Tidied | None:
    """One round, unless a process of this installation has begun one within the hour. Raises RedisError.

    Any number of supervisors may ask as often as they like; without Redis nobody tidies.
    """
    if not await core.leases.take("housekeeping", EVERY_S):
        return None
    tidied = await tidy(core)
    log.info(
        "tidied",
        extra={
            "kept": tidied.kept,
            "released": tidied.released,
            "expired": tidied.expired,
            "orphans": tidied.orphans,
            "log_entries": tidied.log_entries,
        },
    )
    return tidied


async def tidy(core: Core) -> Tidied:
    """One round, now. The rule comes first, so that nothing is deleted that it would have kept."""
    retained = await retention.apply(core)
    expired = await core.results.purge()
    try:
        orphans = await _delete_orphans(core)
    except ObjectStoreAway:
        log.warning("orphans left for the next round", exc_info=True)
        orphans = 0
    return Tidied(retained.kept, retained.released, expired, orphans, await audit_log.purge(core))


async def _delete_orphans(core: Core) -> int:
    """Delete the objects whose body has gone: expired, purged by MongoDB itself, or deleted while S3 was away."""
    deleted = 0
    async for portion in core.objects.list():
        old = [one.key for one in portion if one.modified_at < utc_now() - ORPHAN_AFTER]
        owners = {key: run_id for key in old if (run_id := run_of(key)) is not None}
        present = await core.results.present(list(set(owners.values())))
        orphans = [key for key, run_id in owners.items() if run_id not in present]
        await core.objects.delete_many(orphans)
        deleted += len(orphans)
    return deleted
