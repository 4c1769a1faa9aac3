"""The circuit breaker by a clock of the test's own."""

from __future__ import annotations

import asyncio

import pytest

from coderunner_core.breaker import FAILURES, SLOW_S, Circuit
from coderunner_core.errors import NotFound, StoreAway
from tests.fakes import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def circuit(clock: FakeClock) -> Circuit:
    return Circuit("test", lambda error: isinstance(error, OSError), clock=clock)


async def _fail(circuit: Circuit, error: BaseException | None = None) -> None:
    with pytest.raises(StoreAway):
        async with circuit.guard():
            raise error or OSError("away")


async def _open(circuit: Circuit) -> None:
    for _ in range(FAILURES):
        await _fail(circuit)


async def _pass(circuit: Circuit, *, probe: bool = False) -> None:
    async with circuit.guard(probe=probe):
        pass


async def test_it_opens_after_failures_in_a_row(circuit: Circuit) -> None:
    """And then refuses without asking the store."""
    await _open(circuit)
    reached = []
    with pytest.raises(StoreAway):
        async with circuit.guard():
            reached.append("store")
    assert (circuit.is_open, circuit.opened.is_set(), reached) == (True, True, [])


async def test_an_answer_in_between_starts_the_count_again(circuit: Circuit) -> None:
    """A store that fails now and then is not away."""
    for _ in range(3):
        for _ in range(FAILURES - 1):
            await _fail(circuit)
        async with circuit.guard():
            pass
    assert not circuit.is_open


async def test_one_time_out_is_enough(circuit: Circuit, clock: FakeClock) -> None:
    """The next one would hold somebody up as long."""

    async def waits() -> None:
        async with circuit.guard():
            clock.now_s += SLOW_S
            raise TimeoutError

    with pytest.raises(StoreAway):
        await waits()
    assert circuit.is_open


async def test_an_error_that_is_an_answer_passes_through(circuit: Circuit) -> None:
    """However often: the store is there."""
    for _ in range(2 * FAILURES):
        with pytest.raises(NotFound):
            async with circuit.guard():
                raise NotFound("no such run")
    assert not circuit.is_open


async def test_half_open_one_probe_passes_and_closes_it(circuit: Circuit) -> None:
    """Everybody else is still refused while it is under way, a second probe too."""
    await _open(circuit)
    async with circuit.guard(probe=True):
        for probe in (False, True):
            with pytest.raises(StoreAway):
                await _pass(circuit, probe=probe)
    await _pass(circuit)
    assert not circuit.is_open


async def test_a_probe_that_fails_keeps_it_open(circuit: Circuit) -> None:
    """And makes room for the next one."""
    await _open(circuit)
    for _ in range(2):
        with pytest.raises(StoreAway):
            async with circuit.guard(probe=True):
                raise OSError
    with pytest.raises(StoreAway):
        await _pass(circuit)
    assert circuit.is_open


async def test_a_probe_that_is_cancelled_makes_room_for_the_next(circuit: Circuit) -> None:
    """The process was told to stop, or the probe took too long."""
    await _open(circuit)
    with pytest.raises(asyncio.CancelledError):
        async with circuit.guard(probe=True):
            raise asyncio.CancelledError
    await _pass(circuit, probe=True)
    assert not circuit.is_open
