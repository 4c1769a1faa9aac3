"""Where the processes of one host put what they count, so that any one of them can tell it for all.

prometheus-client decides when it is first imported whether several processes share their counts. So whoever starts the
processes calls ``prepare`` before that, and nothing here imports it.
"""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import psutil

from coderunner_core.settings import Settings

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def prepare(service: str, settings: Settings) -> Path:
    """An empty folder for this process and its children; those of predecessors that died on this host are removed."""
    home = settings.data_dir.resolve() / "metrics"
    prefix = f"{service}-{socket.gethostname()}."
    for old in home.glob(f"{prefix}*"):
        pid = old.name.removeprefix(prefix)
        if pid.isdigit() and (int(pid) == os.getpid() or not psutil.pid_exists(int(pid))):
            shutil.rmtree(old, ignore_errors=True)
    folder = home / f"{prefix}{os.getpid()}"
    folder.mkdir(parents=True)
    os.environ[VARIABLE] = str(folder)
    return folder


def remove(folder: Path) -> None:
    """At an orderly end."""
    shutil.rmtree(folder, ignore_errors=True)
