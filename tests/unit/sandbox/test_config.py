"""Settings out of the environment, and what cannot work."""

from __future__ import annotations

import pytest

from sandbox import SandboxConfig


def test_an_empty_environment_gives_the_defaults() -> None:
    """Nothing has to be set."""
    assert SandboxConfig() == SandboxConfig.from_env({})


def test_settings_are_read_from_their_variables() -> None:
    """Each has the name SANDBOX_ and its own."""
    env = {
        "SANDBOX_IMAGE": "mine",
        "SANDBOX_RUNTIME": "runsc",
        "SANDBOX_RUNS_PER_CONTAINER": "1",
        "SANDBOX_POOL_SIZE": "5",
    }
    assert SandboxConfig(image="mine", runtime="runsc", runs_per_container=1, pool_size=5) == SandboxConfig.from_env(
        env
    )


@pytest.mark.parametrize("value", ["many", "-1", "1.5", "²"])
def test_a_number_that_is_none_is_named(value: str) -> None:
    """The message says which variable."""
    with pytest.raises(ValueError, match="SANDBOX_POOL_SIZE"):
        SandboxConfig.from_env({"SANDBOX_POOL_SIZE": value})


@pytest.mark.parametrize(
    "wrong", [{"pool_size": 0}, {"runs_per_container": 0}, {"runs_per_container": 1_000_000}, {"image": ""}]
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, object]) -> None:
    """Before anything is started."""
    with pytest.raises(ValueError, match="must"):
        SandboxConfig(**wrong)  # type: ignore[arg-type]
