"""The commands: run, build, selftest, sweep."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox import SandboxConfig, selftest
from sandbox.build import build


def _sandbox(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sandbox", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)


def test_run_prints_what_happened_as_json(config: SandboxConfig, tmp_path: Path) -> None:
    """With input from a file; bytes that are not UTF-8 are replaced."""
    (tmp_path / "main.py").write_text("import sys\nprint(input())\nsys.stdout.buffer.write(b'\\xff')\nsys.exit(3)")
    (tmp_path / "in.txt").write_text("ada\n")
    done = _sandbox("run", str(tmp_path / "main.py"), "--stdin", str(tmp_path / "in.txt"), "--json")
    said = json.loads(done.stdout)
    assert done.returncode == 0
    assert (said["outcome"], said["stdout"], said["stderr"], said["exit_code"]) == ("runtime_error", "ada\n�", "", 3)
    assert {"cpu_ms", "wall_ms", "memory_kib", "truncated"} <= said.keys()


def test_run_takes_seconds(config: SandboxConfig, tmp_path: Path) -> None:
    """For CPU and for waiting."""
    (tmp_path / "main.py").write_text("import time; time.sleep(20)")
    said = json.loads(_sandbox("run", str(tmp_path / "main.py"), "--seconds", "0.5", "--json").stdout)
    assert (said["outcome"], said["exit_code"]) == ("time_limit", None)


def test_a_source_that_is_not_utf_8_is_a_compile_error(config: SandboxConfig, tmp_path: Path) -> None:
    """As Python would say."""
    (tmp_path / "main.py").write_bytes(b"x = '\xff'\n")
    assert json.loads(_sandbox("run", str(tmp_path / "main.py"), "--json").stdout)["outcome"] == "compile_error"


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    """On one line, without a traceback."""
    done = _sandbox("run", str(tmp_path / "absent.py"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "absent.py" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_selftest_finds_nothing_here(config: SandboxConfig) -> None:
    """This host holds programs in."""
    assert selftest.check(config) == []


def test_the_selftest_names_what_is_missing(config: SandboxConfig, tmp_path: Path) -> None:
    """And the command that mends it."""
    engine = selftest.check(replace(config, docker_host=f"unix://{tmp_path}/absent.sock"))
    image = selftest.check(replace(config, image="coderunner-test-absent"))
    assert ["Docker engine" in str(engine[0]), "make sandbox-image" in str(image[0])] == [True, True]


def test_the_selftest_says_what_does_not_hold(config: SandboxConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a host, or with a policy, that lets programs do too much."""
    monkeypatch.setattr("sandbox.policy.SECCOMP_PROFILE", _everything_allowed(Path(os.devnull)))
    monkeypatch.setattr("sandbox.policy.PIDS", 20)
    assert any("network" in str(finding) for finding in selftest.check(config))


class _everything_allowed(type(Path())):  # type: ignore[misc]
    """A seccomp profile that refuses nothing."""

    def read_text(self, *_args: object, **_options: object) -> str:
        return '{"defaultAction": "SCMP_ACT_ALLOW"}'


def test_sweep_says_how_many_it_removed(config: SandboxConfig) -> None:
    """None, most of the time."""
    done = _sandbox("sweep", SANDBOX_LABEL=f"coderunner-test-sweep-{os.getpid()}")
    assert (done.returncode, done.stdout) == (0, "0 containers removed\n")


def test_a_second_build_has_nothing_to_do(config: SandboxConfig) -> None:
    """The image carries a hash of what it was made from."""
    said: list[str] = []
    build(config, say=said.append)
    assert [line.endswith("is up to date") for line in said] == [True]
