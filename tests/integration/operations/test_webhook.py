"""The notifier tells what is due, again while nobody hears it, and nothing twice; also across leaders and outages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.core import Core
from coderunner_core.errors import Misconfigured
from coderunner_core.models import Role, Run, utc_now
from coderunner_core.operations import probes
from coderunner_core.operations.webhook import FIRST_PAUSE_S, Notifier
from coderunner_core.services.people import accounts
from coderunner_core.settings import load_settings
from tests.fake_control import FakeControl
from tests.fakes import FakeClock, open_fake_core
from tests.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
async def core(tmp_path: Path, receiver: Receiver) -> AsyncIterator[Core]:
    async with open_fake_core(tmp_path, alert_webhook_url=receiver.url) as opened:
        yield opened


async def fail_a_run(core: Core) -> None:
    """From now on, every run of the last five minutes failed on our side."""
    user = await accounts.create_user(core, "ada", "Ada", "correct horse", Role.STUDENT)
    async with core.database.writing() as session:
        session.add(
            Run(
                id="r1",
                user_id=accounts.as_actor(user).user_id,
                problem_id="countdown",
                problem_version="v1",
                kind=RunKind.RUN,
                status=RunStatus.FINISHED,
                outcome=Outcome.INTERNAL_ERROR,
                finished_at=utc_now(),
            )
        )


async def mend(core: Core) -> None:
    async with core.database.writing() as session:
        run = await session.get(Run, "r1")
        assert run is not None
        run.outcome = Outcome.OK
        session.add(run)


async def test_it_fires_once_and_is_called_off_once(core: Core, receiver: Receiver) -> None:
    """However often it looks."""
    clock = FakeClock()
    notifier = Notifier(core, "a", clock)
    await notifier.step()
    await fail_a_run(core)
    for _ in range(3):
        clock.now_s += 5
        await notifier.step()
    assert receiver.alerts == [("RunnerErrors", "firing")]
    await mend(core)
    for _ in range(3):
        clock.now_s += 5
        await notifier.step()
    assert receiver.alerts == [("RunnerErrors", "firing"), ("RunnerErrors", "resolved")]


async def test_what_nobody_took_is_posted_again_with_growing_pauses(core: Core, receiver: Receiver) -> None:
    """A server that fails or sends us elsewhere did not take it."""
    receiver.answers += [500, 302]
    clock = FakeClock()
    notifier = Notifier(core, "a", clock)
    await fail_a_run(core)
    posted = []
    for pause_s in (0, FIRST_PAUSE_S - 1, 1, FIRST_PAUSE_S, FIRST_PAUSE_S, FIRST_PAUSE_S):
        clock.now_s += pause_s
        await notifier.step()
        posted.append(len(receiver.bodies))
    assert posted == [1, 1, 2, 2, 3, 3]
    assert (set(receiver.alerts), receiver.gets) == ({("RunnerErrors", "firing")}, 0)


async def test_only_one_of_several_hosts_tells_it_and_its_successor_does_not_repeat_it(
    core: Core, receiver: Receiver
) -> None:
    """The office and what was told live in Redis."""
    assert isinstance(core.control, FakeControl)
    await fail_a_run(core)
    first, second = Notifier(core, "a"), Notifier(core, "b")
    await first.step()
    await second.step()
    core.control.holders.clear()
    await second.step()
    assert receiver.alerts == [("RunnerErrors", "firing")]


async def test_an_absent_redis_is_told_without_it(core: Core, receiver: Receiver) -> None:
    """The end of it too, though what Redis remembers is older than the outage."""
    assert isinstance(core.control, FakeControl)
    clock = FakeClock()
    notifier = Notifier(core, "a", clock)
    await notifier.step()
    core.control.broken = True
    for _ in range(3):
        clock.now_s += 31
        await notifier.step()
    assert receiver.alerts == [("StoreDown", "firing")]
    core.control.broken = False
    for _ in range(2):
        clock.now_s += 5
        await notifier.step()
    assert receiver.alerts == [("StoreDown", "firing"), ("StoreDown", "resolved")]


async def test_a_web_process_that_does_not_answer_is_told(tmp_path: Path, receiver: Receiver) -> None:
    """One that says no, and one that nobody is at; also its return. Without addresses nothing is asked."""
    health = f"http://127.0.0.1:{receiver.port}/health"
    async with open_fake_core(tmp_path, alert_webhook_url=receiver.url, alert_health_urls=f"{health}, ") as core:
        clock = FakeClock()
        notifier = Notifier(core, "a", clock)
        for is_well in (True, False, False, False, True):
            receiver.is_well = is_well
            clock.now_s += 30
            await notifier.step()
    assert receiver.alerts == [("ProcessDown", "firing"), ("ProcessDown", "resolved")]
    assert await probes.silent(["http://127.0.0.1:9/health", "http://[no-address", health]) == (
        "http://127.0.0.1:9/health",
        "http://[no-address",
    )


async def test_an_address_that_nobody_answers_stops_nothing(core: Core, caplog: pytest.LogCaptureFixture) -> None:
    """It is logged, without the address: a webhook's address is its password."""
    for address in ("http://127.0.0.1:9/planted-path", "http://[planted-path"):
        settings = load_settings(_env_file=None, jwt_secret="s" * 48, alert_webhook_url=address)
        await Notifier(replace(core, settings=settings), "a").step()
    await fail_a_run(core)
    for address in ("http://127.0.0.1:9/planted-path", "http://[planted-path"):
        settings = load_settings(_env_file=None, jwt_secret="s" * 48, alert_webhook_url=address)
        await Notifier(replace(core, settings=settings), "a").step()
    assert caplog.text.count("alert not delivered") == 2
    assert "planted" not in caplog.text


def test_an_address_of_another_kind_is_refused() -> None:
    """At the start, where somebody reads it."""
    for name in ("ALERT_WEBHOOK_URL", "ALERT_HEALTH_URLS"):
        with pytest.raises(Misconfigured, match=name):
            load_settings(_env_file=None, jwt_secret="s" * 48, **{name.lower(): "file:///etc/passwd"})
