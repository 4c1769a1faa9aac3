"""Asks the web processes whether they live, for installations whose alerts come from the workers' supervisor."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import httpx

log = logging.getLogger(__name__)

ANSWER_WITHIN_S = 3.0


async def silent(addresses: Sequence[str]) -> tuple[str, ...]:
    """Those of the addresses that do not answer 2xx within ANSWER_WITHIN_S."""
    async with httpx.AsyncClient(timeout=ANSWER_WITHIN_S, follow_redirects=False) as client:
        well = await asyncio.gather(*(_answers(client, address) for address in addresses))
    return tuple(address for address, is_well in zip(addresses, well, strict=True) if not is_well)


async def _answers(client: httpx.AsyncClient, address: str) -> bool:
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S), client.stream("GET", address) as answer:  # its body is not read
            status: int | str = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        status = type(error).__name__
    if isinstance(status, int) and 200 <= status < 300:
        return True
    log.warning("a web process does not answer", extra={"address": address, "status": status})
    return False
