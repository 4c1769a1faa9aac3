"""Proves on this very host that the sandbox holds: real programs try what must fail; what does not fail is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from coderunner_core.contract import Limits, Outcome, Program, RunResult
from sandbox import images, owners, policy
from sandbox.config import SandboxConfig
from sandbox.container import Container
from sandbox.engine import Engine
from sandbox.errors import SandboxBroken
from sandbox.service import Sandbox

_ROOM = Limits(cpu_ms=5_000, wall_ms=10_000)
_CGROUP_HELP = "let the Docker engine limit {}: see the warnings of `docker info`"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong on this host, and what mends it."""

    what: str
    fix: str

    def __str__(self) -> str:
        """For a terminal or a log."""
        return f"{self.what}; to mend it: {self.fix}"


# Runs inside. Every line tries something; what came of it is printed as JSON and judged outside.
_PROBE = """
import ctypes, json, os, resource, socket, time
found = {}
def attempt(name, action):
    try:
        action()
        found[name] = "worked"
    except OSError as error:
        found[name] = "refused"
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    if libc.syscall(*arguments) != 0:
        raise OSError(ctypes.get_errno(), "refused")
with open("/proc/self/status") as file:
    status = {name: value.strip() for name, _, value in (line.partition(":") for line in file)}
found["uid"] = os.getuid()
found["capabilities"] = status["CapEff"]
found["no_new_privileges"] = status.get("NoNewPrivs", "not told")
found["seccomp"] = status.get("Seccomp", "not told")
with open("/proc/net/dev") as file:
    found["networks"] = [line.split(":")[0].strip() for line in file if ":" in line]
attempt("socket", lambda: socket.socket(socket.AF_INET))
attempt("namespace", lambda: call({"x86_64": 272, "aarch64": 97}[os.uname().machine], 0x10000000))
for path in ("/", "/etc", "/opt/coderunner", "/dev", "/var/tmp"):
    attempt("write to " + path, lambda: os.close(os.open(path + "/selftest", os.O_CREAT | os.O_WRONLY)))
attempt("kill PID 1", lambda: os.kill(1, 9))
attempt("read PID 1", lambda: os.listdir("/proc/1/fd"))
started, spun = time.monotonic(), time.process_time()
while time.monotonic() < started + 0.6:
    pass
found["processors"] = (time.process_time() - spun) / (time.monotonic() - started)
processes = 0
try:
    while processes < 500:
        if os.fork() == 0:
            time.sleep(5)
            os._exit(0)
        processes += 1
except OSError:
    pass
found["processes"] = processes
print(json.dumps(found))
"""
_MUST_BE_REFUSED = {
    "socket": "the network",
    "namespace": "namespaces of its own",
    "write to /": "the root folder",
    "write to /etc": "/etc",
    "write to /opt/coderunner": "the supervisor's own code",
    "write to /dev": "/dev",
    "write to /var/tmp": "/var/tmp",  # noqa: S108
    "kill PID 1": "ending the supervisor",
    "read PID 1": "the supervisor's files",
}
_BY_SECCOMP = frozenset(("socket", "namespace"))  # another runtime has a kernel of its own, which these cannot leave


def check(config: SandboxConfig) -> list[Finding]:
    """What is wrong on this host, the worst first; an empty list when programs run and are held in. Takes about 3 s."""
    try:
        engine = Engine(config.docker_host)
    except SandboxBroken as error:
        return [
            Finding(str(error), "start the engine: `systemctl start docker`, or `dockerd` where there is no systemd")
        ]
    try:
        image = images.resolve(engine, config.image)
        yes_no = list(_check_container(engine, config, image))
    except SandboxBroken as error:
        return [Finding(str(error), "run `make sandbox-image`, then `python -m sandbox selftest`")]
    finally:
        engine.close()
    try:
        with Sandbox(replace(config, pool_size=1)) as sandbox:
            return yes_no + list(_check_programs(sandbox, config.runtime))
    except SandboxBroken as error:
        return [*yes_no, Finding(str(error), "look at the engine's own log: `journalctl -u docker`")]


def _check_container(engine: Engine, config: SandboxConfig, image: str) -> Iterator[Finding]:
    """What an idle container says of itself."""
    labels = owners.labels(config.label, owners.Owner.this_process(), "selftest")  # else a worker's sweep removes it
    container = Container.start(engine, config, image, labels)
    try:
        if not config.runtime and not container.hello.get("sees_cpu"):
            yield Finding("CPU time of whole containers is not counted", _CGROUP_HELP.format("CPU"))
        if not config.runtime and not container.hello.get("sees_oom"):
            yield Finding("out-of-memory kills are not counted", _CGROUP_HELP.format("memory"))
    finally:
        container.close()
        engine.remove(container.id)


def _check_programs(sandbox: Sandbox, runtime: str) -> Iterator[Finding]:
    answer = sandbox.run(Program("print(input()[::-1])", b"olleh\n"), _ROOM)
    if answer.stdout != b"hello\n":
        yield Finding(f"a simple program does not run: {_shown(answer)}", "run `make sandbox-image`")
        return
    probe = sandbox.run(Program(_PROBE), _ROOM)
    try:
        yield from _judge(json.loads(probe.stdout), runtime)
    except (ValueError, KeyError, TypeError):
        yield Finding(f"the probe did not come through: {_shown(probe)}", "run `make sandbox-image`")
    hoard = "hoard = []\nwhile len(hoard) < 400: hoard.append(bytearray(b'x') * 1_000_000)"
    hoarded = sandbox.run(Program(hoard), _ROOM)
    if hoarded.outcome is not Outcome.MEMORY_LIMIT:
        yield Finding(f"memory is not limited: {_shown(hoarded)}", _CGROUP_HELP.format("memory and swap"))
    endless = sandbox.run(Program("while True: pass"), Limits(cpu_ms=200, wall_ms=5_000))
    if endless.outcome is not Outcome.TIME_LIMIT:
        yield Finding(f"CPU time is not limited: {_shown(endless)}", _CGROUP_HELP.format("CPU"))


def _judge(found: dict[str, Any], runtime: str) -> Iterator[Finding]:
    """What the probe could do that it should not."""
    for name, thing in _MUST_BE_REFUSED.items():
        if found[name] != "refused" and not (runtime and name in _BY_SECCOMP):
            yield Finding(
                f"a program is not kept from {thing}", "use a Docker engine with seccomp and overlay2, as root"
            )
    if found["uid"] < 1000 or int(found["capabilities"], 16):
        yield Finding("a program runs with privileges", "report this: it must not happen on any host")
    if found["no_new_privileges"] != "1" and not (runtime and found["no_new_privileges"] == "not told"):
        yield Finding("a program could gain privileges", "use an engine that knows no-new-privileges")
    if found["seccomp"] == "0" and not runtime:
        yield Finding("system calls are not filtered", "use a kernel and an engine with seccomp: `docker info`")
    if set(found["networks"]) - {"lo"}:
        yield Finding(f"a program sees networks: {found['networks']}", "use an engine that knows `--network none`")
    if found["processes"] >= policy.PIDS:
        yield Finding("processes are not limited", _CGROUP_HELP.format("pids"))
    share = policy.CPU_QUOTA_US / policy.CPU_PERIOD_US
    if found["processors"] > share * 1.6:
        yield Finding(f"a program gets {found['processors']:.2f} processors, not {share}", _CGROUP_HELP.format("CPU"))


def _shown(result: RunResult) -> str:
    return f"{result.outcome} {result.stdout[-200:]!r} {result.stderr[-200:]!r} {result.detail}".strip()
