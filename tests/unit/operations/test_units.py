"""The units and the proxy's file speak of commands, settings and addresses that there are, and give them their time."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from coderunner_app import __main__ as web
from coderunner_app import routes
from coderunner_core.settings import Settings
from worker.supervisor import STOP_WITHIN_S

DEPLOY = Path(__file__).parents[3] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def values(unit: Path, key: str) -> list[str]:
    """What a unit says of a key, in order."""
    return re.findall(rf"^{key}=(.*)$", unit.read_text(), re.MULTILINE)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_starts_what_there_is(unit: Path) -> None:
    """A module that can be run, with settings that are read."""
    modules = [found for line in values(unit, "ExecStart(?:Post)?") for found in re.findall(r"python -m (\S+)", line)]
    assert modules
    assert [name for name in modules if importlib.util.find_spec(f"{name}.__main__") is None] == []
    named = {pair.partition("=")[0].lower() for line in values(unit, "Environment") for pair in line.split()}
    assert named - set(Settings.model_fields) == set()


def test_a_service_may_finish_what_it_has() -> None:
    """Systemd kills no sooner than the service itself would give up."""
    stops_s = {unit.stem: int(values(unit, "TimeoutStopSec")[0]) for unit in UNITS}
    assert stops_s["coderunner-worker"] > STOP_WITHIN_S
    assert stops_s["coderunner-web"] > web._STOP_WITHIN_S


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_service_is_left_nothing_of_its_host(unit: Path) -> None:
    """No capability, no device, no other user's process, no folder but its own."""
    said = {key: values(unit, key) for key in ("CapabilityBoundingSet", "PrivateDevices", "ProtectSystem", "User")}
    assert said == {
        "CapabilityBoundingSet": [""],
        "PrivateDevices": ["yes"],
        "ProtectSystem": ["strict"],
        "User": ["coderunner"],
    }


def test_probes_ask_addresses_that_there_are() -> None:
    """And the proxy keeps to itself what is for operators."""
    text = (DEPLOY / "Caddyfile").read_text()
    assert re.findall(r"health_uri (\S+)", text) == [routes.HEALTH]
    assert re.findall(r"@inside path (.+)", text) == [f"{routes.METRICS} {routes.METRICS}/* {routes.HEALTH}/*"]
    waited_for = [values(unit, "ExecStartPost")[0].rpartition("}")[2] for unit in UNITS]
    assert waited_for == [routes.HEALTH_READY, "/ready"]


def test_the_proxy_logs_neither_tokens_nor_codes() -> None:
    """In both of its logs: of requests, and of what it has to say itself."""
    text = (DEPLOY / "Caddyfile").read_text()
    assert re.findall(r"request>uri regexp (.+)", text) == [r"(\?|/join/).* $1…"] * 2
