"""The pages, compiled for production: built again only when something that they are made of has changed."""

from __future__ import annotations

import json

from scripts import portable_frontend
from scripts.setup import stamps
from scripts.setup.javascript import search_path
from scripts.setup.place import BUILD, PYTHON, ROOT, VENV
from scripts.setup.shell import run
from scripts.setup.step import NeedsHand

CLIENT = ROOT / ".web" / "build" / "client"
_LOCK = ROOT / "reflex.lock" / "package.json"
_STAMP = BUILD / "stamps" / "frontend"
_SOURCES = ["coderunner_app", "coderunner_core", "assets", "rxconfig.py", "reflex.lock", "requirements.txt"]
_QUIET = {
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    "REFLEX_HTTP_CLIENT_BIND_ADDRESS": "0.0.0.0",  # noqa: S104 - an outgoing address: no probe for IPv6
}


def ensure() -> str:
    """Export the front end and make it independent of the address that it is served from."""
    if stamps.is_current(_STAMP, _mark()) and (CLIENT / "index.html").is_file():
        return "up to date"
    _STAMP.unlink(missing_ok=True)
    lock = _LOCK.read_bytes() if _LOCK.is_file() else b""
    registry = run([str(VENV / "bin" / "npm"), "config", "get", "registry"], env=search_path()).strip()
    run(
        [str(PYTHON), "-m", "reflex", "export", "--frontend-only", "--no-zip", "--env", "prod"],
        env={**search_path(), **_QUIET, "NPM_CONFIG_REGISTRY": registry},
        what="building the pages",
    )
    _keep_form(lock)
    try:
        portable_frontend.make_portable(CLIENT)
    except portable_frontend.NothingToReplace as error:
        raise NeedsHand(str(error)) from error
    stamps.write(_STAMP, _mark())
    return "built"


def _mark() -> str:
    return stamps.fingerprint([*(ROOT / name for name in _SOURCES), ROOT / "scripts" / "portable_frontend.py"])


def _keep_form(lock: bytes) -> None:
    """Reflex writes the lock on one line or on many, by chance of what was installed; only a new content is news."""
    if lock and json.loads(lock) == json.loads(_LOCK.read_bytes()):
        _LOCK.write_bytes(lock)
