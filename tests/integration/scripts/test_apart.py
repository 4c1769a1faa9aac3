"""What a test run leaves behind is found and removed, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.test_run import apart


def sleeper(env: dict[str, str]) -> subprocess.Popen[bytes]:
    """A process in a session of its own, as a forgotten server would be."""
    process = subprocess.Popen(["sleep", "600"], env=env, start_new_session=True)
    deadline = time.monotonic() + 10
    # Popen returns while the kernel still sets up the new program: for a moment it has neither line nor variables.
    while not Path(f"/proc/{process.pid}/environ").read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.001)
    return process


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process of somebody else's run."""
    process = sleeper({**os.environ, "CODERUNNER_TEST_RUN": "test-ffffffff"})
    yield process
    process.kill()
    process.wait()


def test_a_forgotten_process_is_found_and_ended(
    tmp_path: Path, stranger: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever started it, and however far it went from us; a stranger is left alone."""
    monkeypatch.setattr(apart, "_GRACE_S", 0.0)
    run = apart.new_run()
    forgotten = sleeper(apart.environment(run, tmp_path))
    try:
        assert apart.left_behind(run) == [f"process {forgotten.pid}: sleep 600"]
        apart.remove(run)
        assert forgotten.wait(10) == -9
        assert apart.left_behind(run) == []
        assert stranger.poll() is None
    finally:
        forgotten.kill()
        forgotten.wait()
