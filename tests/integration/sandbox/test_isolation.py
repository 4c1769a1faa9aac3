"""What a program may not do, tried by real programs; the hundred attacks of tests/attacks try harder."""

from __future__ import annotations

import json

import pytest

from coderunner_core.contract import Limits, Outcome, Program
from sandbox import Sandbox

_LIMITS = Limits(cpu_ms=3_000, wall_ms=8_000)

# name, call number on x86_64 and aarch64, arguments: each is refused by the seccomp profile with EPERM
_CALLS = {
    "unshare a user namespace": (272, 97, 0x10000000),
    "enter a namespace": (308, 268, 0, 0),
    "clone with a new user namespace": (56, 220, 0x10000000 | 17, 0, 0, 0, 0),
    "mount": (165, 40, 0, 0, 0, 0, 0),
    "pivot_root": (155, 41, 0, 0),
    "chroot": (161, 51, 0),
    "keyctl": (250, 219, 0, 0, 0, 0, 0),
    "add_key": (248, 217, 0, 0, 0, 0, 0),
    "request_key": (249, 218, 0, 0, 0, 0),
    "bpf": (321, 280, 0, 0, 0),
    "userfaultfd": (323, 282, 0),
    "io_uring_setup": (425, 425, 1, 0),
    "ptrace": (101, 117, 0, 0, 0, 0),
    "process_vm_readv": (310, 270, 1, 0, 0, 0, 0, 0),
    "process_vm_writev": (311, 271, 1, 0, 0, 0, 0, 0),
    "perf_event_open": (298, 241, 0, 0, 0, 0, 0),
    "shmget": (29, 194, 0, 4096, 0o1600),
    "semget": (64, 190, 0, 1, 0o1600),
    "msgget": (68, 186, 0, 0o1600),
    "mq_open": (240, 180, 0, 0o100, 0o600, 0),
    "kcmp": (312, 272, 1, 1, 0, 0, 0),
    "pidfd_getfd": (438, 438, 0, 0, 0),
    "open_by_handle_at": (304, 265, 0, 0, 0),
    "fanotify_init": (300, 262, 0, 0),
    "reboot": (169, 142, 0, 0, 0, 0),
    "settimeofday": (164, 170, 0, 0),
}
_TRY_CALLS = """
import ctypes, errno, json, os, sys
libc = ctypes.CDLL(None, use_errno=True)
x86 = os.uname().machine == "x86_64"
said = {}
for name, (first, second, *arguments) in json.load(sys.stdin).items():
    result = libc.syscall(first if x86 else second, *map(ctypes.c_long, arguments))
    said[name] = errno.errorcode.get(ctypes.get_errno(), "?") if result == -1 else "worked"
print(json.dumps(said))
"""
_FAMILIES = {
    "AF_INET": 2,
    "AF_NETLINK": 16,
    "AF_PACKET": 17,
    "AF_INET6": 10,
    "AF_ALG": 38,
    "AF_VSOCK": 40,
    "AF_XDP": 44,
}


def test_dangerous_system_calls_are_refused(sandbox: Sandbox) -> None:
    """By the seccomp profile: with EPERM, whatever their arguments."""
    result = sandbox.run(Program(_TRY_CALLS, json.dumps(_CALLS).encode()), _LIMITS)
    assert json.loads(result.stdout) == dict.fromkeys(_CALLS, "EPERM")


def test_clone3_does_not_exist(sandbox: Sandbox) -> None:
    """ENOSYS makes the C library fall back to clone, whose flags can be looked at."""
    result = sandbox.run(Program(_TRY_CALLS, json.dumps({"clone3": (435, 435, 0, 0)}).encode()), _LIMITS)
    assert json.loads(result.stdout) == {"clone3": "ENOSYS"}


@pytest.mark.parametrize("family", _FAMILIES)
def test_only_local_sockets_can_be_made(sandbox: Sandbox, family: str) -> None:
    """Not even loopback ones, which outlive their program in TIME_WAIT."""
    source = f"import socket\nsocket.socketpair()\nsocket.socket({_FAMILIES[family]}, socket.SOCK_DGRAM)"
    result = sandbox.run(Program(source), _LIMITS)
    assert result.stderr.splitlines()[-1] == b"PermissionError: [Errno 1] Operation not permitted"


@pytest.mark.parametrize(
    "source",
    [
        "open('/proc/1/environ')",
        "open('/proc/1/mem', 'rb')",
        "import os; os.listdir('/proc/1/fd')",
        "import os; open(f'/proc/{os.getppid()}/mem', 'rb')",
        "import os; os.listdir(f'/proc/{os.getppid()}/fd')",
        "import os; os.kill(1, 9)",
        "import os; os.kill(os.getppid(), 19)",
        "import os; os.setuid(0)",
        "import os; os.setgroups([0])",
        "import os; os.chown('main.py', 0, 0)",
        "import os; os.mknod('disk', 0o60600, os.makedev(8, 0))",
        "open('/sys/fs/cgroup/memory/memory.limit_in_bytes', 'w')",
        "open('/proc/sys/kernel/core_pattern', 'w')",
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))",
        "import os; os.nice(-5)",
        "open('/tmp/x', 'w').write('#!/bin/sh')\nimport os; os.chmod('/tmp/x', 0o755); os.execv('/tmp/x', ['x'])",
    ],
)
def test_what_belongs_to_others_is_out_of_reach(sandbox: Sandbox, source: str) -> None:
    """The supervisor, the leader, other rights, devices, limits."""
    result = sandbox.run(Program(source), _LIMITS)
    assert result.outcome is Outcome.RUNTIME_ERROR
    assert result.stderr.splitlines()[-1].startswith((b"PermissionError", b"OSError", b"ValueError", b"FileNotFound"))


def test_every_start_has_a_uid_of_its_own_and_no_capability(sandbox: Sandbox) -> None:
    """Never used before, never root."""
    source = "import os\nprint(os.getuid(), *(l.split()[1] for l in open('/proc/self/status') if l[:3] == 'Cap'))"
    seen = [sandbox.run(Program(source), _LIMITS).stdout.split() for _ in range(5)]
    assert len({uid for uid, *_ in seen}) == 5
    assert {(int(effective, 16), int(permitted, 16)) for _, _, permitted, effective, *_ in seen} == {(0, 0)}


def test_a_program_sees_itself_the_leader_and_the_supervisor(sandbox: Sandbox) -> None:
    """Nobody else is in there."""
    source = (
        "import os\nprint(sorted(map(int, filter(str.isdigit, os.listdir('/proc')))) == [1, os.getppid(), os.getpid()])"
    )
    assert sandbox.run(Program(source), _LIMITS).stdout == b"True\n"


def test_an_open_descriptor_of_the_supervisor_is_not_inherited(sandbox: Sandbox) -> None:
    """The three streams, and the harness's own channel."""
    source = (
        "import os\nprint([int(fd) for fd in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{fd}')])"
    )
    assert sandbox.run(Program(source), _LIMITS).stdout == b"[0, 1, 2, 127]\n"


def test_a_crash_is_not_piped_to_the_host_s_handler(sandbox: Sandbox) -> None:
    """The kernel takes a limit of one byte, and not of none, for "no core dump at all"."""
    source = "import resource\nprint(resource.getrlimit(resource.RLIMIT_CORE))"
    assert sandbox.run(Program(source), _LIMITS).stdout == b"(1, 1)\n"
