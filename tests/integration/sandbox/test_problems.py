"""What problems need: a function's value, a test class, files in and files back."""

from __future__ import annotations

import pytest

from coderunner_core.contract import Call, Limits, Outcome, Program, UnitTestReport
from sandbox import Sandbox

_LIMITS = Limits(cpu_ms=3_000, wall_ms=8_000)


@pytest.mark.parametrize(
    ("source", "arguments", "expected"),
    [
        ("def f(a, b): return a + b", "[2, 3]", "5"),
        ("def f(*a): print('noise'); return {'a': list(a), 'é': None}", '["x"]', '{"a": ["x"], "\\u00e9": null}'),
        ("f = lambda: (1, 2)", "[]", "[1, 2]"),
        ("def f(): return 'x' * 100_000", "[]", '"' + "x" * 100_000 + '"'),
    ],
)
def test_a_function_s_value_comes_back_beside_its_output(
    sandbox: Sandbox, source: str, arguments: str, expected: str
) -> None:
    """As JSON, over a channel of its own."""
    result = sandbox.run(Program(source, call=Call("f", arguments)), _LIMITS)
    assert (result.outcome, result.value_json) == (Outcome.OK, expected)


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("def f(): return {1, 2}", Outcome.OK),
        ("def f(): return float('nan')", Outcome.OK),
        ("def f(): raise SystemExit(0)", Outcome.OK),
        ("import os\ndef f(): os._exit(0)", Outcome.OK),
        ("def f(): 1 / 0", Outcome.RUNTIME_ERROR),
        ("def g(): pass", Outcome.RUNTIME_ERROR),
        ("f = 3", Outcome.RUNTIME_ERROR),
        ("def f(x): return 1", Outcome.RUNTIME_ERROR),
        ("import os\nos.write(127, b'V\\0\\0\\0\\0011')\ndef f(): os._exit(0)", Outcome.OK),
        ("import os\ndef f():\n    os.write(127, b'garbage')\n    return 1", Outcome.OK),
        ("import os\nos.close(127)\ndef f(): return 1", Outcome.RUNTIME_ERROR),
    ],
)
def test_a_value_that_is_missing_or_forged_is_none(sandbox: Sandbox, source: str, outcome: Outcome) -> None:
    """Only the harness knows the nonce, and it speaks once."""
    result = sandbox.run(Program(source, call=Call("f")), _LIMITS)
    assert (result.value_json, result.outcome) == (None, outcome)


def test_a_module_with_a_main_guard_is_imported_for_a_call(sandbox: Sandbox) -> None:
    """What a student tries out below the guard does not run in a test."""
    source = "def f(): return __name__\nif __name__ == '__main__':\n    input()"
    assert sandbox.run(Program(source, call=Call("f")), _LIMITS).value_json == '"main"'


_TESTS = """
import unittest
from main import double

class TestDouble(unittest.TestCase):
    def test_number(self): self.assertEqual(double(2), 4)
    def test_text(self): self.assertEqual(double("ab"), "abab", "text is doubled too")
    def test_none(self): double(None)

class TestOther(unittest.TestCase):
    def test_that_is_not_asked_for(self): self.fail()
"""


def test_each_method_of_the_named_class_is_reported(sandbox: Sandbox) -> None:
    """What passed, what failed and why."""
    program = Program("def double(x):\n    return x + x", test_source=_TESTS, test_name="TestDouble")
    result = sandbox.run(program, _LIMITS)
    assert (result.outcome, result.stderr) == (Outcome.OK, b"")
    message = "TypeError: unsupported operand type(s) for +: 'NoneType' and 'NoneType'"
    assert result.unit_tests == (
        UnitTestReport("test_none", False, message),
        UnitTestReport("test_number", True),
        UnitTestReport("test_text", True),
    )


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("def double(:", Outcome.COMPILE_ERROR),
        ("1 / 0", Outcome.RUNTIME_ERROR),
        ("def triple(x): pass", Outcome.RUNTIME_ERROR),
        ("import os\ndef double(x): os._exit(0)", Outcome.OK),
        ("import os\ndef double(x): os.write(127, b'T[]'); return 2 * x", Outcome.OK),
    ],
)
def test_tests_that_did_not_come_to_their_end_report_nothing(sandbox: Sandbox, source: str, outcome: Outcome) -> None:
    """No report is never taken for a good one."""
    result = sandbox.run(Program(source, test_source=_TESTS, test_name="TestDouble"), _LIMITS)
    assert (result.outcome, result.unit_tests) == (outcome, ())


def test_files_go_in_and_come_back(sandbox: Sandbox) -> None:
    """By plain names."""
    source = "text = open('in.txt').read()\nopen('out.txt', 'w').write(text.upper())\nopen('more.txt', 'w')"
    program = Program(source, files={"in.txt": b"ada"}, collect=("out.txt", "absent.txt"))
    assert sandbox.run(program, _LIMITS).files == {"out.txt": b"ADA"}


@pytest.mark.parametrize(
    "trick",
    [
        "os.symlink('/etc/passwd', 'out')",
        "os.link('main.py', 'out')",
        "os.mkfifo('out')",
        "os.mkdir('out')",
        "open('out', 'w').truncate(1 << 22)",
        "open('out', 'w').write('x' * 2000)",
        "os.rename('/tmp/work', '/tmp/other'); os.symlink('/etc', '/tmp/work')",
        "os.rename('/tmp/work', '/tmp/other'); os.mkdir('/tmp/work'); os.symlink('/etc/hostname', '/tmp/work/out')",
        "open('out', 'w').close(); os.chmod('out', 0)",
    ],
    ids=["symlink", "hard link", "fifo", "directory", "sparse", "too large", "swapped", "swapped twice", "unreadable"],
)
def test_what_is_no_plain_file_is_refused(sandbox: Sandbox, trick: str) -> None:
    """And the run is none the worse for it."""
    program = Program(f"import os\n{trick}\nprint('done')", collect=("out", "hostname"))
    result = sandbox.run(program, Limits(written_bytes=1_000))
    assert (result.outcome, result.files) == (Outcome.OK, {})


def test_no_more_files_than_allowed_come_back(sandbox: Sandbox) -> None:
    """The first ones asked for."""
    program = Program("for n in 'abc': open(n, 'w').write(n)", collect=("a", "b", "c"))
    assert sandbox.run(program, Limits(written_files=2)).files == {"a": b"a", "b": b"b"}
