"""The compose file, read as data: everything is watched, bounded and restarted, and nobody has more than they need."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from coderunner_core.settings import Settings
from scripts.setup.place import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LASTING = sorted(SERVICES.keys() - {"schema"})  # which ends
OURS = ["web", "worker", "schema"]
SECRETS = [name for name, field in Settings.model_fields.items() if "Secret" in str(field.annotation)]


def test_everything_that_an_installation_needs_is_there() -> None:
    """Proxy, web, workers, both stores, and what brings the schema on before they start."""
    assert set(SERVICES) == {"proxy", "web", "worker", "schema", "redis", "postgres"}


@pytest.mark.parametrize("name", LASTING)
def test_each_service_is_watched_restarted_and_bounded(name: str) -> None:
    """In health, memory and log."""
    service = SERVICES[name]
    assert (
        service["healthcheck"]["test"][0],
        service["restart"],
        bool(re.fullmatch(r"\d+[mg]", service["mem_limit"])),
        service["logging"]["driver"],
    ) == ("CMD", "unless-stopped", True, "journald")


def test_the_health_checks_are_the_documented_ones() -> None:
    """The process for the web; stores and sandboxes for the workers, on the port that they are told to open."""
    asked = [re.findall(r"http://127.0.0.1(\S*?)'", SERVICES[name]["healthcheck"]["test"][-1]) for name in OURS[:2]]
    assert (asked, SERVICES["worker"]["environment"]["METRICS_PORT"]) == ([[":8000/health"], [":9100/ready"]], "9100")


@pytest.mark.parametrize("name", list(SERVICES))
def test_nothing_is_privileged_or_shares_the_host(name: str) -> None:
    """Neither its rights nor its network nor its processes."""
    service = SERVICES[name]
    assert {"privileged", "network_mode", "pid", "ipc", "devices", "userns_mode"} & set(service) == set()
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", OURS)
def test_the_application_has_no_right_and_writes_to_its_data_only(name: str) -> None:
    """It runs as a user without capabilities, on a root that it cannot change."""
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"], service["security_opt"]) == (
        True,
        ["ALL"],
        ["no-new-privileges:true"],
    )


def test_the_engine_is_given_to_the_worker_alone() -> None:
    """Whoever has its socket is root on the host."""
    assert [name for name, service in SERVICES.items() if "docker.sock" in str(service.get("volumes"))] == ["worker"]


def test_the_stores_are_reached_from_inside_only() -> None:
    """On a network without a way out, and without a port of the host."""
    reached = {name: (SERVICES[name]["networks"], SERVICES[name].get("ports")) for name in ("redis", "postgres")}
    assert (reached, COMPOSE["networks"]["back"]) == (
        {"redis": (["back"], None), "postgres": (["back"], None)},
        {"internal": True},
    )


def test_only_the_proxy_is_reached_from_outside() -> None:
    """Neither /metrics of the web nor the workers' port is published; on the host nothing else listens."""
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"proxy": ["80:80", "443:443", "443:443/udp"]}


@pytest.mark.parametrize("name", list(SERVICES))
def test_no_secret_is_written_into_the_file(name: str) -> None:
    """Neither a setting that is one, nor an address with a password; the names of files are none."""
    environment = SERVICES[name].get("environment", {})
    given = [key for key in environment if key.lower() in [*SECRETS, "database_url", "postgres_password"]]
    with_password = [value for value in environment.values() if re.search(r"://[^/]*@", str(value))]
    assert (given, with_password) == ([], [])


def test_the_image_is_made_of_named_folders_only_and_runs_as_nobody_special() -> None:
    """What is not named in .dockerignore never reaches the engine, so that no secret of a checkout is in a layer."""
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    recipe = (ROOT / "deploy" / "Dockerfile").read_text()
    rules = [line for line in ignored if line and not line.startswith("#")]
    assert (rules[0], "!.env" in ignored, "!data" in ignored, "USER 10001:10001" in recipe) == ("*", False, False, True)
