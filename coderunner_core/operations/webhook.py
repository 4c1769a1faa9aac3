"""Tells alerts to a webhook, for installations without Prometheus: each once when it fires and once when it ends.

Of all supervisors, the one that holds the office in Redis looks and tells. What was told is remembered there, so that a
successor does not tell it again. While Redis is away, each supervisor tells by itself: twice is better than not at all.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import httpx
from redis.exceptions import RedisError

from coderunner_core.core import Core
from coderunner_core.operations import alerts, probes, snapshot
from coderunner_core.operations.alerts import Notice, Standing

log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0
ANSWER_WITHIN_S = 5.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 300.0  # between tries, doubled each time
_LEASE_S = 30.0
_OFFICE = "alerts"


class Notifier:
    """``step`` is called every LOOK_EVERY_S and never waits longer than a look and one answer for each notice."""

    def __init__(self, core: Core, who: str, clock: Callable[[], float] = time.time) -> None:
        self._core, self._who, self._clock = core, who, clock
        self._url = core.settings.alert_webhook_url.get_secret_value()
        self._at, self._standing = 0.0, dict[str, Standing]()
        self._failures, self._next_try = 0, 0.0

    async def step(self) -> None:
        """Look, and tell what is due."""
        if not await self._leads():
            return
        await self._recall()
        now = self._clock()
        seen, silent = await asyncio.gather(snapshot.look(self._core), probes.silent(self._core.settings.health_urls))
        self._standing = alerts.step(self._standing, replace(seen, silent=silent), now)
        if now >= self._next_try:
            await self._tell_all(now)
        self._at = now
        await self._remember()

    async def _tell_all(self, now: float) -> None:
        for notice in alerts.due(self._standing):
            if not await self._tell(notice, now):
                pause_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**self._failures)
                self._failures, self._next_try = self._failures + 1, now + pause_s
                return
            self._failures = 0
            self._standing = alerts.told(self._standing, notice)

    async def _tell(self, notice: Notice, now: float) -> bool:
        """Post it; whether it arrived. Only that address is ever asked: a redirection counts as a failure."""
        body = payload(notice, self._core.settings.origin, now)
        try:
            async with httpx.AsyncClient(timeout=ANSWER_WITHIN_S, follow_redirects=False) as client:
                async with client.stream("POST", self._url, json=body) as answer:  # what it says is not read
                    status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            log.warning("alert not delivered", extra={"alert": notice.rule.name, "error": type(error).__name__})
            return False
        if not 200 <= status < 300:
            log.warning("alert not delivered", extra={"alert": notice.rule.name, "status": status})
            return False
        log.info("alert told", extra={"alert": notice.rule.name, "firing": notice.firing})
        return True

    async def _leads(self) -> bool:
        try:
            return await self._core.control.lead(_OFFICE, self._who, _LEASE_S)
        except (RedisError, OSError):
            return True

    async def _recall(self) -> None:
        """What the last one in this office knew, unless we know something newer, from while Redis was away."""
        try:
            stored = await self._core.control.recall(_OFFICE)
        except (RedisError, OSError):
            return
        known: dict[str, Any] = json.loads(stored) if stored else {"at": 0.0, "standing": {}}
        if known["at"] > self._at:
            self._at = known["at"]
            self._standing = {name: Standing(**one) for name, one in known["standing"].items()}

    async def _remember(self) -> None:
        known = {"at": self._at, "standing": {name: asdict(one) for name, one in self._standing.items()}}
        try:
            await self._core.control.remember(_OFFICE, json.dumps(known))
        except (RedisError, OSError):
            log.debug("alerts are remembered in this process only")


def payload(notice: Notice, installation: str, now: float) -> Mapping[str, object]:
    """The body of the POST; docs/OPERATIONS.md explains each field. New fields may come, none will change."""
    return {
        "version": 1,
        "installation": installation,
        "alert": notice.rule.name,
        "status": "firing" if notice.firing else "resolved",
        "severity": notice.rule.severity,
        "summary": notice.rule.summary,
        "advice": notice.rule.advice,
        "value": round(notice.value, 4),
        "threshold": notice.rule.threshold,
        "since": _iso(notice.since),
        "at": _iso(now),
        "key": f"{notice.rule.name}-{int(notice.since)}",
    }


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
