"""What an operator may choose about the sandbox; what may not be chosen is in policy.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox import policy


@dataclass(frozen=True, slots=True)
class SandboxConfig:
    """Settings of one worker process's sandbox."""

    image: str = "coderunner-sandbox"  # without a tag: this version's, or the newest older one
    runtime: str = ""  # "" is the engine's own; "runsc" is gVisor
    runs_per_container: int = 1_000  # 1: single-use. A new container costs as much CPU as some fifty starts
    pool_size: int = 3  # containers kept started
    owner: str = "sandbox"  # a word for people who look at `docker ps`
    docker_host: str = ""  # "" is DOCKER_HOST or the local socket
    label: str = "coderunner"  # marks our containers; two installations on one engine need two

    def __post_init__(self) -> None:
        """Refuses what cannot work: raises ValueError."""
        if not 1 <= self.runs_per_container <= policy.MAX_RUNS_PER_CONTAINER:
            raise ValueError(f"runs_per_container must be 1 to {policy.MAX_RUNS_PER_CONTAINER}")
        if self.pool_size < 1:
            raise ValueError("pool_size must be at least 1")
        if not self.image or not self.label:
            raise ValueError("image and label must not be empty")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> SandboxConfig:
        """The settings in SANDBOX_* variables; raises ValueError naming the variable that is no number."""
        given: dict[str, str | int] = {}
        for name in ("image", "runtime", "owner", "docker_host", "label"):
            value = env.get(f"SANDBOX_{name.upper()}", "")
            if value:
                given[name] = value
        for name in ("runs_per_container", "pool_size"):
            value = env.get(f"SANDBOX_{name.upper()}", "")
            if value:
                if not value.isascii() or not value.isdigit():
                    raise ValueError(f"SANDBOX_{name.upper()} must be a whole number, not {value!r}")
                given[name] = int(value)
        return cls(**given)  # type: ignore[arg-type]
