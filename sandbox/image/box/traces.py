"""Whether a program has left something behind, found out without reading a word of it.

What PID 1 reads stays in memory that later programs inherit: names of files or sockets would carry what their maker
wants to say. So PID 1 looks at counts and sizes alone, and compares them with those of before the first program.
"""

from __future__ import annotations

import os

from .belongings import WRITABLE

_TABLES = ("/proc/sysvipc/shm", "/proc/sysvipc/sem", "/proc/sysvipc/msg", "/proc/net/unix")  # a heading when empty
_PROBE = "probe"


class Traces:
    """Made before the first program starts; each later look is a few calls on descriptors that are open already."""

    def __init__(self) -> None:
        """Remembers how the writable places and the kernel's tables look when nobody has been here."""
        self._roots = [os.open(root, os.O_RDONLY | os.O_DIRECTORY) for root in WRITABLE]
        self._empty = self._counts()
        self._counts_tell = self._notice_a_file()
        tables = [os.open(path, os.O_RDONLY) for path in _TABLES if os.path.exists(path)]
        self._tables = [(table, len(os.pread(table, 4096, 0))) for table in tables]

    def of_files(self) -> bool:
        """Whether a writable place holds anything, be it a file without a name."""
        return self._counts() != self._empty if self._counts_tell else self._somebody_sees_files()

    def of_objects(self) -> bool:
        """Whether there are System V objects or sockets. One byte more than the heading says it."""
        return any(len(os.pread(table, heading + 1, 0)) > heading for table, heading in self._tables)

    def _counts(self) -> list[int]:
        """Sizes of the folders, free blocks and free inodes of what they are on."""
        found = []
        for root in self._roots:
            room = os.fstatvfs(root)
            found += [os.fstat(root).st_size, room.f_bfree, room.f_ffree]
        return found

    def _notice_a_file(self) -> bool:
        """Whether the counts of this host tell an empty file, and are the same as before once it is gone."""
        for root in self._roots[:1]:
            os.close(os.open(_PROBE, os.O_CREAT | os.O_EXCL | os.O_WRONLY, dir_fd=root))
            noticed = self._counts() != self._empty
            os.unlink(_PROBE, dir_fd=root)
            if not noticed:
                return False
        return self._counts() == self._empty

    def _somebody_sees_files(self) -> bool:
        """The same where counts say nothing (gVisor): a child reads the names, and takes them along when it ends."""
        pid = os.fork()
        if pid == 0:
            os._exit(any(map(os.listdir, self._roots)))
        return os.waitpid(pid, 0)[1] != 0
