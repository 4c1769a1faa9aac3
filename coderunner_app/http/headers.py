"""The headers that tell browsers what our pages may do: as little as possible, and nothing with any other origin."""

from __future__ import annotations

import base64
import hashlib
import re

_INLINE_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def content_security_policy(html: str, origins: list[str]) -> str:
    """The policy for one built page: its own inline scripts by their hashes, and no other inline script.

    The libraries that style the pages and the editor add style elements as they go, so styles may be inline.
    """
    hashes = [f"'sha256-{_digest(text)}'" for text in _inline_scripts(html)]
    sockets = [origin.replace("http", "ws", 1) for origin in origins]
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *dict.fromkeys(hashes)],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'", *sockets],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(" ".join([name, *values]) for name, values in rules.items())


def _inline_scripts(html: str) -> list[str]:
    return [found["text"] for found in _INLINE_SCRIPT.finditer(html) if "src=" not in found["attributes"]]


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
