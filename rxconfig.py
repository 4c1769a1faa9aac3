"""How Reflex compiles the pages and serves their events; what an operator may set comes from the settings."""

from __future__ import annotations

import reflex as rx
from reflex.plugins import SitemapPlugin

from coderunner_app.origins import allowed_origins
from coderunner_core.settings import Settings

_settings = Settings()

config = rx.Config(
    app_name="coderunner_app",
    # Written into the pages at build time; scripts/portable_frontend.py then makes them follow their own address.
    api_url="http://localhost:8000",
    cors_allowed_origins=allowed_origins(_settings),  # of the websocket, too
    trusted_proxy_hops=_settings.trusted_proxy_hops,
    transport="websocket",
    # A page's state is rebuilt from the stores whenever it connects (on_load), so nothing is lost with it. Kept in
    # this process it costs neither a lock in Redis nor pickling for each event, and pages open while Redis is away.
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
    redis_token_expiration=2 * 3600,  # seconds that the state of an untouched page is kept, in memory also
    telemetry_enabled=False,
    show_built_with_reflex=False,
    disable_plugins=[SitemapPlugin],
)
