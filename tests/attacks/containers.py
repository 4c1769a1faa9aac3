"""The attack tests' own eyes on the container engine: what exists, and what runs in it."""

from __future__ import annotations

import time

import docker

_SETTLE_S = 15.0  # replacing a container takes a third of a second on an idle machine


class Containers:
    """The containers of one owner, in any state."""

    def __init__(self, label: str, owner: str) -> None:
        """Sees those that a sandbox of this label and owner makes."""
        self.owner = owner
        self._filters = {"label": [label, f"{label}.name={owner}"]}
        self._client = docker.from_env()

    def ids(self) -> list[str]:
        """Their ids."""
        return sorted(found["Id"] for found in self._client.api.containers(all=True, filters=self._filters))

    def wait_for(self, count: int) -> list[str]:
        """Their ids as soon as there are ``count``, or as they are after a long wait."""
        end = time.monotonic() + _SETTLE_S
        while len(found := self.ids()) != count and time.monotonic() < end:
            time.sleep(0.05)
        return found

    def the_one(self) -> str:
        """The id of the only one; raises AssertionError when there are none or more and it stays so."""
        found = self.wait_for(1)
        assert len(found) == 1, found
        return found[0]

    def processes(self, container: str, most: int) -> list[str]:
        """The command lines of what runs in one, as soon as there are at most ``most``, or after a long wait."""
        end = time.monotonic() + _SETTLE_S
        while True:
            found = [row[-1] for row in self._client.api.top(container)["Processes"]]
            if len(found) <= most or time.monotonic() > end:
                return found
            time.sleep(0.02)

    def close(self) -> None:
        """Hangs up."""
        self._client.close()
