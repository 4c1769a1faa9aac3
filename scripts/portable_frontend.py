"""Makes a front-end build independent of its address: one build serves any host and port.

Reflex writes the backend's address (``http://localhost:8000``) into the pages at build time. The web process serves
pages and events from one origin, so wherever the pages came from is also where the events go: each of those literals
becomes an expression of ``location.origin``, which the browser knows.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

BUILT_FOR = "localhost:8000"  # api_url in rxconfig.py
_LITERAL = re.compile(
    r"(?P<quote>[\"'`])(?P<scheme>https?|wss?)://" + re.escape(BUILT_FOR) + r"(?P<path>(?:[/?#][^\"'`$\\]*)?)(?P=quote)"
)


class NothingToReplace(Exception):
    """The build does not hold the address where it was expected, so the pages would call a wrong one."""


def rewrite(script: str) -> tuple[str, int]:
    """The script with every literal of the built-in address replaced, and how many there were."""
    return _LITERAL.subn(_expression, script)


def make_portable(build: Path) -> int:
    """Rewrite all scripts of a build and their compressed copies; returns how many addresses were replaced.

    Raises NothingToReplace when there were none, or when an address is left in a form that is not known here.
    """
    replaced = 0
    for script in sorted(build.rglob("*.js")):
        text = script.read_text(encoding="utf-8")
        new, count = rewrite(text)
        if count:
            script.write_text(new, encoding="utf-8")
            _refresh_compressed(script)
            replaced += count
    left = [f for f in sorted(build.rglob("*")) if f.suffix in {".js", ".html"} and BUILT_FOR in f.read_text("utf-8")]
    if left:
        raise NothingToReplace(f"{left[0]} still holds {BUILT_FOR} in a form that {Path(__file__).name} does not know")
    if not replaced:
        raise NothingToReplace(f"no script under {build} holds the address {BUILT_FOR}: does rxconfig.py set api_url?")
    return replaced


def _expression(literal: re.Match[str]) -> str:
    path = literal["path"]
    if literal["scheme"].startswith("ws"):
        return f'(location.origin.replace(/^http/,"ws")+"{path}")'
    return f'(location.origin+"{path}")'


def _refresh_compressed(script: Path) -> None:
    """The server prefers ``x.js.gz`` to ``x.js``: both say the same. Other encodings are left out rather than stale."""
    packed = script.with_name(script.name + ".gz")
    if packed.exists():
        packed.write_bytes(gzip.compress(script.read_bytes(), mtime=0))
    for suffix in (".br", ".zst"):
        script.with_name(script.name + suffix).unlink(missing_ok=True)


if __name__ == "__main__":
    print(f"{make_portable(Path(sys.argv[1]))} addresses made portable")
