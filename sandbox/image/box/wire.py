"""The bytes that cross the container's edge, said once for both ends; standard library only.

A request is ``length of header (4) | header (marshal) | parts``. Marshal is
for requests only, which come from the trusted side. Everything else is a frame: ``kind (1) | length (4) |
payload``. The host sends one request and, to cancel, one single byte. The container answers with any number of OUTPUT
frames, one RESULT, and one CLEAN or DIRTY; it opens with one HELLO.
"""

from __future__ import annotations

import os
import struct

PROTOCOL = 1  # raised whenever the two ends would misread each other

HELLO = b"h"
STDOUT = b"o"
STDERR = b"e"
VALUE = b"v"  # what the program's harness reported over its own channel
FILE = b"f"  # name length (2) | name | content
RESULT = b"r"
CLEAN = b"y"
DIRTY = b"d"
KINDS = frozenset((HELLO, STDOUT, STDERR, VALUE, FILE, RESULT, CLEAN, DIRTY))

CANCEL = b"c"

MAX_FRAME_BYTES = 4 << 20  # the container never sends more in one frame

# What a request says, in this order; a tuple, because looking up names would cost the leader pages of memory.
Header = tuple[
    int,  # 0 bytes of the parts together
    int,  # 1 bytes of standard input, which follows the parts
    int,  # 2 CPU limit, ms
    int,  # 3 wall-clock limit, ms
    int,  # 4 hard wall-clock limit, ms
    int,  # 5 output limit, bytes
    int,  # 6 memory limit, KiB; 0 where only the container limits it
    int,  # 7 files that may be handed back
    int,  # 8 bytes of all those
    list[str],  # 9 the names of those
    list[tuple[str, int]],  # 10 name and size of each part: files to be written for the program, main.py first
    str,  # 11 the function to call, "" for none
    str,  # 12 its arguments, a JSON array
    str,  # 13 the TestCase class to run, "" for none
]

_FRAME = struct.Struct(">cI")
LENGTH = struct.Struct(">I")
_NAME = struct.Struct(">H")


class BadFrame(Exception):
    """The other end said something that is not of the protocol; nothing after it can be trusted."""


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """One frame, ready to send."""
    return _FRAME.pack(kind, len(payload)) + payload


def file_payload(name: str, content: bytes) -> bytes:
    """The payload of a FILE frame."""
    encoded = name.encode()
    return _NAME.pack(len(encoded)) + encoded + content


def split_file(payload: bytes) -> tuple[str, bytes]:
    """Name and content of a FILE frame; raises BadFrame."""
    if len(payload) < _NAME.size:
        raise BadFrame("a file frame without a name")
    (length,) = _NAME.unpack_from(payload)
    end = _NAME.size + length
    try:
        return payload[_NAME.size : end].decode(), payload[end:]
    except UnicodeDecodeError:
        raise BadFrame("a file name that is not UTF-8") from None


class Frames:
    """Cuts a stream of bytes into frames; holds at most one frame's worth of what is not complete yet."""

    def __init__(self) -> None:
        """Nothing received yet."""
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[tuple[bytes, bytes]]:
        """Every frame that ``data`` completes, in order; raises BadFrame."""
        self._buffer += data
        found = []
        while len(self._buffer) >= _FRAME.size:
            kind, length = _FRAME.unpack_from(self._buffer)
            if kind not in KINDS or length > MAX_FRAME_BYTES:
                raise BadFrame(f"kind {kind!r}, {length} bytes")
            end = _FRAME.size + length
            if len(self._buffer) < end:
                break
            found.append((kind, bytes(self._buffer[_FRAME.size : end])))
            del self._buffer[:end]
        return found


def request(header: bytes, *parts: bytes) -> bytes:
    """One request, ready to send. The header names the length of each part."""
    return b"".join((LENGTH.pack(len(header)), header, *parts))


def send(data: bytes) -> None:
    """Inside the container: writes all of ``data`` to the worker."""
    while data:
        data = data[os.write(1, data) :]
