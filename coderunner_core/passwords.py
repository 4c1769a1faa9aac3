"""Keeps passwords as argon2 hashes, and makes a wrong name cost as long as a wrong password."""

from __future__ import annotations

import asyncio
from functools import cache

from passlib.hash import argon2

from coderunner_core.errors import BadInput

MIN_LENGTH = 8
MAX_LENGTH = 128  # more than anyone types; a bound on the work an unauthenticated request can cause

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
