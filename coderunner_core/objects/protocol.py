"""What an object store promises; one suite of contract tests holds the directory and S3 to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class ObjectStoreAway(Exception):
    """The store does not answer, or refuses us; for operators' logs."""


class ObjectMissing(Exception):
    """There is no object of this key (any more)."""


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """One object in a listing."""

    key: str
    size_bytes: int
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object that is being read: its size is known before the first byte is sent on."""

    size_bytes: int
    pieces: AsyncIterator[bytes]


class ObjectStore(Protocol):
    """Whole objects by key: written once, read from the beginning, deleted. Every method raises ObjectStoreAway."""

    async def put(self, key: str, content: bytes) -> None:
        """Store an object: afterwards all of it is there, or, after an error, nothing that a reader could see."""

    async def read(self, key: str) -> StoredObject:
        """Open an object; raises ObjectMissing."""

    async def delete_many(self, keys: Sequence[str]) -> None:
        """Delete objects; those that are not there are no matter."""

    def list(self) -> AsyncIterator[list[ObjectInfo]]:
        """All objects, a portion at a time."""
