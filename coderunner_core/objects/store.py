"""The object store through obstore, which has one interface for a directory and for S3's API."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

from coderunner_core.objects.protocol import ObjectInfo, ObjectMissing, ObjectStore, ObjectStoreAway, StoredObject
from coderunner_core.settings import Settings

# A run waits for its output to be stored before its verdict is announced; beyond this it goes on without.
CONNECT_TIMEOUT = timedelta(seconds=2)
REQUEST_TIMEOUT = timedelta(seconds=10)
RETRY_TIMEOUT = timedelta(seconds=5)
_PIECE_BYTES = 256 * 1024


class ObstoreObjects:
    """Objects in whatever obstore opens. Both drivers write to the side first, so no reader sees half an object."""

    def __init__(self, store: LocalStore | S3Store) -> None:
        self._store = store

    async def put(self, key: str, content: bytes) -> None:
        """Store an object: afterwards all of it is there, or, after an error, nothing that a reader could see."""
        with _plain_errors():
            await obstore.put_async(self._store, key, content, use_multipart=False)

    async def read(self, key: str) -> StoredObject:
        """Open an object; raises ObjectMissing."""
        with _plain_errors():
            found = await obstore.get_async(self._store, key)

        async def pieces() -> AsyncIterator[bytes]:
            with _plain_errors():
                async for piece in found.stream(min_chunk_size=_PIECE_BYTES):
                    yield bytes(piece)

        return StoredObject(found.meta["size"], pieces())

    async def delete_many(self, keys: Sequence[str]) -> None:
        """Delete objects; those that are not there are no matter."""
        for key in keys:  # one by one: a directory stops at the first that is missing
            try:
                with _plain_errors():
                    await obstore.delete_async(self._store, key)
            except ObjectMissing:
                continue

    async def list(self) -> AsyncIterator[list[ObjectInfo]]:
        """All objects, a portion at a time."""
        with _plain_errors():
            async for portion in obstore.list(self._store, chunk_size=500):
                yield [ObjectInfo(one["path"], one["size"], one["last_modified"]) for one in portion]


def open_objects(settings: Settings) -> ObjectStore:
    """The object store that the settings name; nothing is asked of it yet."""
    if not settings.object_store_url:
        return ObstoreObjects(LocalStore(settings.data_dir.absolute() / "objects", mkdir=True))
    address = urlsplit(settings.object_store_url)
    keys = {
        "access_key_id": settings.object_store_access_key_id.get_secret_value(),
        "secret_access_key": settings.object_store_secret_access_key.get_secret_value(),
        "endpoint": settings.object_store_endpoint,
    }
    return ObstoreObjects(
        S3Store(
            bucket=address.netloc,
            prefix=address.path.strip("/") or None,
            region=settings.object_store_region,
            virtual_hosted_style_request=not settings.object_store_endpoint,  # elsewhere, buckets are no host names
            client_options={
                "timeout": REQUEST_TIMEOUT,
                "connect_timeout": CONNECT_TIMEOUT,
                "allow_http": settings.object_store_endpoint.startswith("http://"),
            },
            retry_config={"max_retries": 2, "retry_timeout": RETRY_TIMEOUT},
            **{name: value for name, value in keys.items() if value},  # type: ignore[arg-type]
        )
    )


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        if "NoSuchBucket" in str(error):  # wrongly set up; that is not an object that has expired
            raise ObjectStoreAway("the bucket does not exist") from error
        raise ObjectMissing(str(error)) from error
    except (BaseError, OSError) as error:
        raise ObjectStoreAway(f"{type(error).__name__}: {error}"[:500]) from error
