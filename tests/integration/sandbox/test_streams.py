"""Output arrives while the program runs; input of any size goes in; Stop stops."""

from __future__ import annotations

import resource
import threading
import time

from coderunner_core.contract import Limits, Outcome, Program, Stream
from sandbox import Cancellation, Sandbox

_LIMITS = Limits(cpu_ms=4_000, wall_ms=10_000)


def test_lines_arrive_while_the_program_runs(sandbox: Sandbox) -> None:
    """Each long before the next is printed."""
    arrived: list[tuple[float, Stream, bytes]] = []
    source = "import sys, time\nfor n in range(3):\n    print(n)\n    print(-n, file=sys.stderr)\n    time.sleep(0.3)"
    sandbox.run(Program(source), _LIMITS, lambda stream, chunk: arrived.append((time.monotonic(), stream, chunk)))
    seen = [(stream, line) for _, stream, chunk in arrived for line in chunk.split()]
    assert seen == [
        pair for n in (b"0", b"1", b"2") for pair in ((Stream.STDOUT, n), (Stream.STDERR, b"-" * (n != b"0") + n))
    ]
    assert arrived[-1][0] - arrived[0][0] > 0.3


def test_a_prompt_without_a_newline_is_seen_before_the_answer(sandbox: Sandbox) -> None:
    """input() shows its question."""
    assert sandbox.run(Program("input('name? ')", b"ada\n"), _LIMITS).stdout == b"name? "


def test_large_input_goes_in_and_comes_out(sandbox: Sandbox) -> None:
    """Far more than any pipe holds, both ways at once."""
    data = b"0123456789abcdef" * (1 << 16)
    source = "import sys\nfor line in iter(lambda: sys.stdin.buffer.read(1000), b''): sys.stdout.buffer.write(line)"
    result = sandbox.run(Program(source, data), Limits(cpu_ms=8_000, wall_ms=20_000, output_bytes=2 << 20))
    assert (result.outcome, result.stdout == data) == (Outcome.OK, True)


def test_input_that_nobody_reads_is_no_trouble(sandbox: Sandbox) -> None:
    """The program ends when it ends."""
    result = sandbox.run(Program("print('done')", b"x" * (4 << 20)), _LIMITS)
    assert (result.outcome, result.stdout) == (Outcome.OK, b"done\n")


def test_a_flood_does_not_grow_the_worker(sandbox: Sandbox) -> None:
    """Twenty megabytes pass through; what is kept is the limit."""
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    limits = Limits(cpu_ms=4_000, wall_ms=10_000, output_bytes=1 << 20)
    for _ in range(20):
        assert sandbox.run(Program("while True: print('x' * 5_000)"), limits).outcome is Outcome.OUTPUT_LIMIT
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib < 16 * 1024


def test_a_cancelled_program_ends_within_a_second(sandbox: Sandbox) -> None:
    """With what it printed before."""
    cancel = Cancellation()
    started = time.monotonic()
    result = sandbox.run(
        Program("print('before')\nwhile True: pass"), _LIMITS, lambda _stream, _chunk: cancel.set(), cancel
    )
    assert (result.outcome, result.stdout) == (Outcome.CANCELLED, b"before\n")
    assert time.monotonic() - started < 3


def test_a_cancellation_from_another_thread_wakes_the_wait(sandbox: Sandbox) -> None:
    """Although the program is silent."""
    cancel = Cancellation()
    threading.Timer(0.2, cancel.set).start()
    started = time.monotonic()
    result = sandbox.run(Program("import time; time.sleep(60)"), Limits(wall_ms=60_000), None, cancel)
    assert result.outcome is Outcome.CANCELLED
    assert time.monotonic() - started < 3


def test_after_a_cancellation_the_next_run_is_clean(sandbox: Sandbox) -> None:
    """The cancelled container is not used again."""
    cancel = Cancellation()
    cancel.set()
    sandbox.run(Program("print(1)"), _LIMITS, None, cancel)
    assert sandbox.run(Program("print(2)"), _LIMITS).stdout == b"2\n"


def test_several_threads_share_a_sandbox(sandbox: Sandbox) -> None:
    """Each gets its own answer."""
    answers: dict[int, bytes] = {}

    def ask(n: int) -> None:
        answers[n] = sandbox.run(Program(f"print({n} ** 2)"), _LIMITS).stdout

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: b"%d\n" % n**2 for n in range(12)}
