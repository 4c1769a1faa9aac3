"""A container that is only a socket: the test plays the supervisor at the other end."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator

import pytest

from sandbox.container import Container, State
from sandbox.image.box import wire


class Supervisor:
    """The container's end of the socket, with Docker's framing put on."""

    def __init__(self, sock: socket.socket) -> None:
        """Says nothing by itself."""
        self.sock = sock

    def say(self, *frames: bytes, stream: int = 1) -> None:
        """Sends frames as Docker passes them on."""
        data = b"".join(frames)
        self.sock.sendall(struct.pack(">BxxxI", stream, len(data)) + data)

    def result(self, **facts: object) -> None:
        """Sends a RESULT; what is not said is that of a program that ended well."""
        usual: dict[str, object] = {"ended": "exit", "exit_code": 0, "cpu_us": 1500, "wall_us": 2500, "waited_us": 0}
        usual |= {"peak_kib": 9, "oom_kills": 0, "truncated": 0} | facts
        self.say(wire.frame(wire.RESULT, json.dumps(usual).encode()))

    def hang_up(self) -> None:
        """The container ends."""
        self.sock.close()


@pytest.fixture
def ends() -> Iterator[tuple[Container, Supervisor]]:
    """A clean container and its supervisor."""
    ours, theirs = socket.socketpair()
    container = Container("c0ffee", ours)
    container.state = State.CLEAN
    yield container, Supervisor(theirs)
    ours.close()
    theirs.close()
