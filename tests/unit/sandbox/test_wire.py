"""The bytes between host and container: whatever way they are cut, the frames come out whole and in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.image.box import wire

_KINDS = sorted(wire.KINDS)


@given(st.lists(st.tuples(st.sampled_from(_KINDS), st.binary(max_size=200))), st.integers(1, 50))
def test_frames_survive_any_cutting(frames: list[tuple[bytes, bytes]], step: int) -> None:
    """Bytes arrive in pieces of any size; the frames are those that were sent."""
    sent = b"".join(wire.frame(kind, payload) for kind, payload in frames)
    reader = wire.Frames()
    found = [frame for at in range(0, len(sent), step) for frame in reader.feed(sent[at : at + step])]
    assert frames == found


def test_an_unknown_kind_is_refused() -> None:
    """After a kind that nobody knows, nothing can be trusted."""
    with pytest.raises(wire.BadFrame):
        wire.Frames().feed(b"?\0\0\0\0")


def test_a_frame_that_claims_to_be_huge_is_refused() -> None:
    """The length is looked at before anything is kept for it."""
    with pytest.raises(wire.BadFrame):
        wire.Frames().feed(b"o\xff\xff\xff\xff")


@given(st.text(max_size=50), st.binary(max_size=100))
def test_a_file_keeps_its_name_and_content(name: str, content: bytes) -> None:
    """What is packed is what is unpacked."""
    assert (name, content) == wire.split_file(wire.file_payload(name, content))


@pytest.mark.parametrize("payload", [b"", b"\0", b"\0\x02\xff\xff"])
def test_a_broken_file_payload_is_refused(payload: bytes) -> None:
    """Too short, or a name that is not UTF-8."""
    with pytest.raises(wire.BadFrame):
        wire.split_file(payload)
