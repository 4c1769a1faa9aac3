"""Which pages may talk to us: the platform's own, and on a development machine also by its other name."""

from __future__ import annotations

from coderunner_core.settings import Settings


def allowed_origins(settings: Settings) -> list[str]:
    """Origins that the websocket and our POST routes accept.

    Without PUBLIC_ORIGIN it is a machine of its own, which people reach as localhost or as 127.0.0.1.
    """
    origins = [settings.origin]
    if not settings.public_origin:
        origins.append(f"http://127.0.0.1:{settings.web_port}")
    return origins
