"""``python3 -m scripts.setup GOAL``: makes ready what the goal needs (see GOALS), and says what it did."""

from __future__ import annotations

import argparse
import fcntl
import sys
import time

from scripts.setup import (
    base_image,
    chromium,
    docker_engine,
    frontend,
    javascript,
    postgres_server,
    promtool,
    python_venv,
    redis_server,
    sandbox_image,
)
from scripts.setup.place import BUILD
from scripts.setup.step import NeedsHand, Step, perform

OLDEST_PYTHON = (3, 11)

_VENV = [Step("Python packages", python_venv.ensure)]
_IMAGE = [
    Step("Docker engine", docker_engine.ensure),
    Step("Base image", base_image.ensure),
    Step("Sandbox image", sandbox_image.ensure),
]
_SERVICES = [*_VENV, Step("Redis server", redis_server.ensure), *_IMAGE]
_RUN = [
    *_SERVICES,
    Step("Node and bun", javascript.ensure),
    Step("Pages", frontend.ensure),
]
_PROMTOOL = Step("promtool", promtool.ensure)
_TEST = [*_RUN, Step("Chromium", chromium.ensure), _PROMTOOL]
_POSTGRESQL = Step("PostgreSQL", postgres_server.ensure)
GOALS = {
    "venv": _VENV,
    "image": [*_VENV, *_IMAGE],
    "services": [*_SERVICES, _PROMTOOL],
    "run": _RUN,
    "test": _TEST,
    "postgresql-venv": [*_VENV, _POSTGRESQL],
    "postgresql-services": [*_SERVICES, _PROMTOOL, _POSTGRESQL],
    "postgresql-test": [*_TEST, _POSTGRESQL],
}


def main() -> int:
    """Set up what the goal on the command line needs; 1 when a person has to help."""
    parser = argparse.ArgumentParser(prog="python3 -m scripts.setup", description=__doc__)
    parser.add_argument("goal", choices=GOALS)
    parser.add_argument(
        "--keep-engine",
        action="store_true",
        help="leave a Docker engine that was started here to the program that follows",
    )
    arguments = parser.parse_args()
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        sys.stderr.write(f"Python {wanted} or newer is needed, this is {sys.version.split()[0]}.\n")
        sys.stderr.write("Name another one: make PYTHON=python3.11 …\n")
        return 1
    BUILD.mkdir(exist_ok=True)
    begun = time.monotonic()
    keep_engine = arguments.keep_engine
    with (BUILD / "setup.lock").open("w") as lock:
        _wait_for(lock.fileno())
        print(f"Setting up ({arguments.goal})", flush=True)
        try:
            perform(GOALS[arguments.goal])
        except NeedsHand as error:
            keep_engine = False
            sys.stderr.write(f"\nSet-up stopped: {error}\n")
            return 1
        except KeyboardInterrupt:
            keep_engine = False
            sys.stderr.write("\nSet-up interrupted; start again to go on.\n")
            return 130
        finally:
            if not keep_engine and docker_engine.started_by_us():
                print(f"  Docker engine: {docker_engine.stop_ours()}", flush=True)
    print(f"Set-up done ({time.monotonic() - begun:.1f} s)", flush=True)
    return 0


def _wait_for(lock: int) -> None:
    """Two set-ups in one checkout take turns."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Waiting for another set-up in this folder …", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)


if __name__ == "__main__":
    sys.exit(main())
