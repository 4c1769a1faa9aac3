"""What a container is told: exactly the program, its limits and its files, never anything odd."""

from __future__ import annotations

import marshal

import pytest

from coderunner_core.contract import Call, Limits, Program
from sandbox import policy, request
from sandbox.image.box import wire


def _header(encoded: bytes) -> wire.Header:
    (length,) = wire.LENGTH.unpack_from(encoded)
    found: wire.Header = marshal.loads(encoded[4 : 4 + length])
    return found


def test_the_student_s_file_comes_first_and_the_input_last() -> None:
    """The leader cuts the input off the end; the program writes the parts in their order."""
    encoded = request.encode(Program("print(1)", b"in", files={"data.csv": b"1,2"}), Limits())
    assert encoded.endswith(b"print(1)1,2in")
    assert _header(encoded)[10] == [("main.py", 8), ("data.csv", 3)]


def test_limits_are_told_with_a_hard_limit_above_the_wall_clock_one() -> None:
    """Three times the wall-clock limit is the end, however loaded the machine is."""
    header = _header(request.encode(Program(""), Limits(cpu_ms=100, wall_ms=700, output_bytes=5)))
    assert header[2:6] == (100, 700, 700 * policy.HARD_WALL_FACTOR, 5)


@pytest.mark.parametrize(("asked_kib", "told_kib"), [(32 * 1024, 32 * 1024), (policy.OWN_MEMORY_KIB, 0), (1 << 30, 0)])
def test_a_memory_limit_that_the_container_cannot_hold_is_left_to_the_kernel(asked_kib: int, told_kib: int) -> None:
    """The container's own limit decides from there on."""
    assert told_kib == _header(request.encode(Program(""), Limits(memory_kib=asked_kib)))[6]


@pytest.mark.parametrize(
    "name", ["", "../up", "a/b", ".hidden", "main.py", "test_main.py", "a" * 65, "ä.txt", "a\0b", "-rf"]
)
def test_odd_file_names_are_refused(name: str) -> None:
    """Only plain names, and never our own; the same for files given and files asked for."""
    with pytest.raises(ValueError, match="plain file name"):
        request.encode(Program("", files={name: b""}), Limits())
    with pytest.raises(ValueError, match="plain file name"):
        request.encode(Program("", collect=(name,)), Limits())


def test_too_much_is_refused_before_a_container_hears_of_it() -> None:
    """Source, input and files have one limit together, and one for what goes to /tmp."""
    with pytest.raises(ValueError, match="in all"):
        request.encode(Program("", b"x" * policy.MAX_REQUEST_BYTES), Limits())
    with pytest.raises(ValueError, match="in all"):
        request.encode(Program("", files={"big": b"x" * policy.MAX_FILES_BYTES, "one": b"1"}), Limits())


def test_a_call_and_its_arguments_are_told() -> None:
    """A function problem names the function and a JSON array."""
    assert _header(request.encode(Program("", call=Call("area", "[2, 3]")), Limits()))[11:] == ("area", "[2, 3]", "")


def test_a_test_file_goes_beside_the_student_s() -> None:
    """A unittest problem's file is written as test_main.py, and one class is named."""
    header = _header(request.encode(Program("", test_source="import main", test_name="TestIt"), Limits()))
    assert ("test_main.py", 11) in header[10]
    assert header[13] == "TestIt"


def test_text_that_is_not_unicode_still_travels() -> None:
    """Half a surrogate pair is the student's mistake, to be told by Python, not ours."""
    assert b"\xed\xa0\x80" in request.encode(Program("\ud800"), Limits())
