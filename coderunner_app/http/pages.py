"""Serves the built pages from memory: no path of a request ever touches the file system."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from coderunner_app import routes
from coderunner_app.http.headers import content_security_policy

BUILD = Path(__file__).parents[2] / ".web" / "build" / "client"

_FALLBACK = "__spa-fallback.html"  # for addresses with a parameter in them, which the browser resolves
_MISSING = "404.html"
_YEAR_S = 31_536_000
_PARAMETRIC = re.compile("|".join(re.sub(r"\[\w+\]", "[^/]+", route) for route in routes.PARAMETRIC))
_TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".webmanifest": "application/json"}


class NotBuilt(Exception):
    """There are no pages to serve."""


def require_build(build: Path) -> None:
    """Raises NotBuilt when there is no build in the folder."""
    if not (build / "index.html").is_file():
        raise NotBuilt(f"There are no built pages in {build}. Build them with: make setup")


@dataclass(frozen=True)
class File:
    """One file of the build, as it is sent."""

    body: bytes
    packed: bytes | None  # gzip, where the build made one
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, request: Request, status: int = 200) -> Response:
        """The file, or a remark that the browser's copy is still good."""
        headers = dict(self.headers)
        if self.packed is not None:
            headers["Vary"] = "Accept-Encoding"
        if status == 200 and request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        body = self.body
        if self.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = self.packed, "gzip"
        if request.method == "HEAD":
            return Response(None, status, {**headers, "Content-Length": str(len(body))})
        return Response(body, status, headers)


class Pages:
    """An ASGI app for everything that the front-end build holds. Raises NotBuilt when there is no build."""

    def __init__(self, build: Path, origins: list[str]) -> None:
        require_build(build)
        self._files = _read(build, origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        await self._answer(request)(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return Response("Method not allowed\n", 405, {"Allow": "GET, HEAD"}, "text/plain")
        path = request.url.path.strip("/")
        for name in (path, f"{path}.html", f"{path}/index.html".lstrip("/")):
            if name in self._files and name not in (_FALLBACK, _MISSING):
                return self._files[name].answer(request)
        if _PARAMETRIC.fullmatch(f"/{path}"):
            return self._files[_FALLBACK].answer(request)
        if "." in path.rsplit("/", 1)[-1]:  # somebody asks for a file, not for a page
            return Response("Not found\n", 404, media_type="text/plain")
        return self._files[_MISSING].answer(request, 404)


def _read(build: Path, origins: list[str]) -> dict[str, File]:
    files = {}
    for path in sorted(build.rglob("*")):
        if not path.is_file() or path.suffix in (".gz", ".br", ".zst"):
            continue
        name = path.relative_to(build).as_posix()
        packed = path.with_name(path.name + ".gz")
        body = path.read_bytes()
        files[name] = File(body, packed.read_bytes() if packed.is_file() else None, _headers(name, body, origins))
    return files


def _headers(name: str, body: bytes, origins: list[str]) -> dict[str, str]:
    suffix = Path(name).suffix
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {
        "Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") or suffix == ".json" else kind,
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        # What the build names by its content never changes; everything else is asked for again.
        "Cache-Control": f"public, max-age={_YEAR_S}, immutable" if name.startswith("assets/") else "no-cache",
    }
    if suffix == ".html":
        headers["Content-Security-Policy"] = content_security_policy(body.decode(), origins)
    return headers


def reserved(path: str) -> bool:
    """Whether a path belongs to Reflex's own endpoints."""
    return any(path == one or path.startswith(f"{one}/") for one in routes.REFLEX)
