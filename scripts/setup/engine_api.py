"""The few words of the Docker engine's HTTP API that set-up needs, before any package is installed."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from scripts.setup.place import setting
from scripts.setup.step import NeedsHand

DEFAULT_HOST = "unix:///var/run/docker.sock"


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout_s: float) -> None:
        super().__init__("localhost", timeout=timeout_s)
        self._path = path

    def connect(self) -> None:
        """Open the engine's socket in place of a TCP connection."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def host() -> str:
    """The address of the engine that the settings name."""
    return setting("DOCKER_HOST", DEFAULT_HOST)


def answers() -> bool:
    """Whether an engine answers. PermissionError passes through: one is there, but not for us."""
    try:
        return _request("GET", "/_ping", timeout_s=5)[0] == http.client.OK
    except PermissionError:
        raise
    except (OSError, http.client.HTTPException):
        return False


def version() -> str:
    """The engine's version, for a person."""
    return str(json.loads(_request("GET", "/version", timeout_s=10)[1])["Version"])


def image_id(name: str) -> str:
    """The id of a local image; empty when there is none of that name."""
    status, body = _request("GET", f"/images/{quote(name)}/json", timeout_s=30)
    return str(json.loads(body)["Id"]) if status == http.client.OK else ""


def running_containers() -> int:
    """How many containers run, anybody's."""
    return len(json.loads(_request("GET", "/containers/json", timeout_s=30)[1]))


def all_containers() -> list[dict[str, Any]]:
    """All containers as the engine describes them, ended ones too."""
    return list(json.loads(_request("GET", "/containers/json?all=1", timeout_s=30)[1]))


def remove_container(container_id: str) -> None:
    """Remove a container, whatever its state."""
    _request("DELETE", f"/containers/{quote(container_id)}?force=1", timeout_s=60)


def pull(image: str, tag: str, *, timeout_s: float) -> None:
    """Fetch an image. Raises NeedsHand when no registry gives it within ``timeout_s`` between two of its answers."""
    _create_image(f"fromImage={quote(image)}&tag={quote(tag)}", (), timeout_s)


def import_image(archive: Iterable[bytes], repository: str, tag: str) -> None:
    """Make an image of one layer from a tar archive of a root file system."""
    _create_image(f"fromSrc=-&repo={quote(repository)}&tag={quote(tag)}", archive, timeout_s=600)


def _create_image(query: str, body: Iterable[bytes], timeout_s: float) -> None:
    try:
        status, answer = _request("POST", f"/images/create?{query}", body, timeout_s=timeout_s)
    except (OSError, http.client.HTTPException) as error:
        raise NeedsHand(f"the Docker engine gave no image: {error}") from error
    # The engine answers 200 at once and reports what goes wrong later as a line of its progress.
    if status != http.client.OK or b'"error"' in answer:
        raise NeedsHand("the Docker engine gave no image", details=answer.decode(errors="replace"))


def _request(method: str, path: str, body: Iterable[bytes] = (), *, timeout_s: float) -> tuple[int, bytes]:
    parts = urlsplit(host())
    connection: http.client.HTTPConnection
    if parts.scheme == "unix":
        connection = _UnixConnection(parts.path, timeout_s)
    elif parts.scheme in ("tcp", "http"):
        connection = http.client.HTTPConnection(parts.hostname or "localhost", parts.port or 2375, timeout=timeout_s)
    else:
        raise NeedsHand(f"DOCKER_HOST={host()}: set-up knows unix:// and tcp:// addresses")
    try:
        connection.request(method, path, body=body or None, encode_chunked=bool(body), headers=_headers(body))
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _headers(body: Iterable[bytes]) -> dict[str, str]:
    return {"Content-Type": "application/x-tar", "Transfer-Encoding": "chunked"} if body else {}
