"""Our few words with the Docker engine; everything that goes wrong there becomes SandboxBroken."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import docker
import docker.errors
import docker.utils
import requests

from sandbox.errors import SandboxBroken

_TIMEOUT_S = 30


class Engine:
    """One connection pool to the engine; safe to use from several threads."""

    def __init__(self, docker_host: str = "") -> None:
        """Connects; raises SandboxBroken when nobody answers."""
        with _explained("reach the Docker engine (is it running? try `docker info`)"):
            where = {"base_url": docker_host} if docker_host else docker.utils.kwargs_from_env()
            self._client = docker.DockerClient(timeout=_TIMEOUT_S, **where)
            self._client.ping()
        self._api = self._client.api

    def create(self, name: str, body: dict[str, Any]) -> str:
        """Creates a container and returns its id."""
        with _explained(f"create a container from {body['Image']}"):
            return str(self._api.create_container_from_config(body, name)["Id"])  # type: ignore[no-untyped-call]

    def attach(self, container_id: str) -> socket.socket:
        """The container's three standard streams on one socket. Call it before ``start``: nothing may be missed."""
        with _explained("attach to a container"):
            params = {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
            wrapper = self._api.attach_socket(container_id, params=params)
        plain = getattr(wrapper, "_sock", wrapper)
        if type(plain) is not socket.socket:
            encrypted: socket.socket = plain
            return encrypted
        # The library's response and its socket hold each other until the next collection, and would close the
        # descriptor then: it is taken away from them.
        return socket.socket(fileno=plain.detach())

    def start(self, container_id: str) -> None:
        """Starts a created container."""
        with _explained("start a container"):
            self._api.start(container_id)

    def inspect(self, container_id: str) -> dict[str, Any]:
        """The engine's own description of a container."""
        with _explained("inspect a container"):
            return dict(self._api.inspect_container(container_id))

    def remove(self, container_id: str) -> None:
        """Kills and removes a container; that it is gone already is fine."""
        with _explained("remove a container"):
            try:
                self._api.remove_container(container_id, force=True, v=True)
            except docker.errors.NotFound:
                pass
            except docker.errors.APIError as error:
                if error.status_code != 409:  # "removal is already in progress"
                    raise

    def containers(self, label: str) -> list[dict[str, Any]]:
        """Every container that bears ``label``, also those that have ended."""
        with _explained("list containers"):
            return list(self._api.containers(all=True, filters={"label": label}))

    def tags(self, repository: str) -> list[str]:
        """Tags of the local images of ``repository``."""
        with _explained("list images"):
            found = [tag for image in self._api.images(repository) for tag in image.get("RepoTags") or []]
        return [tag.rpartition(":")[2] for tag in found]

    def image(self, name: str) -> dict[str, Any] | None:
        """The engine's description of a local image; None if there is none."""
        with _explained("look at an image"):
            try:
                return dict(self._api.inspect_image(name))  # type: ignore[no-untyped-call]
            except docker.errors.NotFound:
                return None

    def build(self, context: Any, tag: str, arguments: dict[str, str], labels: dict[str, str]) -> Iterator[str]:
        """Builds an image from a tar file; yields what the engine says. Raises SandboxBroken when it fails."""
        with _explained(f"build {tag}"):
            said = self._api.build(
                fileobj=context, custom_context=True, tag=tag, rm=True, forcerm=True, decode=True,
                buildargs=arguments, labels=labels, network_mode="none",
            )  # fmt: skip
            for line in said:
                if "error" in line:
                    raise SandboxBroken(f"building {tag} failed: {line['error'].strip()}")
                yield str(line.get("stream", ""))

    def rest(self) -> None:
        """Closes idle connections: the library keeps one for each of the last 25 addresses it asked for."""
        self._api.close()

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()


@contextlib.contextmanager
def _explained(doing: str) -> Iterator[None]:
    try:
        yield
    except (docker.errors.DockerException, requests.RequestException, OSError) as error:
        raise SandboxBroken(f"could not {doing}: {error}") from error
