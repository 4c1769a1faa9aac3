"""Whose pages may open the websocket: our own, whoever is signed in there."""

from __future__ import annotations

import httpx
import pytest

from coderunner_app.coderunner_app import app
from coderunner_app.origins import allowed_origins
from coderunner_core.settings import Settings

OURS = allowed_origins(Settings())
HANDSHAKE = "/_event/?EIO=4&transport=websocket&token=page"
REFUSED = "is not an accepted origin"


@pytest.mark.parametrize(
    ("origin", "refused"),
    [
        *((one, False) for one in OURS),
        ("https://evil.example", True),
        ("null", True),
        ("http://localhost", True),
        ("http://localhost:1", True),
        (OURS[0].replace("http:", "https:"), True),
        (OURS[0] + ".evil.example", True),
        (OURS[0].replace("localhost", "localhost@evil.example"), True),
        (OURS[0].upper(), True),
    ],
)
async def test_the_websocket_is_refused_to_pages_of_others(origin: str, refused: bool) -> None:
    """By its handshake, before anything of a session is read."""
    events = app.sio_app if hasattr(app, "sio_app") else app._api
    async with httpx.AsyncClient(transport=httpx.ASGITransport(events), base_url=OURS[0]) as client:  # type: ignore[arg-type]
        answer = await client.get(HANDSHAKE, headers={"origin": origin})
    assert (REFUSED in answer.text) == refused
