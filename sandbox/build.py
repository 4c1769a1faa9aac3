"""Builds the sandbox image from sandbox/image; at once when that has been done already from the same content."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

from sandbox.config import SandboxConfig
from sandbox.engine import Engine
from sandbox.images import VERSION

DEFAULT_BASE = "python:3.11-slim"
LOCAL_BASE = "python-base:bookworm"  # what scripts make from Debian's packages where no registry answers
_FOLDER = Path(__file__).parent / "image"
_LABEL = "coderunner.sandbox.content"


def build(config: SandboxConfig, base: str = "", say: Callable[[str], None] = print) -> str:
    """Makes sure that the image of this version exists and returns its name. Raises SandboxBroken."""
    engine = Engine(config.docker_host)
    try:
        base = base or _available_base(engine)
        tag = f"{config.image.partition(':')[0]}:{VERSION}"
        found = engine.image(base)
        content = _content_hash(str(found["Id"]) if found else base)
        there = engine.image(tag)
        if there is not None and (there["Config"].get("Labels") or {}).get(_LABEL) == content:
            say(f"{tag} is up to date")
            return tag
        say(f"building {tag} from {base}")
        for line in engine.build(_context(), tag, {"BASE": base}, {_LABEL: content}):
            if line.startswith("Step "):
                say(line.rstrip())
        say(f"built {tag}")
        return tag
    finally:
        engine.close()


def _available_base(engine: Engine) -> str:
    if engine.image(DEFAULT_BASE) is None and engine.image(LOCAL_BASE) is not None:
        return LOCAL_BASE
    return DEFAULT_BASE


def _files() -> list[Path]:
    return sorted([_FOLDER / "Dockerfile", _FOLDER / "start.py", *(_FOLDER / "box").glob("*.py")])


def _content_hash(base_id: str) -> str:
    digest = hashlib.sha256(base_id.encode())
    for path in _files():
        digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _context() -> io.BytesIO:
    """The files as a tar in memory, the same bytes for the same content."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for path in _files():
            info = tarfile.TarInfo(str(path.relative_to(_FOLDER)))
            info.size, info.mode = path.stat().st_size, 0o644
            with path.open("rb") as file:
                tar.addfile(info, file)
    buffer.seek(0)
    return buffer
