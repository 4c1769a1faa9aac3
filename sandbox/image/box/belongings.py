"""A program's files: handed back, then wiped.

Every path here is one that a student may have written, so everything is done with that student's rights, and after
all their processes are dead.
"""

from __future__ import annotations

import os
import stat

from . import wire
from .program import WORK

WRITABLE = [root for root in ("/tmp", "/dev/shm", "/dev/mqueue") if os.path.isdir(root)]
_WIPE_DEPTH = 100


def collect(uid: int, names: list[str], files_left: int, bytes_left: int, frames: list[bytes]) -> dict[str, str]:
    """Adds FILE frames of the plain files asked for; returns what was refused, and why."""
    refused: dict[str, str] = {}
    try:
        work = os.open(WORK, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        return {WORK: str(error.strerror)}
    if os.fstat(work).st_uid != uid:
        return {WORK: "not the program's own"}
    for name in names:
        try:
            fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY, dir_fd=work)
        except FileNotFoundError:
            continue
        except OSError as error:
            refused[name] = str(error.strerror)
            continue
        about = os.fstat(fd)
        if not stat.S_ISREG(about.st_mode) or about.st_nlink != 1 or about.st_uid != uid:
            refused[name] = "not a plain file of the program's own"
        elif about.st_size > bytes_left or not files_left:
            refused[name] = "too much"
        else:
            content = os.read(fd, about.st_size)
            files_left -= 1
            bytes_left -= len(content)
            frames.append(wire.frame(wire.FILE, wire.file_payload(name, content)))
        os.close(fd)
    os.close(work)
    return refused


def wipe_quickly() -> None:
    """Removes what an ordinary program leaves. Whatever is left after that, PID 1 finds and has wiped thoroughly."""
    try:
        os.chdir(WORK)
        for name in os.listdir("."):
            os.unlink(name)
        os.rmdir(WORK)
    except OSError:
        pass


def wipe_thoroughly(uid: int) -> None:
    """Empties the writable places with the rights of the student who filled them."""
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    for root in WRITABLE:
        fd = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
        _empty(fd, _WIPE_DEPTH)
        os.close(fd)


def _empty(directory: int, depth: int) -> None:
    for name in os.listdir(directory):
        try:
            try:
                os.unlink(name, dir_fd=directory)
            except IsADirectoryError:
                if depth:
                    _empty_child(directory, name, depth)
                os.rmdir(name, dir_fd=directory)
        except OSError:
            continue


def _empty_child(directory: int, name: str, depth: int) -> None:
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
    try:
        child = os.open(name, flags, dir_fd=directory)
        os.fchmod(child, 0o700)
    except PermissionError:
        os.chmod(name, 0o700, dir_fd=directory)
        child = os.open(name, flags, dir_fd=directory)
    _empty(child, depth - 1)
    os.close(child)
