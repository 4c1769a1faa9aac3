"""The price file: what it adds up to, and what happens when it cannot be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from coderunner_core.cost.prices import PRICES_PATH, Range, templates
from coderunner_core.errors import Misconfigured

TEMPLATES = {one.id: one for one in templates()}


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("paas-vps-runner", 76, 284),  # 20+20+6+5+25+0+0, 60+60+15+20+80+20+29
        ("vps-only", 36, 162),  # 5+6+0+25+0+0, 12+15+6+80+20+29
        ("aws", 82, 279),  # 30+12+15+25+0+0, 80+30+40+80+20+29
        ("azure", 82, 299),  # 30+12+15+25+0+0, 90+35+45+80+20+29
        ("gcp", 77, 284),  # 25+12+15+25+0+0, 80+30+45+80+20+29
        ("demo", 5, 25),  # 0+0+0+5+0+0, 0+20+0+5+0+0
    ],
)
def test_a_total_is_the_sum_of_its_parts(name: str, low: float, high: float) -> None:
    """The documents' own totals are right, here and where they are repeated."""
    template = TEMPLATES[name]
    assert template.added_up() == Range(low=low, high=high)
    assert template.wrong_totals() == []


@pytest.mark.parametrize(
    ("name", "runners", "low", "high"),
    [
        ("paas-vps-runner", 3, 88, 314),  # 76 + 2x6, 284 + 2x15
        ("azure", 3, 106, 369),  # 82 + 2x12, 299 + 2x35
        ("vps-only", 11, 96, 312),  # 36 + 10x6, 162 + 10x15
        ("gcp", 1, 77, 284),
    ],
)
def test_each_further_runner_costs_another_one(name: str, runners: int, low: float, high: float) -> None:
    """Everything else stays."""
    assert TEMPLATES[name].added_up(runners) == Range(low=low, high=high)


def test_a_wrong_total_is_said_with_the_right_one() -> None:
    """76-284 printed as 76-248, once in the table and right in the summary."""
    wrong = TEMPLATES["paas-vps-runner"].model_copy(update={"total": Range(low=76, high=248)})
    assert wrong.wrong_totals() == ["report 6.1, PaaS + VPS runner: 76-248 should be 76-284"]


@pytest.mark.parametrize(
    ("name", "low", "high"), [("demo-render", 7, 30), ("demo-fly", 10, 35), ("demo-digitalocean", 15, 40)]
)
def test_a_total_without_parts_is_taken_as_it_is(name: str, low: float, high: float) -> None:
    """The proposal's section 17 gives no parts."""
    assert TEMPLATES[name].total == Range(low=low, high=high)
    assert TEMPLATES[name].wrong_totals() == []


def test_a_swap_takes_the_place_of_the_part_with_its_role() -> None:
    """Of 5-25 the runner is $5 and the API 0-20; the others are free, or, like a CDN, not there at all."""
    demo = TEMPLATES["demo"]
    totals = {swap.component: demo.with_swap(swap) for swap in demo.swaps}
    assert totals == {
        "Runner on Railway": Range(low=20, high=40),  # 5 - 5 + 20, 25 - 5 + 20
        "AWS ECS Fargate runner": Range(low=20, high=40),
        "self-hosted database": Range(low=10, high=30),  # + 5
        "Railway Redis": Range(low=10, high=30),
        "MongoDB Atlas M10": Range(low=62, high=82),  # + 57
        "Redis Cluster (or more)": Range(low=35, high=55),  # + 30
        "Cloudflare Pro": Range(low=25, high=45),  # + 20
        "large API instance (or more)": Range(low=55, high=55),  # 5 - 0 + 50, 25 - 20 + 50
    }


def test_every_price_has_a_currency_a_date_and_a_source() -> None:
    """Written once at the top, unless a line has its own."""
    part = TEMPLATES["aws"].parts[0]
    assert (part.currency, part.date.isoformat(), part.source) == ("USD", "2026-11-22", "report 7.1")
    assert TEMPLATES["demo"].swaps[0].source == "proposal 16.5"


def test_an_operator_adds_a_template_of_their_own(tmp_path: Path) -> None:
    """It needs no total: 7 + 3 = 10, and 24 with three runners (3 + 3 x 7)."""
    path = tmp_path / "prices.toml"
    path.write_text(
        """
        [[template]]
        id = "ours"
        name = "What we pay"
        load = "own"
        currency = "EUR"
        date = 2026-12-01
        source = "invoices"
        parts = [
            { role = "runner", component = "server", low = 7, high = 7 },
            { role = "web", component = "other server", low = 3, high = 3 },
        ]
        """,
        encoding="utf-8",
    )
    (ours,) = templates(path)
    assert (ours.added_up(), ours.added_up(3)) == (Range(low=10, high=10), Range(low=24, high=24))
    assert ours.scales
    assert ours.wrong_totals() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('role = "web"', 'role = "www"', "role"),
        ("low = 20, high = 60", "low = 60, high = 20", "low is more than high"),
        ("low = 20, high = 60", "low = -20, high = 60", "greater than or equal to 0"),
        ("low = 20, high = 60", 'low = 20, high = 60, currency = "EUR"', "another currency"),
        ("low = 20, high = 60", "low = 20, high = 60, colour = 1", "colour"),
        ('source = "report 6.1"', "", "source"),
        ("total = { low = 7, high = 30 }", "", "neither parts nor a total"),
        ("\n[[template]]", "\n[[template", "Expected"),
    ],
)
def test_a_price_file_that_cannot_be_right_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    """The message names the file and the field."""
    path = tmp_path / "prices.toml"
    path.write_text(PRICES_PATH.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Misconfigured, match=rf"prices\.toml:.*{said}"):
        templates(path)
