"""Keeps passwords as argon2 hashes, and makes a wrong name cost as long as a wrong password."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cache

from passlib.hash import argon2

from coderunner_core.errors import BadInput

MIN_LENGTH = 8
_AT_ONCE = 2  # hashes of one batch in threads at the same time, 19 MiB each
MAX_LENGTH = 128  # more than anyone types; a bound on the work an unauthenticated request can cause

# Passlib loads what it hashes with at the first use, and fails when two threads are the first at once.
argon2.set_backend("argon2_cffi")
# OWASP password storage cheat sheet, argon2id: 19 MiB, two passes, one lane is the least it recommends.
_HASHER = argon2.using(type="ID", memory_cost=19 * 1024, rounds=2, parallelism=1)  # type: ignore[no-untyped-call]


def check_new(password: str, name: str) -> None:
    """Refuse a password that is too short, too long or the same as the name; raises BadInput."""
    if len(password) < MIN_LENGTH:
        raise BadInput(f"The password needs at least {MIN_LENGTH} characters. Three short words make a good one.")
    if len(password) > MAX_LENGTH:
        raise BadInput(f"The password may have at most {MAX_LENGTH} characters.")
    if password.casefold() == name.casefold():
        raise BadInput("The password must not be the same as the name.")


async def hash_new(password: str) -> str:
    """The argon2id hash of a password, made off the event loop."""
    return str(await asyncio.to_thread(_HASHER.hash, password))


async def hash_many(given: Sequence[str]) -> list[str]:
    """The hashes of many passwords, two at a time, so that signing in finds threads free meanwhile."""
    free = asyncio.Semaphore(_AT_ONCE)

    async def one(password: str) -> str:
        async with free:
            return await hash_new(password)

    return list(await asyncio.gather(*(one(password) for password in given)))


async def matches(password: str, hashed: str | None) -> bool:
    """Whether the password is right. Without a hash (an unknown name) it works as long and says no."""
    if len(password) > MAX_LENGTH:
        return False
    known = hashed is not None
    right = await asyncio.to_thread(_HASHER.verify, password, hashed if known else _decoy())
    return bool(right) and known


@cache
def _decoy() -> str:
    return str(_HASHER.hash("nobody has this password"))
