"""The pages, compiled for production: built again only when something that they are made of has changed."""

from __future__ import annotations

from scripts import portable_frontend
from scripts.setup import stamps
from scripts.setup.javascript import search_path
from scripts.setup.place import BUILD, PYTHON, ROOT, VENV
from scripts.setup.shell import run
from scripts.setup.step import NeedsHand

CLIENT = ROOT / ".web" / "build" / "client"
_STAMP = BUILD / "stamps" / "frontend"
_SOURCES = ["coderunner_app", "coderunner_core", "assets", "rxconfig.py", "reflex.lock", "requirements.txt"]
_QUIET = {
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    "REFLEX_HTTP_CLIENT_BIND_ADDRESS": "0.0.0.0",  # noqa: S104 - an outgoing address: no probe for IPv6
}


def ensure() -> str:
    """Export the front end and make it independent of the address that it is served from."""
    mark = stamps.fingerprint([*(ROOT / name for name in _SOURCES), ROOT / "scripts" / "portable_frontend.py"])
    if stamps.is_current(_STAMP, mark) and (CLIENT / "index.html").is_file():
        return "up to date"
    _STAMP.unlink(missing_ok=True)
    registry = run([str(VENV / "bin" / "npm"), "config", "get", "registry"], env=search_path()).strip()
    run(
        [str(PYTHON), "-m", "reflex", "export", "--frontend-only", "--no-zip", "--env", "prod"],
        env={**search_path(), **_QUIET, "NPM_CONFIG_REGISTRY": registry},
        what="building the pages",
    )
    try:
        portable_frontend.make_portable(CLIENT)
    except portable_frontend.NothingToReplace as error:
        raise NeedsHand(str(error)) from error
    stamps.write(
        _STAMP, stamps.fingerprint([*(ROOT / name for name in _SOURCES), ROOT / "scripts" / "portable_frontend.py"])
    )
    return "built"
