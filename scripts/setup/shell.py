"""Runs the programs that a step needs: quietly, as root where that is possible, with their last words on failure."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache

from scripts.setup.step import NeedsHand


def run(
    command: Sequence[str],
    *,
    timeout_s: float = 900,
    env: Mapping[str, str] | None = None,
    what: str = "",
) -> str:
    """Run ``command`` without input and return its standard output; ``env`` is added to ours.

    Raises NeedsHand with the last lines of its output when it fails or takes longer than ``timeout_s``.
    """
    shown = shlex.join(command)
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout_s,
            env={**os.environ, **(env or {})},
            check=False,
        )
    except FileNotFoundError as error:
        raise NeedsHand(f"{what or shown}: {command[0]} is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise NeedsHand(f"{what or shown}: no end after {timeout_s:.0f} s", shown) from error
    if done.returncode != 0:
        raise NeedsHand(f"{what or shown}: exit code {done.returncode}", shown, done.stdout + done.stderr)
    return done.stdout


@cache
def _sudo() -> tuple[str, ...] | None:
    """What to put before a command so that root runs it; None where nobody lets us."""
    if os.geteuid() == 0:
        return ()
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ("sudo", "-n")
    return None


def as_root(command: Sequence[str]) -> list[str]:
    """``command`` as root runs it. Raises NeedsHand with that command where we may not be root."""
    prefix = _sudo()
    if prefix is None:
        raise NeedsHand("this needs root, and sudo asks for a password here", "sudo " + shlex.join(command))
    return [*prefix, *command]


def apt_install(*packages: str) -> None:
    """Install Debian packages; looks for new package lists only when the ones at hand do not do."""
    by_hand = f"sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise NeedsHand(
            f"this is not Debian or Ubuntu; install what these packages hold, then start again: {' '.join(packages)}"
        )
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    keep_env = ["env", "DEBIAN_FRONTEND=noninteractive"]  # sudo drops the environment
    install = [*keep_env, "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    try:
        try:
            run(as_root(install), env=quiet)
        except NeedsHand:
            run(as_root(["apt-get", "update", "-q"]), env=quiet, timeout_s=300)
            run(as_root(install), env=quiet)
    except NeedsHand as error:
        raise NeedsHand(f"could not install {' '.join(packages)}: {error.what}", by_hand, error.details) from error
