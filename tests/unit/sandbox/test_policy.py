"""The policy, line by line: a change here is a change of what is promised in docs/SECURITY.md."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox import policy

_BODY = policy.container("image:1", 1 << 20, "", {"label": "x"})
_HOST: dict[str, Any] = _BODY["HostConfig"]
_PROFILE = json.loads(policy.SECCOMP_PROFILE.read_text())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NetworkMode", "none"),
        ("IpcMode", "none"),
        ("Memory", 128 << 20),
        ("MemorySwap", 128 << 20),
        ("PidsLimit", 64),
        ("ReadonlyRootfs", True),
        ("CapDrop", ["ALL"]),
        ("CapAdd", ["SETUID", "SETGID", "KILL"]),
        ("Privileged", False),
        ("LogConfig", {"Type": "none"}),
    ],
)
def test_the_container_is_as_promised(name: str, expected: object) -> None:
    """Each line of the policy."""
    assert expected == _HOST[name]


def test_half_a_processor() -> None:
    """The quota is half of the period."""
    assert _HOST["CpuQuota"] * 2 == _HOST["CpuPeriod"]


def test_nothing_of_the_host_is_mounted() -> None:
    """No volume, no bind, above all not the engine's own socket."""
    assert {"Binds", "Mounts", "VolumesFrom", "Devices", "DeviceRequests"}.isdisjoint(_HOST)


def test_tmp_has_a_size_an_inode_limit_and_runs_nothing() -> None:
    """The only place to write."""
    assert list(_HOST["Tmpfs"]) == ["/tmp"]
    assert {"size=16777216", "nr_inodes=2048", "noexec", "nosuid", "nodev"} <= set(_HOST["Tmpfs"]["/tmp"].split(","))


def test_the_environment_holds_no_secret() -> None:
    """It is the policy's own, whatever the worker's may be."""
    names = {"PATH", "LANG", "HOME", "USER", "LOGNAME", "PYTHONHASHSEED", "LD_BIND_NOW"}
    assert names == {entry.partition("=")[0] for entry in _BODY["Env"]}


def test_privileges_cannot_be_gained() -> None:
    """No setuid program would help."""
    assert "no-new-privileges" in _HOST["SecurityOpt"]


def test_the_engine_s_own_runtime_unless_another_is_named() -> None:
    """SANDBOX_RUNTIME=runsc is gVisor."""
    assert (_HOST["Runtime"], policy.container("i", 1, "runsc", {})["HostConfig"]["Runtime"]) == (None, "runsc")


def _names(action: str) -> set[str]:
    return {name for rule in _PROFILE["syscalls"] if rule["action"] == action for name in rule["names"]}


def test_what_is_not_named_is_refused() -> None:
    """The profile is an allow list, for both architectures and none of their 32-bit relatives."""
    assert _PROFILE["defaultAction"] == "SCMP_ACT_ERRNO"
    assert {"SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"} == {arch["architecture"] for arch in _PROFILE["archMap"]}
    assert [arch["subArchitectures"] for arch in _PROFILE["archMap"]] == [[], []]


def test_dangerous_calls_are_not_named() -> None:
    """Namespaces, mounts, keys, tracing, kernel programs, shared memory that outlives its maker, clocks, modules."""
    dangerous = {
        *("unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "fsopen", "open_tree", "move_mount"),
        *("keyctl", "add_key", "request_key", "ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd"),
        *("bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register"),
        *("shmget", "semget", "msgget", "mq_open", "init_module", "finit_module", "kexec_load", "reboot", "swapon"),
        *("clock_settime", "settimeofday", "adjtimex", "sethostname", "quotactl", "acct", "syslog", "vhangup", "iopl"),
        *("name_to_handle_at", "open_by_handle_at", "fanotify_init", "lookup_dcookie", "modify_ldt", "nfsservctl"),
    }
    assert set() == dangerous & _names("SCMP_ACT_ALLOW")


def test_clone3_does_not_exist() -> None:
    """ENOSYS, not EPERM: only then does the C library fall back to clone, and threads work."""
    assert [(r["names"], r["errnoRet"]) for r in _PROFILE["syscalls"] if "errnoRet" in r] == [(["clone3"], 38)]


def test_sockets_are_local_and_clone_makes_no_namespaces() -> None:
    """Both are allowed under a condition on their first argument."""
    conditions = {name: rule["args"] for rule in _PROFILE["syscalls"] for name in rule["names"] if rule.get("args")}
    assert [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}] == conditions["socket"] == conditions["socketpair"]
    assert (conditions["clone"][0]["value"], conditions["clone"][0]["valueTwo"]) == (0x7E020000, 0)


def _conditions(name: str) -> list[dict[str, Any]]:
    return [rule["args"][0] for rule in _PROFILE["syscalls"] if name in rule["names"]]


def test_huge_pages_cannot_be_had() -> None:
    """MAP_HUGETLB in the flags of mmap, MFD_HUGETLB in those of memfd_create."""
    refused = [
        (one["index"], one["value"], one["valueTwo"]) for call in ("mmap", "memfd_create") for one in _conditions(call)
    ]
    assert refused == [(3, 0x40000, 0), (1, 4, 0)]


def test_ioctl_only_asks_about_streams() -> None:
    """Nothing of terminals beyond "is it one", nothing of file systems or devices."""
    asked = {one["value"] for one in _conditions("ioctl")}
    assert {(one["index"], one["op"]) for one in _conditions("ioctl")} == {(1, "SCMP_CMP_EQ")}
    assert asked == {0x5401, 0x802C542A, 0x5413, 0x540F, 0x5411, 0x541B, 0x5421, 0x5450, 0x5451}


def test_every_rule_says_why() -> None:
    """A reviewer reads the reason beside the rule."""
    assert all(rule["comment"] for rule in _PROFILE["syscalls"])
