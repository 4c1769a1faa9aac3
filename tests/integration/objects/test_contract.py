"""One suite that both object stores have to pass: a directory, and S3's API as rclone's server speaks it.

With OBJECT_STORE_TEST_URL (s3://bucket/prefix) and the OBJECT_STORE_* settings of a real server, it is tried, too.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from coderunner_core.contract import Stream
from coderunner_core.objects import ObjectMissing, ObjectStore, ObjectStoreAway, open_objects
from coderunner_core.objects.keys import new_key
from coderunner_core.settings import Settings, load_settings
from tests.s3 import KEY_ID, SECRET, S3Server, running_s3
from tests.servers import free_port

RUN_ID = "0123456789abcdef" * 2
DRIVERS = [
    "directory",
    "s3",
    *(["s3 on OBJECT_STORE_TEST_URL"] if "OBJECT_STORE_TEST_URL" in os.environ else []),
]


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Server]:
    with running_s3() as server:
        yield server


def settings_of(driver: str, folder: Path, s3: S3Server) -> Settings:
    if driver == "s3":
        return load_settings(
            data_dir=folder,
            object_store_url=f"s3://{s3.bucket}/{secrets.token_hex(4)}/runner",
            object_store_endpoint=s3.endpoint,
            object_store_access_key_id=KEY_ID,
            object_store_secret_access_key=SECRET,
            _env_file=None,
        )
    if driver == "s3 on OBJECT_STORE_TEST_URL":
        prefix = secrets.token_hex(4)
        return load_settings(data_dir=folder, object_store_url=f"{os.environ['OBJECT_STORE_TEST_URL']}/{prefix}")
    return directory_settings(folder)


def directory_settings(folder: Path) -> Settings:
    """Whatever the environment says of a real server."""
    return load_settings(data_dir=folder, object_store_url="", object_store_endpoint="", _env_file=None)


@pytest.fixture(params=DRIVERS)
def objects(request: pytest.FixtureRequest, tmp_path: Path, s3: S3Server) -> ObjectStore:
    return open_objects(settings_of(request.param, tmp_path, s3))


async def content_of(objects: ObjectStore, key: str) -> bytes:
    stored = await objects.read(key)
    content = b"".join([piece async for piece in stored.pieces])
    assert len(content) == stored.size_bytes
    return content


async def keys_of(objects: ObjectStore) -> set[str]:
    return {one.key async for portion in objects.list() for one in portion}


async def test_what_was_put_is_read_back(objects: ObjectStore) -> None:
    """To the byte, in pieces, and its size is known before the first of them."""
    content = os.urandom(3_000_000)
    key = new_key(RUN_ID, Stream.STDOUT)
    await objects.put(key, content)
    assert await content_of(objects, key) == content


async def test_what_is_not_there_is_missing(objects: ObjectStore) -> None:
    """Not a broken store: the one is said to the student as expired, the other as an apology."""
    with pytest.raises(ObjectMissing):
        await objects.read(new_key(RUN_ID, Stream.STDOUT))


async def test_deleting_spares_the_others(objects: ObjectStore) -> None:
    """And what is not there is no matter."""
    one, other = new_key(RUN_ID, Stream.STDOUT), new_key(RUN_ID, Stream.STDERR)
    for key in (one, other):
        await objects.put(key, b"x")
    await objects.delete_many([new_key(RUN_ID, Stream.STDOUT), one])
    assert await keys_of(objects) == {other}


async def test_the_listing_has_every_object(objects: ObjectStore) -> None:
    """With size and age, in portions."""
    made = {new_key(f"{n:032x}", Stream.STDOUT) for n in range(30)}
    for key in made:
        await objects.put(key, b"four")
    found = [one async for portion in objects.list() for one in portion]
    assert ({one.key for one in found}, {one.size_bytes for one in found}) == (made, {4})
    assert all(one.modified_at.tzinfo for one in found)


async def test_an_empty_store_lists_nothing(objects: ObjectStore) -> None:
    """Also before the first object was ever stored."""
    assert await keys_of(objects) == set()


async def test_a_store_that_does_not_answer_is_away(tmp_path: Path) -> None:
    """Within seconds, and with an error of its own."""
    nobody = load_settings(
        data_dir=tmp_path,
        object_store_url="s3://bucket",
        object_store_endpoint=f"http://127.0.0.1:{free_port()}",
        object_store_access_key_id="a-key",
        object_store_secret_access_key="a-secret",
        _env_file=None,
    )
    with pytest.raises(ObjectStoreAway):
        await open_objects(nobody).put(new_key(RUN_ID, Stream.STDOUT), b"x")


@pytest.mark.parametrize("wrong", ["object_store_access_key_id", "object_store_secret_access_key"])
async def test_a_wrong_key_or_secret_is_refused(tmp_path: Path, s3: S3Server, wrong: str) -> None:
    """The server reckons the signature itself: nothing is stored, and nothing is read that another stored."""
    settings, key = settings_of("s3", tmp_path, s3), new_key(RUN_ID, Stream.STDOUT)
    await open_objects(settings).put(key, b"secret")
    stranger = open_objects(settings.model_copy(update={wrong: SecretStr("guessed")}))
    with pytest.raises(ObjectStoreAway):
        await stranger.read(key)
    with pytest.raises(ObjectStoreAway):
        await stranger.put(new_key(RUN_ID, Stream.STDOUT), b"x")
    assert await keys_of(open_objects(settings)) == {key}


async def test_a_bucket_that_is_not_there_is_away(tmp_path: Path, s3: S3Server) -> None:
    """For whoever set it up wrongly; a student is not told that their output has expired."""
    settings = settings_of("s3", tmp_path, s3).model_copy(update={"object_store_url": "s3://another"})
    with pytest.raises(ObjectStoreAway):
        await open_objects(settings).put(new_key(RUN_ID, Stream.STDOUT), b"x")
    with pytest.raises(ObjectStoreAway):
        await open_objects(settings).read(new_key(RUN_ID, Stream.STDOUT))


async def test_a_directory_that_cannot_be_written_is_away(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    objects = open_objects(directory_settings(tmp_path))
    (tmp_path / "objects" / "outputs").write_text("in the way")
    with pytest.raises(ObjectStoreAway):
        await objects.put(new_key(RUN_ID, Stream.STDOUT), b"x")


@pytest.mark.parametrize("run_id", ["../../etc/passwd", "", "0" * 31, "0" * 31 + "/", "A" * 32])
def test_no_key_is_made_of_anything_but_a_run_id(run_id: str) -> None:
    """So that no key leads out of the folder."""
    with pytest.raises(ValueError, match="not a run's id"):
        new_key(run_id, Stream.STDOUT)
