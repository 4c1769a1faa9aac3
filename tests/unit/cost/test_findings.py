"""The discrepancies: each right value is what one gets with pencil and paper."""

from __future__ import annotations

import pytest

from coderunner_core.cost.findings_proposal import in_proposal
from coderunner_core.cost.findings_report import in_report

FINDINGS = in_report() + in_proposal()


@pytest.mark.parametrize(
    ("says", "right"),
    [
        # 3,000 x 0.0408 = 122.4 a day; 122.5 / 24 = 5.10 vCPUs
        ("5.1 vCPU-hours/day", "122.4 vCPU-hours a day (122.5 unrounded) are 5.1 vCPUs busy around the clock"),
        # 122.4 x 30 = 3,672; x 0.0083 = 30.4776; 3,675 / 153 = 24.02
        ("compute ~153 vCPU-hours", "3,672 vCPU-hours a month (3,675 unrounded), $30.48 at $0.0083"),
        ("compute ~153 vCPU-hours", "24 times too little"),
        # 153 / 30
        ("1.3 vCPU-hours/day", "even 153 / 30 is 5.1"),
        # 5.1 / 2 = 2.55; 20.4 / 2 = 10.2
        ("1x 2 vCPU runner", "5.1 vCPUs need 3 runners even if every hour were alike, and 11"),
        # 2.5 x 0.5 = 1.25; 2.5 x 3 - 1.25 = 6.25
        ("full vCPU", "uses at most 1.25 vCPU seconds and the formula adds 6.25"),
        # 10 x 2.5 + 2 x 12 and 10 x 2 + 2 x 10
        ("Example (base)", "49 s a day and not 40"),
        # 100,000 x $0.01 x 15 %
        ("100,000 active users", "it is $150"),
        # 135 / 49 = 2.755; 225 x 5 / (49 x 3) = 7.653; x 5 / 3 = 12.755
        ("10-100x", "2.8 times the base per user at base times, 7.7 times"),
        ("10-100x", "12.8 times in all"),
        # lowest 36, highest 299; with 3 runners 36 + 12 and 299 + 70; with 11 36 + 60 and 299 + 350
        ("total $120-600", "span $36-299"),
        ("total $120-600", "the mean hour they span $48-369, with the 11 of the busiest $96-649"),
        # 76 + 12 and 284 + 30, and so on
        ("base bills with one runner", "PaaS + VPS runner $88-314; VPS only $48-192; AWS Lightsail/ECS $106-339"),
        ("base bills with one runner", "Azure $106-369; GCP Cloud Run $101-344"),
        # 36 + 5 and 162 + 12
        ("two containers on one VPS", "a second such VPS it is $41-174"),
        ("adds $6-15", "AWS Lightsail/ECS $12-30, Azure $12-35, GCP Cloud Run $12-30"),
        # 6 / 1,440 = 0.00417 and 35 / 1,440 = 0.0243; x 1.225 vCPU-hours a month
        ("1 cent per user", "$0.0042-0.0243 per vCPU-hour, so 0.5 to 3.0 cents"),
        # 15 / 284 = 5.3 %, 6 / 36 = 16.7 %; 70 / 0.01020833 = 6,857 and 269 / 0.01020833 = 26,351
        ("#1 cost driver", "the runner is 5-17 %"),
        ("#1 cost driver", "($70-269) at 6,857 to 26,351 daily users"),
        # 30 x 2.5 + 5 x 12 = 135; 10 x 2.5 + 60 = 85; 135 / 85 = 1.59; 225 / 125 = 1.8
        ("drop ~3x", "135 s become 85 s, 1.6x (1.8x"),
        # 1 / (1 - 0.8) = 5; 1 / (1 - 0.72) = 3.57
        ("5-20x", "at most 5x with every read a hit (3.6x with 90 % hits)"),
        ("less than $250", "PaaS + VPS runner $284, AWS Lightsail/ECS $279, Azure $299, GCP Cloud Run $284"),
        # 10 x 2 + 2 x 5 = 30; 30 x 3 / 3,600 x 3,000 = 75; / 24 = 3.125
        ("less than 2 s", "30 s per user and day and not 49: 75 vCPU-hours a day, 3.1 vCPUs"),
        ("50 runs per user", "has 30 on average"),
        # 12 x 3,000 x 30 = 1,080,000; 1 % of it; 5,000 / 1,080,000 = 0.463 %
        ("free 5,000 errors", "that is 10,800 errors. 5,000 are 0.46 %"),
        # 2 x 720; 500 / 2 / 24 = 10.4
        ("500 h a month", "2 replicas need 1,440 hours a month and one needs 720: 500 h last 10.4 days"),
        # 57 - 25 = 32; 76 + 32
        ("Atlas M10", "rises by $32, for example PaaS + VPS runner from $76 to $108"),
        # 5 / 1,440
        ("costs $5", "$0.0035 per vCPU-hour"),
        # 0.014 x 720 = 10.08, x 2 = 20.16; 1,440 x 0.04048 + 2,880 x 0.004445 = 58.29 + 12.80 = 71.09; / 5 = 14.2
        ("Fargate", "$10.08 a vCPU; $20 (20.16) is two of them"),
        ("Fargate", "$71.09, 14x"),
    ],
)
def test_the_right_value_is_said(says: str, right: str) -> None:
    """Exactly one finding is about it."""
    (finding,) = [one for one in FINDINGS if says in one.says]
    assert right in finding.right


def test_every_finding_names_its_document_and_section() -> None:
    """So that one can look it up."""
    assert [one.where for one in FINDINGS if not one.where.startswith(("report ", "proposal "))] == []
    assert len({one.says for one in FINDINGS}) == len(FINDINGS)
