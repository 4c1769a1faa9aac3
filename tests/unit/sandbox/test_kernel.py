"""The container's accounts, read from both layouts of cgroups and from none."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.image.box.kernel import Accounts, data_bytes

_VERSION_1 = {
    "cpuacct/cpuacct.usage": "1500000\n",
    "memory/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n",
    "memory/memory.usage_in_bytes": "104857600\n",
    "memory/memory.stat": "cache 90000000\nrss 1048576\nrss_huge 0\nshmem 0\ntotal_rss 1048576\n",
}
_VERSION_2 = {
    "cpu.stat": "usage_usec 1500\nuser_usec 1000\nsystem_usec 500\nnr_periods 3\n",
    "memory.events": "low 0\nhigh 0\nmax 7\noom 2\noom_kill 2\noom_group_kill 0\n",
    "memory.current": "104857600\n",
    "memory.stat": "anon 1048576\nfile 90000000\nkernel 0\nshmem 0\nanon_thp 0\n",
}


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)


@pytest.fixture(params=[_VERSION_1, _VERSION_2], ids=["version 1", "version 2"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A cgroup of each version with the same facts."""
    _write(tmp_path, request.param)
    return tmp_path


def test_both_versions_tell_the_same_facts(root: Path) -> None:
    """CPU time in nanoseconds, and kills."""
    accounts = Accounts(str(root))
    assert (accounts.sees_cpu, accounts.sees_oom) == (True, True)
    assert (accounts.cpu_ns(), accounts.oom_kills()) == (1_500_000, 2)


@pytest.mark.parametrize(("anonymous_bytes", "expected"), [(1 << 20, False), (49 << 20, False), (52 << 20, True)])
def test_only_memory_of_its_own_counts_above_what_an_idle_container_has(
    root: Path, anonymous_bytes: int, expected: bool
) -> None:
    """Files that were read fill the page cache: that is not held by anybody."""
    accounts = Accounts(str(root))
    for stat in (root / "memory/memory.stat", root / "memory.stat"):
        if stat.exists():
            stat.write_text(stat.read_text().replace(" 1048576", f" {anonymous_bytes}"))
    assert accounts.holds_more_than(50 * 1024) is expected


def test_a_host_that_shows_nothing_is_no_error(tmp_path: Path) -> None:
    """gVisor: the program's own rusage and rlimits have to do."""
    accounts = Accounts(str(tmp_path))
    assert (accounts.sees_cpu, accounts.sees_oom) == (False, False)
    assert (accounts.cpu_ns(), accounts.oom_kills(), accounts.holds_more_than(1)) == (0, 0, False)


def test_a_process_knows_its_own_data() -> None:
    """As RLIMIT_DATA counts it: more than a megabyte for any Python."""
    assert data_bytes() > 1 << 20
