"""Which image a sandbox runs on: this version's, or with a loud warning the newest older one."""

from __future__ import annotations

import logging
from pathlib import Path

from sandbox.engine import Engine
from sandbox.errors import SandboxBroken

VERSION = (Path(__file__).parent / "image" / "VERSION").read_text().strip()
_log = logging.getLogger(__name__)


def resolve(engine: Engine, image: str) -> str:
    """The full name of an image that is there; raises SandboxBroken with the command that makes one."""
    if ":" in image.rpartition("/")[2]:
        if engine.image(image) is None:
            raise SandboxBroken(f"the image {image} is not on this machine")
        return image
    tags = engine.tags(image)
    tag = choose(tags, VERSION)
    if tag is None:
        raise SandboxBroken(f"the image {image}:{VERSION} is not on this machine: run `make sandbox-image`")
    if tag != VERSION:
        _log.warning(
            "SANDBOX IMAGE IS OLD: %s:%s is missing, %s:%s is used instead; run `make sandbox-image`",
            image, VERSION, image, tag,
        )  # fmt: skip
    return f"{image}:{tag}"


def choose(tags: list[str], version: str) -> str | None:
    """``version`` if it is among the tags, else the newest that is older; tags that are no versions do not count."""
    wanted = _parts(version)
    older = [tag for tag in tags if _parts(tag) and _parts(tag) <= wanted]
    return max(older, key=_parts, default=None)


def _parts(version: str) -> tuple[int, ...]:
    numbers = version.split(".")
    return tuple(map(int, numbers)) if all(n.isascii() and n.isdigit() for n in numbers) else ()
