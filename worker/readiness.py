"""Whether workers can do what they are for: the stores answer, and programs really ran in their sandboxes lately."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from redis.exceptions import RedisError

from coderunner_core import health
from coderunner_core.control import Vitals
from coderunner_core.core import Core

PROOF_GOOD_FOR_S = 60.0


@dataclass(frozen=True, slots=True)
class Readiness:
    """``ready`` workers are those that live and have a proof that is not too old; drained ones are among them."""

    parts: tuple[health.Part, ...]
    ready: int
    wanted: int
    unproven: tuple[str, ...]  # names of workers that live, but in whose sandbox no program ran lately

    @property
    def ok(self) -> bool:
        """Whether nothing is missing."""
        return all(part.ok for part in self.parts if part.vital) and self.ready >= self.wanted

    def as_json(self) -> dict[str, object]:
        """For a probe."""
        return {
            "status": "ok" if self.ok else "down",
            "parts": {one.name: {"status": "ok" if one.ok else "down", "ms": one.latency_ms} for one in self.parts},
            "workers": {"ready": self.ready, "wanted": self.wanted, "unproven": list(self.unproven)},
        }

    def in_words(self) -> str:
        """What is missing; empty when nothing is."""
        missing = [f"the {part.name} does not answer" for part in self.parts if not part.ok]
        if self.ready < self.wanted:
            missing.append(f"{self.ready} of {self.wanted} workers are ready")
        if self.unproven:
            missing.append(f"no program ran in the last {PROOF_GOOD_FOR_S:.0f} s in: {', '.join(self.unproven)}")
        return "; ".join(missing)


async def look(core: Core, host: str = "") -> Readiness:
    """The workers of one supervisor, whose names begin with ``host``; of all when it is empty."""
    parts, living = await asyncio.gather(health.check(core), _living(core))
    settings = core.settings
    wanted = settings.worker_concurrency_execution + settings.worker_concurrency_submission
    return judge(tuple(parts), [one for one in living if one.name.startswith(host)], wanted, time.time())


def judge(parts: tuple[health.Part, ...], living: list[Vitals], wanted: int, now: float) -> Readiness:
    """The same, out of what is known."""
    unproven = tuple(one.name for one in living if one.proven_at < now - PROOF_GOOD_FOR_S)
    return Readiness(parts, len(living) - len(unproven), wanted, unproven)


async def _living(core: Core) -> list[Vitals]:
    try:
        return await core.control.workers()
    except (RedisError, OSError):
        return []
