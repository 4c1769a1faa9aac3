"""``python -m coderunner_app``: become the web server, in the form that production uses."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import NoReturn

from coderunner_app.http.pages import BUILD, NotBuilt, require_build
from coderunner_core import metrics_folder, migrations
from coderunner_core.errors import CodeRunnerError
from coderunner_core.settings import Settings, load_settings

# What Reflex and the websocket beneath it read from the environment.
_FIXED = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",  # the pages were built before
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    # A page that went away without a word is noticed within 20 s, so that coming back does not meet its own ghost.
    "REFLEX_SOCKET_INTERVAL": "10s",
    "REFLEX_SOCKET_TIMEOUT": "10s",
}
_STOP_WITHIN_S = 15  # above what running handlers are given
ROOT = Path(__file__).parent.parent


def main() -> int:
    """Serve, or say what is missing."""
    try:
        settings = load_settings()
        asyncio.run(migrations.require_at_start(settings))
        require_build(BUILD)
    except (CodeRunnerError, NotBuilt) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    else:
        become_server(settings)


def become_server(settings: Settings) -> NoReturn:
    """Replace this process by the server."""
    metrics_folder.prepare("web", settings)  # before the change of folder, which DATA_DIR may be relative to
    os.chdir(ROOT)
    # A program and an input of the largest size, each byte escaped, and the frame around them.
    frame_bytes = 8 * (settings.source_limit_bytes + settings.input_limit_bytes) + 64 * 1024
    os.environ.update(_FIXED, REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE=str(max(1_000_000, frame_bytes)))
    command = [
        *(sys.executable, "-m", "granian", "coderunner_app.asgi:create", "--factory"),
        *("--interface", "asgi", "--loop", "uvloop"),
        *("--host", settings.web_host, "--port", str(settings.web_port)),
        *("--workers", str(settings.web_workers), "--respawn-failed-workers"),
        *("--workers-kill-timeout", str(_STOP_WITHIN_S)),
        *("--log-level", "warning", "--log-config", str(ROOT / "coderunner_app" / "granian_log.json")),
    ]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - no shell, and the arguments are ours


if __name__ == "__main__":
    sys.exit(main())
