"""A small grammar of programs whose every word and ending is known before they run."""

from __future__ import annotations

import signal
import textwrap
from dataclasses import dataclass

from hypothesis import strategies as st

from coderunner_core.contract import Limits, Outcome

_LIMITS = Limits(cpu_ms=2_000, wall_ms=10_000)
_PROMPT = Limits(cpu_ms=250, wall_ms=700)  # for programs that are to be stopped: soon
_ROOMY = Limits(cpu_ms=5_000, wall_ms=20_000, output_bytes=8_192)  # for programs that are to hit another limit first


@dataclass(frozen=True, slots=True)
class Step:
    """A statement, and what it says when it is run."""

    source: str
    stdout: str = ""
    stderr: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """The last statement: how the program ends, and what its stderr has besides what the steps said."""

    source: str
    outcome: Outcome
    exit_code: int | None = 0
    stderr_contains: str = ""
    limits: Limits = _LIMITS
    stdout_goes_on: bool = False  # it says more than the steps did


@dataclass(frozen=True, slots=True)
class Predicted:
    """A whole program with everything that is known about its run."""

    source: str
    stdout: str
    stderr: str
    ending: Ending


_words = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=20)
_IMPORTS = "import os, signal, sys, time\n"


def _print(word: str) -> Step:
    return Step(f"print({word!a})", stdout=f"{word}\n")


def _complain(word: str) -> Step:
    return Step(f"print({word!a}, file=sys.stderr)", stderr=f"{word}\n")


def _write_piecemeal(word: str) -> Step:
    return Step(f"for letter in {word!a}:\n    sys.stdout.write(letter)", stdout=word)


def _sleep(duration_ms: int) -> Step:
    return Step(f"time.sleep({duration_ms / 1000})")


def _allocate(size_mb: int) -> Step:
    return Step(f"print(len(bytearray(b'x') * {size_mb * 1_000_000}))", stdout=f"{size_mb * 1_000_000}\n")


def _compute(count: int) -> Step:
    return Step(f"print(sum(range({count})))", stdout=f"{count * (count - 1) // 2}\n")


def _catch(error: str) -> Step:
    source = f"try:\n    raise {error}\nexcept {error}:\n    print('caught {error}')\nfinally:\n    print('finally')"
    return Step(source, stdout=f"caught {error}\nfinally\n")


def _file(word: str) -> Step:
    text = ascii(word)
    write = f"with open('notes', 'w', newline='', encoding='utf-8') as file:\n    file.write({text})"
    read = f"with open('notes', newline='', encoding='utf-8') as file:\n    print(file.read() == {text})"
    return Step(f"{write}\n{read}", stdout="True\n")


def _child(code: int) -> Step:
    born = f"sys.stdout.flush()\nif os.fork() == 0:\n    os._exit({code})"
    return Step(f"{born}\nprint(os.waitstatus_to_exitcode(os.wait()[1]))", stdout=f"{code}\n")


def _repeated(block: list[Step], times: int) -> Step:
    body = textwrap.indent("\n".join(step.source for step in block), "    ")
    return Step(
        f"for _ in range({times}):\n{body}",
        stdout="".join(step.stdout for step in block) * times,
        stderr="".join(step.stderr for step in block) * times,
    )


_ERRORS = ["ValueError", "KeyError", "ZeroDivisionError", "RecursionError", "AssertionError"]

simple_steps = st.one_of(
    st.builds(_print, _words),
    st.builds(_complain, _words),
    st.builds(_write_piecemeal, _words),
    st.builds(_sleep, st.integers(0, 30)),
    st.builds(_allocate, st.integers(0, 40)),
    st.builds(_compute, st.integers(0, 50_000)),
    st.builds(_catch, st.sampled_from([*_ERRORS, "OSError", "KeyboardInterrupt"])),
    st.builds(_file, _words),
    st.builds(_child, st.integers(0, 255)),
)
steps = st.one_of(simple_steps, st.builds(_repeated, st.lists(simple_steps, min_size=1, max_size=3), st.integers(0, 3)))


_FLUSH = "sys.stdout.flush()\n"  # what is not flushed is lost when the next statement is the last


def _exit(code: int) -> Ending:
    return Ending(f"sys.exit({code})", _by_code(code), code)


def _hard_exit(code: int) -> Ending:
    return Ending(f"{_FLUSH}os._exit({code})", _by_code(code), code)


def _by_code(code: int) -> Outcome:
    return Outcome.OK if code == 0 else Outcome.RUNTIME_ERROR


def _raise(error: str) -> Ending:
    return Ending(f"raise {error}('the end')", Outcome.RUNTIME_ERROR, 1, f"{error}: ")


def _signal(number: int) -> Ending:
    unhandled = "" if number == signal.SIGKILL else f"signal.signal({number}, signal.SIG_DFL)\n"
    return Ending(f"{_FLUSH}{unhandled}os.kill(os.getpid(), {number})", Outcome.RUNTIME_ERROR, -number)


def _stopped(source: str) -> Ending:
    return Ending(_FLUSH + source, Outcome.TIME_LIMIT, None, limits=_PROMPT)


_SIGNALS = [int(getattr(signal, f"SIG{name}")) for name in ("KILL", "TERM", "SEGV", "ABRT", "FPE", "HUP", "USR1")]
_ENDLESS = ["while True: pass", "time.sleep(1000)", "os.kill(os.getpid(), signal.SIGSTOP)"]
_HOARD = f"{_FLUSH}hoard = []\nwhile True:\n    hoard.append(bytearray(1_000_000))"
_FLOOD = "sys.stderr.flush()\nwhile True: print('flood')"

endings = st.one_of(
    st.just(Ending("pass", Outcome.OK)),
    st.builds(_exit, st.integers(0, 255)),
    st.builds(_hard_exit, st.integers(0, 255)),
    st.builds(_raise, st.sampled_from(_ERRORS)),
    st.builds(_signal, st.sampled_from(_SIGNALS)),
    st.just(Ending("sys.exit('sorry')", Outcome.RUNTIME_ERROR, 1, "sorry\n")),
    st.builds(_stopped, st.sampled_from(_ENDLESS)),
    st.just(Ending(_HOARD, Outcome.MEMORY_LIMIT, None, limits=_ROOMY)),
    st.just(Ending(_FLOOD, Outcome.OUTPUT_LIMIT, None, limits=_ROOMY, stdout_goes_on=True)),
    st.just(Ending("x = = 1", Outcome.COMPILE_ERROR, 1, "SyntaxError")),
)


def _program(block: list[Step], ending: Ending) -> Predicted:
    source = _IMPORTS + "\n".join(step.source for step in block) + f"\n{ending.source}\n"
    if ending.outcome is Outcome.COMPILE_ERROR:
        return Predicted(source, "", "", ending)
    return Predicted(source, "".join(step.stdout for step in block), "".join(step.stderr for step in block), ending)


programs = st.builds(_program, st.lists(steps, max_size=5), endings)
