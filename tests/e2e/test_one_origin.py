"""What the web process answers, seen from outside of a browser: headers, origins, paths."""

from __future__ import annotations

from http.client import HTTPConnection

import httpx
import pytest

from tests.instance import Instance


def test_pages_carry_a_strict_policy(instance: Instance) -> None:
    """No inline script but those of the build, nothing from elsewhere, no framing."""
    for path in ("/", "/sign-in", "/curriculum", "/problem/countdown", "/no/such/page"):
        headers = httpx.get(instance.origin + path).headers
        policy = headers["content-security-policy"]
        scripts = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
        assert "unsafe" not in scripts
        assert "'sha256-" in scripts
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http:" not in policy
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")


def test_assets_are_kept_for_ever_and_pages_are_not(instance: Instance) -> None:
    """What is named by its content may be cached for a year, compressed where the build has it so."""
    page = httpx.get(instance.origin + "/")
    assert page.headers["cache-control"] == "no-cache"
    script = page.text.split('rel="modulepreload" href="')[1].split('"')[0]
    answer = httpx.get(instance.origin + script, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    again = httpx.get(instance.origin + "/", headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/%2e%2e/%2e%2e/pyproject.toml", "/assets/../../rxconfig.py"])
def test_nothing_outside_of_the_build_is_served(instance: Instance, path: str) -> None:
    """However the path is written."""
    with httpx.Client() as client:
        request = client.build_request("GET", instance.origin)
        request.url = request.url.copy_with(raw_path=path.encode())
        assert client.send(request).status_code == 404


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
@pytest.mark.parametrize("path", ["/auth/sign-in", "/auth/register", "/auth/sign-out"])
def test_forms_from_other_sites_are_refused(instance: Instance, path: str, origin: str) -> None:
    """A page elsewhere cannot sign anybody in or out."""
    headers = {"Origin": origin} if origin else {}
    answer = httpx.post(instance.origin + path, data={"name": "ada", "password": "count to ten"}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_websocket_accepts_our_own_pages_only(instance: Instance) -> None:
    """Another site's page cannot talk to the platform as whoever is signed in."""
    answers = {}
    for origin in (instance.origin, "https://evil.example"):
        connection = HTTPConnection("localhost", int(instance.settings["WEB_PORT"]), timeout=5)
        handshake = {
            "Origin": origin,
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
        connection.request("GET", "/_event/?EIO=4&transport=websocket", headers=handshake)
        answers[origin] = connection.getresponse().status
        connection.close()
    assert answers == {instance.origin: 101, "https://evil.example": 403}


def test_health_tells_what_is_there(instance: Instance) -> None:
    """For a load balancer and for an operator."""
    for path in ("/health", "/health/redis", "/health/ready"):
        answer = httpx.get(instance.origin + path)
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_every_answer_has_an_id_and_no_log_has_a_secret(instance: Instance) -> None:
    """An id that was given is kept; tokens in the websocket's address and passwords are not logged."""
    assert httpx.get(instance.origin + "/health", headers={"X-Request-ID": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert len(httpx.get(instance.origin + "/", headers={"X-Request-ID": "a b<"}).headers["x-request-id"]) == 32
    log = instance.log_of("web")
    assert "token=" not in log
    assert "count to ten" not in log
